import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  describeAction,
  describeFate,
  hasEdits,
  noEdits,
  type ScenarioEdits,
  withoutAction,
  withoutFate,
} from '../model/scenario-edits.ts';
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
  /** Uses another scenario file of the folder; null: none. */
  readonly onChoose: (name: string | null) => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onEdits: (edits: ScenarioEdits) => void;
  readonly onSeed: (seed: number) => void;
}): JSX.Element {
  const { edits, seed, file } = props;
  const assumed = useMemo(() => assumedOf(props.base), [props.base]);
  const setDefault = (key: 'startup' | 'run', value: number): void => {
    props.onEdits({ ...edits, default: { ...edits.default, [key]: value } });
  };
  const changed = hasEdits(edits);
  return (
    <section class="scenario" aria-label={l10n.t('Scenario')} aria-busy={props.busy}>
      <span class="lead">{l10n.t('Each pod')}</span>
      <Amount
        label={l10n.t('starts in')}
        unit="s"
        value={edits.default.startup ?? assumed.startup}
        onValue={(value) => setDefault('startup', value)}
      />
      <Amount
        label={l10n.t('runs')}
        unit="s"
        value={edits.default.run ?? assumed.run}
        onValue={(value) => setDefault('run', value)}
      />
      <Amount
        label={l10n.t('fails')}
        unit="%"
        most={100}
        value={
          edits.default.failureProbability === undefined
            ? assumed.failurePercent
            : edits.default.failureProbability * 100
        }
        onValue={(value) => props.onEdits({ ...edits, default: { ...edits.default, failureProbability: value / 100 } })}
      />
      <Amount
        label={l10n.t('room for')}
        unit={l10n.t('pods')}
        step={1}
        value={edits.capacity ?? assumed.capacity}
        onValue={(value) => props.onEdits({ ...edits, capacity: Math.round(value) })}
      />
      <Amount
        label={l10n.t('seed')}
        unit=""
        value={seed}
        step={1}
        onValue={(value) => props.onSeed(Math.round(value))}
      />
      {edits.pods.map((fate) => (
        <span key={JSON.stringify(fate.match)} class="chip">
          {describeFate(fate)}
          <Tool
            icon="close"
            label={l10n.t('Take back: {0}', describeFate(fate))}
            act={() => props.onEdits(withoutFate(edits, fate.match))}
          />
        </span>
      ))}
      {edits.actions.map((action) => (
        <span key={JSON.stringify(action)} class="chip">
          {describeAction(action)}
          <Tool
            icon="close"
            label={l10n.t('Take back: {0}', describeAction(action))}
            act={() => props.onEdits(withoutAction(edits, action))}
          />
        </span>
      ))}
      {changed ? (
        <button type="button" class="button quiet" onClick={() => props.onEdits(noEdits)}>
          {l10n.t('Reset')}
        </button>
      ) : (
        <span class="muted hint">{props.hint}</span>
      )}
      <span class="strip-end">
        {props.canUndo || props.canRedo ? (
          <span class="group">
            <Tool icon="undo" label={l10n.t('Undo (Ctrl+Z)')} act={props.onUndo} disabled={!props.canUndo} />
            <Tool icon="redo" label={l10n.t('Redo (Ctrl+Shift+Z)')} act={props.onRedo} disabled={!props.canRedo} />
          </span>
        ) : null}
        {file === undefined ? null : <Files file={file} onChoose={props.onChoose} onShow={props.onShowFile} />}
        {file !== undefined && changed ? (
          <button type="button" class="button" title={saveTitle(file)} onClick={props.onSave}>
            {l10n.t('Save scenario')}
          </button>
        ) : null}
        <button type="button" class="button" aria-expanded={props.oddsOpen} onClick={props.onOdds}>
          {l10n.t('Odds…')}
        </button>
      </span>
    </section>
  );
}

/** Where the changes go. */
function saveTitle({ used, name, chosen }: ScenarioFileState): string {
  return used || chosen !== null
    ? l10n.t('Write these changes to {0}', name)
    : l10n.t('Write these changes to a new scenario file');
}

/** Which scenario file is used, where there is one to use. */
function Files(props: {
  readonly file: ScenarioFileState;
  readonly onChoose: (name: string | null) => void;
  readonly onShow: () => void;
}): JSX.Element | null {
  const { name, used, names } = props.file;
  if (names.length === 0 && !used) return null;
  const all = used && !names.includes(name) ? [name, ...names] : names;
  return (
    <span class="group">
      <select
        aria-label={l10n.t('Scenario file')}
        title={l10n.t('The scenario file beside the manifest that is used')}
        value={used ? name : ''}
        onChange={({ currentTarget: { value } }) => props.onChoose(value === '' ? null : value)}
      >
        <option value="">{l10n.t('no file')}</option>
        {all.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </select>
      {used ? (
        <button type="button" class="button" title={l10n.t('Open {0} in an editor', name)} onClick={props.onShow}>
          {l10n.t('Show')}
        </button>
      ) : null}
    </span>
  );
}

function Amount(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: Assumed;
  readonly step?: number;
  readonly most?: number;
  readonly onValue: (value: number) => void;
}): JSX.Element {
  return (
    <label class="amount">
      {props.label}
      <input
        type="number"
        min={0}
        max={props.most}
        step={props.step ?? 'any'}
        value={typeof props.value === 'number' ? props.value : ''}
        placeholder={String(props.value)}
        title={typeof props.value === 'number' ? '' : l10n.t('Left to chance: {0}', props.value)}
        onChange={(event) => {
          const value = event.currentTarget.valueAsNumber;
          if (Number.isFinite(value) && value >= 0 && value <= (props.most ?? Infinity)) props.onValue(value);
          else event.currentTarget.value = typeof props.value === 'number' ? String(props.value) : '';
        }}
      />
      {props.unit}
    </label>
  );
}
