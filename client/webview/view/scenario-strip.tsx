import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { describeFate, noEdits, type ScenarioEdits, withoutFate } from '../model/scenario-edits.ts';
import { type Assumed, assumedOf } from '../model/assumed.ts';
import type { ScenarioFileState } from '../../../server/src/protocol/panel.ts';
import { Tool } from './toolbar.tsx';

/** What is assumed about the pods, to be changed without writing YAML. */
export function ScenarioStrip(props: {
  readonly edits: ScenarioEdits;
  readonly seed: number;
  readonly base: unknown;
  readonly busy: boolean;
  readonly file: ScenarioFileState | undefined;
  /** What a person can do here, while nothing was changed. */
  readonly hint: string;
  readonly oddsOpen: boolean;
  readonly onOdds: () => void;
  readonly onSave: () => void;
  readonly onShowFile: () => void;
  readonly onEdits: (edits: ScenarioEdits) => void;
  readonly onSeed: (seed: number) => void;
}): JSX.Element {
  const { edits, seed, file } = props;
  const assumed = useMemo(() => assumedOf(props.base), [props.base]);
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
        <span class="muted hint">{props.hint}</span>
      )}
      <span class="strip-end">
        {file?.used === true ? (
          <button type="button" class="link" title="Show the scenario file" onClick={props.onShowFile}>
            {file.name}
          </button>
        ) : null}
        {file !== undefined && changed ? (
          <button type="button" class="button" title={`Write these changes to ${file.name}`} onClick={props.onSave}>
            Save scenario
          </button>
        ) : null}
        <button type="button" class="button" aria-expanded={props.oddsOpen} onClick={props.onOdds}>
          Odds…
        </button>
      </span>
    </section>
  );
}

function Amount(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: Assumed;
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
        value={typeof props.value === 'number' ? props.value : ''}
        placeholder={String(props.value)}
        title={typeof props.value === 'number' ? '' : `Left to chance: ${props.value}`}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isFinite(value) && value >= 0) props.onValue(value);
          else event.currentTarget.value = typeof props.value === 'number' ? String(props.value) : '';
        }}
      />
      {props.unit}
    </label>
  );
}
