import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { explainsPod } from '../../../server/core/timeline/explanations.ts';
import type { Explanation, PodRun, Timeline } from '../../../server/core/timeline/timeline.ts';
import { describePod, podTitle } from '../model/describe.ts';
import { formatDuration } from '../model/duration.ts';
import {
  fateOf,
  matchOf,
  type PodFate,
  type RunScope,
  type ScenarioEdits,
  withAction,
  withFate,
  withoutFate,
} from '../model/scenario-edits.ts';
import { type ConditionChange, lastBefore } from '../model/status-at.ts';
import { NumberButton } from './number-button.tsx';
import { Tool } from './toolbar.tsx';

export interface DetailsProps {
  readonly timeline: Timeline;
  /** The playhead, in seconds; infinite where it follows the end. */
  readonly t: number;
  /** The same, where it follows the end that. */
  readonly moment: number;
  readonly pod: PodRun | null;
  readonly condition: ConditionChange | null;
  /** Null where the run cannot be changed: it really happened. */
  readonly edits: ScenarioEdits | null;
  /** Set where the run is one of a CronJob. */
  readonly scope: RunScope | null;
  readonly onEdits: (edits: ScenarioEdits) => void;
  /** How the run ends, in a few words: in a narrow panel its head is out of sight where a pod's fate is changed. */
  readonly outcome: string;
  /** Null where there is no manifest to show. */
  readonly onReveal: ((field: string) => void) | null;
  /** Null where no logs can be had. */
  readonly onLogs: ((pod: string, previous: boolean) => void) | null;
  readonly onClose: () => void;
}

/** The chosen pod or condition, why it is as it is, and what a person can make of it; else why the run ended. */
export function Details(props: DetailsProps): JSX.Element | null {
  const { timeline, pod, condition } = props;
  if (pod !== null) return <PodDetails {...props} pod={pod} />;
  if (condition !== null) {
    return (
      <section class="card details">
        <Heading text={`${condition.type} = ${condition.status}`} onClose={props.onClose} />
        <p>
          {l10n.t('Since {0}, reason ', formatDuration(condition.t))}
          <code>{condition.reason}</code>.
        </p>
        {condition.text === '' ? null : <Why text={condition.text} field={condition.field} onReveal={props.onReveal} />}
      </section>
    );
  }
  return <Decided timeline={timeline} t={props.t} onReveal={props.onReveal} />;
}

/** So many reasons are shown, the last ones. */
const REASONS = 6;

/** What was decided about the whole Job up to the playhead. */
function Decided({ timeline, t, onReveal }: Pick<DetailsProps, 'timeline' | 't' | 'onReveal'>): JSX.Element | null {
  // Scrubbing draws this many times a second, and a large run has many explanations.
  const telling = useMemo(
    () => timeline.explanations.filter(({ about }) => about.kind !== 'pod').sort((a, b) => a.t - b.t),
    [timeline],
  );
  if (telling.length === 0) return null;
  // The section stays while the playhead moves, so that the picture keeps its width.
  const until = lastBefore(telling, t) + 1;
  const why = telling.slice(Math.max(0, until - REASONS), until);
  return (
    <section class="card details">
      <h2>{l10n.t('Why')}</h2>
      {why.length === 0 ? <p class="muted">{l10n.t('Nothing has been decided yet at this moment.')}</p> : null}
      {why.map((explanation, position) => (
        <Explained key={position} explanation={explanation} onReveal={onReveal} />
      ))}
    </section>
  );
}

function Heading({ text, onClose }: { readonly text: string; readonly onClose: () => void }): JSX.Element {
  return (
    <h2 class="closable">
      <span>{text}</span>
      <Tool icon="close" label={l10n.t('Close (Escape)')} act={onClose} />
    </h2>
  );
}

function Explained(props: {
  readonly explanation: Explanation;
  readonly onReveal: DetailsProps['onReveal'];
}): JSX.Element {
  return <Why text={props.explanation.text} field={props.explanation.field ?? null} onReveal={props.onReveal} />;
}

function Why(props: {
  readonly text: string;
  readonly field: string | null;
  readonly onReveal: DetailsProps['onReveal'];
}): JSX.Element {
  const { field, onReveal } = props;
  return (
    <p class="why">
      {props.text}{' '}
      {field === null ? null : onReveal === null ? (
        <code>{field}</code>
      ) : (
        <button
          type="button"
          class="link"
          title={l10n.t('Show this field in the manifest')}
          onClick={() => onReveal(field)}
        >
          {field}
        </button>
      )}
    </p>
  );
}

function PodDetails(props: DetailsProps & { readonly pod: PodRun }): JSX.Element {
  const { timeline, pod } = props;
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Name'), pod.name],
    ...(pod.node === undefined ? [] : [[l10n.t('Node'), pod.node] as const]),
    ['Pending', span(pod.created, pod.started ?? pod.finished ?? pod.removed)],
    ['Running', pod.started === null ? '–' : span(pod.started, pod.deleting ?? pod.finished)],
    ...(pod.deleting === null ? [] : [['Terminating', span(pod.deleting, pod.finished ?? pod.removed)] as const]),
    ...(pod.exitCode === null ? [] : [[l10n.t('Exit code'), String(pod.exitCode)] as const]),
    ...(pod.reason === undefined ? [] : [[l10n.t('Reason'), pod.reason] as const]),
    ...(pod.restarts === 0 ? [] : [[l10n.t('Restarts'), String(pod.restarts)] as const]),
  ];
  const why = timeline.explanations.filter((each) => explainsPod(each, pod.ordinal));
  return (
    <section class="card details chosen-pod" aria-live="polite">
      <Heading text={podTitle(pod)} onClose={props.onClose} />
      <p class="heard">{describePod(pod)}</p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {pod.message === undefined ? null : <p class="muted">{pod.message}</p>}
      {why.map((explanation, position) => (
        <Explained key={position} explanation={explanation} onReveal={props.onReveal} />
      ))}
      {props.onLogs === null || pod.started === null ? null : (
        <p class="buttons">
          <button type="button" class="button" onClick={() => props.onLogs?.(pod.name, false)}>
            {l10n.t('Show Logs')}
          </button>
          {pod.restarts === 0 ? null : (
            <button type="button" class="button" onClick={() => props.onLogs?.(pod.name, true)}>
              {l10n.t('Logs before the Restart')}
            </button>
          )}
        </p>
      )}
      {props.edits === null ? null : (
        <Fate
          pod={pod}
          t={props.moment}
          edits={props.edits}
          scope={props.scope}
          outcome={props.outcome}
          onEdits={props.onEdits}
        />
      )}
    </section>
  );
}

/** Ends that need no number. */
const FATES: readonly { readonly label: string; readonly fate: Omit<PodFate, 'match'> }[] = [
  { label: l10n.t('runs out of memory'), fate: { oomKilled: true } },
  { label: l10n.t('cannot pull its image'), fate: { imagePullBackOff: true } },
  { label: l10n.t('never finishes'), fate: { run: -1 } },
];

/** A pod can be deleted from its creation to its end. */
function isAlive({ created, finished, deleting, removed }: PodRun, t: number): boolean {
  return created <= t && (finished ?? deleting ?? removed ?? Infinity) > t;
}

/** The pod's end, to be changed: the scenario is edited without writing any. */
function Fate(props: {
  readonly pod: PodRun;
  readonly t: number;
  readonly edits: ScenarioEdits;
  readonly scope: RunScope | null;
  readonly outcome: string;
  readonly onEdits: (edits: ScenarioEdits) => void;
}): JSX.Element {
  const { pod, t, edits, scope, onEdits } = props;
  const [exitCode, setExitCode] = useState(42);
  const [seconds, setSeconds] = useState(60);
  const fate = fateOf(edits, pod, scope);
  const end = (wanted: Omit<PodFate, 'match'>): void => onEdits(withFate(edits, pod, wanted, scope));
  return (
    <fieldset class="fate">
      <legend>{l10n.t('What if this pod …')}</legend>
      <NumberButton
        text={l10n.t('fails with exit code')}
        label={l10n.t('Exit code')}
        least={1}
        most={255}
        whole
        value={exitCode}
        onValue={setExitCode}
        act={() => end({ exitCode })}
      />
      <button type="button" class="button" onClick={() => end({ condition: 'DisruptionTarget' })}>
        {l10n.t('is evicted')}
      </button>
      {FATES.map(({ label, fate: other }) => (
        <button key={label} type="button" class="button" onClick={() => end(other)}>
          {label}
        </button>
      ))}
      <NumberButton
        text={l10n.t('runs so many seconds')}
        label={l10n.t('Seconds')}
        least={0}
        value={seconds}
        onValue={setSeconds}
        act={() => end({ run: seconds })}
      />
      {isAlive(pod, t) ? (
        <button
          type="button"
          class="button"
          onClick={() => onEdits(withAction(edits, { at: t, deletePod: matchOf(pod, scope) }, scope))}
        >
          {l10n.t('is deleted at {0}', formatDuration(t))}
        </button>
      ) : null}
      {pod.phase === 'Failed' ? (
        <button type="button" class="button" onClick={() => end({ exitCode: 0 })}>
          {l10n.t('succeeds')}
        </button>
      ) : null}
      {fate === null ? null : (
        <button type="button" class="button quiet" onClick={() => onEdits(withoutFate(edits, fate.match))}>
          {l10n.t('as before')}
        </button>
      )}
      <p class="muted outcome">{l10n.t('The run: {0}.', props.outcome)}</p>
    </fieldset>
  );
}

function span(from: number, until: number | null): string {
  return until === null
    ? l10n.t('since {0}', formatDuration(from))
    : l10n.t('{0}, from {1}', formatDuration(until - from), formatDuration(from));
}
