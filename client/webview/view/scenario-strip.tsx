import type { JSX } from 'preact';
import { describeFate, noEdits, type ScenarioEdits, withoutFate } from '../model/scenario-edits.ts';
import { Tool } from './toolbar.tsx';

/** What is assumed about the pods, to be changed without writing YAML. */
export function ScenarioStrip(props: {
  readonly edits: ScenarioEdits;
  readonly seed: number;
  readonly base: unknown;
  readonly busy: boolean;
  readonly onEdits: (edits: ScenarioEdits) => void;
  readonly onSeed: (seed: number) => void;
}): JSX.Element {
  const { edits, seed } = props;
  const assumed = { startup: defaultOf(props.base, 'startup', 0.5), run: defaultOf(props.base, 'run', 4) };
  const setDefault = (key: 'startup' | 'run', value: number): void => {
    props.onEdits({ ...edits, default: { ...edits.default, [key]: value } });
  };
  const changed = edits !== noEdits && (edits.pods.length > 0 || Object.keys(edits.default).length > 0);
  return (
    <section class="scenario" aria-label="Scenario" aria-busy={props.busy}>
      <span class="lead">Each pod</span>
      <Amount
        label="starts in"
        unit="s"
        value={edits.default.startup ?? assumed.startup}
        onValue={(value) => setDefault('startup', value)}
      />
      <Amount
        label="runs"
        unit="s"
        value={edits.default.run ?? assumed.run}
        onValue={(value) => setDefault('run', value)}
      />
      <Amount label="seed" unit="" value={seed} step={1} onValue={(value) => props.onSeed(Math.round(value))} />
      {edits.pods.map((fate) => (
        <span key={JSON.stringify(fate.match)} class="chip">
          {describeFate(fate)}
          <Tool
            icon="close"
            label={`Take back: ${describeFate(fate)}`}
            act={() => props.onEdits(withoutFate(edits, fate.match))}
          />
        </span>
      ))}
      {changed ? (
        <button type="button" class="button quiet" onClick={() => props.onEdits(noEdits)}>
          Reset
        </button>
      ) : (
        <span class="muted hint">Choose a pod to change its fate.</span>
      )}
    </section>
  );
}

function Amount(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly step?: number;
  readonly onValue: (value: number) => void;
}): JSX.Element {
  return (
    <label class="amount">
      {props.label}
      <input
        type="number"
        min={0}
        step={props.step ?? 'any'}
        value={props.value}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isFinite(value) && value >= 0) props.onValue(value);
          else event.currentTarget.value = String(props.value);
        }}
      />
      {props.unit}
    </label>
  );
}

function defaultOf(base: unknown, key: string, otherwise: number): number {
  if (typeof base !== 'object' || base === null || !('default' in base)) return otherwise;
  const defaults = base.default;
  if (typeof defaults !== 'object' || defaults === null) return otherwise;
  const value: unknown = Object.entries(defaults).find(([name]) => name === key)?.[1];
  return typeof value === 'number' ? value : otherwise;
}
