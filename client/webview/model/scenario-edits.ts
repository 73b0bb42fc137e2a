import * as l10n from '@vscode/l10n';
import type { PodRun } from '../../../server/core/timeline/timeline.ts';
import { deedsInWords } from './action-marks.ts';
import { formatDuration } from './duration.ts';

/** What a person said in the panel about one pod: the scenario format's pod rule, matching exactly that pod. */
export interface PodFate {
  readonly match: ({ readonly ordinal: string } | { readonly index: string; readonly attempt: string }) & {
    /** Of a CronJob: which of its Jobs. */
    readonly run?: string;
  };
  readonly exitCode?: number;
  /** Seconds; -1 never ends. */
  readonly run?: number;
  /** A pod condition such as DisruptionTarget that the pod fails with. */
  readonly condition?: string;
  /** Killed for its memory, exit code 137. */
  readonly oomKilled?: boolean;
  /** Its image cannot be pulled, so it never starts. */
  readonly imagePullBackOff?: boolean;
}

/** What a person does to the Job while it runs: an action of the scenario format. */
export interface ActionEdit {
  /** Seconds. */
  readonly at: number;
  readonly suspend?: boolean;
  readonly parallelism?: number;
  readonly capacity?: number;
  readonly deletePod?: PodFate['match'];
  /** Of a CronJob: that its Jobs are meant. */
  readonly target?: 'job';
}

/** The Job of a CronJob that is looked at: its position among the Jobs, and when it was made (seconds since the CronJob). */
export interface RunScope {
  readonly run: number;
  readonly created: number;
}

/** The part of a scenario that the panel edits; laid over the scenario file's. */
export interface ScenarioEdits {
  readonly default: { readonly startup?: number; readonly run?: number; readonly failureProbability?: number };
  readonly pods: readonly PodFate[];
  readonly actions: readonly ActionEdit[];
  /** How many pods the cluster can run at once; null: as the file says. */
  readonly capacity: number | null;
}

export const noEdits: ScenarioEdits = { default: {}, pods: [], actions: [], capacity: null };

/** True while the person has changed something. */
export function hasEdits({ default: defaults, pods, actions, capacity }: ScenarioEdits): boolean {
  return pods.length > 0 || actions.length > 0 || capacity !== null || Object.keys(defaults).length > 0;
}

/** `edits` with one more action, in order of time; in a Job of a CronJob `at` counts from that Job's creation. */
export function withAction(edits: ScenarioEdits, action: ActionEdit, scope: RunScope | null = null): ScenarioEdits {
  const at = Math.round((action.at + (scope?.created ?? 0)) * 10) / 10;
  const placed: ActionEdit = { ...action, at, ...(scope === null ? {} : { target: 'job' }) };
  return { ...edits, actions: [...edits.actions, placed].sort((a, b) => a.at - b.at) };
}

export function withoutAction(edits: ScenarioEdits, action: ActionEdit): ScenarioEdits {
  return { ...edits, actions: edits.actions.filter((each) => each !== action) };
}

/** An action in words: `At 45 s: scale to 5`. */
export function describeAction({ at, deletePod, ...deeds }: ActionEdit): string {
  const others = deedsInWords(deeds);
  const what = [
    ...(others === '' ? [] : [others]),
    ...(deletePod === undefined ? [] : [`delete ${podOfMatch(deletePod)}`]),
  ];
  return l10n.t('At {0}: {1}', formatDuration(at), what.join(', '));
}

/** What matches exactly this pod. */
export function matchOf(pod: PodRun, scope: RunScope | null): PodFate['match'] {
  return {
    ...(pod.index === null
      ? { ordinal: String(pod.ordinal) }
      : { index: String(pod.index), attempt: String(pod.attempt) }),
    ...(scope === null ? {} : { run: String(scope.run) }),
  };
}

function podOfMatch(match: PodFate['match']): string {
  const pod =
    'ordinal' in match ? `pod ${match.ordinal}` : l10n.t('index {0}, attempt {1}', match.index, match.attempt);
  return match.run === undefined ? pod : `${pod} of run ${Number(match.run) + 1}`;
}

function sameMatch(a: PodFate['match'], b: PodFate['match']): boolean {
  if (a.run !== b.run) return false;
  return 'ordinal' in a
    ? 'ordinal' in b && a.ordinal === b.ordinal
    : 'index' in b && a.index === b.index && a.attempt === b.attempt;
}

/** `edits` with this fate for the pod, in place of an earlier one. */
export function withFate(
  edits: ScenarioEdits,
  pod: PodRun,
  fate: Omit<PodFate, 'match'>,
  scope: RunScope | null = null,
): ScenarioEdits {
  const match = matchOf(pod, scope);
  return { ...edits, pods: [{ match, ...fate }, ...edits.pods.filter((rule) => !sameMatch(rule.match, match))] };
}

/** `edits` without what was said about a pod. */
export function withoutFate(edits: ScenarioEdits, match: PodFate['match']): ScenarioEdits {
  return { ...edits, pods: edits.pods.filter((rule) => !sameMatch(rule.match, match)) };
}

export function fateOf(edits: ScenarioEdits, pod: PodRun, scope: RunScope | null = null): PodFate | null {
  const match = matchOf(pod, scope);
  return edits.pods.find((rule) => sameMatch(rule.match, match)) ?? null;
}

/** A fate in words: `Pod 3 fails with exit code 42`. */
export function describeFate(fate: PodFate): string {
  const pod = podOfMatch(fate.match);
  const who = `${pod.charAt(0).toUpperCase()}${pod.slice(1)}`;
  if (fate.oomKilled === true) return `${who} runs out of memory`;
  if (fate.imagePullBackOff === true) return `${who} cannot pull its image`;
  if (fate.condition !== undefined) return l10n.t('{0} is disrupted ({1})', who, fate.condition);
  if (fate.run === -1) return `${who} never finishes`;
  if (fate.exitCode === 0) return `${who} succeeds`;
  if (fate.exitCode === undefined && fate.run !== undefined) return `${who} runs ${formatDuration(fate.run)}`;
  return `${who} fails with exit code ${fate.exitCode ?? 1}`;
}

/** The scenario to simulate: `base` (the file's, or null) with the edits on top. The first matching rule decides. */
export function layScenario(base: unknown, edits: ScenarioEdits): Readonly<Record<string, unknown>> {
  const file = isRecord(base) ? base : {};
  return {
    ...file,
    default: { ...(isRecord(file['default']) ? file['default'] : {}), ...edits.default },
    pods: [...edits.pods, ...listOf(file['pods']).filter((rule) => !isReplaced(rule, edits.pods))],
    ...(edits.actions.length === 0 ? {} : { actions: [...listOf(file['actions']), ...edits.actions] }),
    ...(edits.capacity === null ? {} : { capacity: edits.capacity }),
  };
}

/** True for a rule about exactly the pod of a newer one: it would never count. */
function isReplaced(rule: unknown, by: readonly PodFate[]): boolean {
  const match = isRecord(rule) ? JSON.stringify(rule['match']) : undefined;
  return by.some((fate) => JSON.stringify(fate.match) === match);
}

/** The same as it is written to a file: without what says nothing. */
export function savedScenario(base: unknown, edits: ScenarioEdits): Readonly<Record<string, unknown>> {
  const laid = Object.entries(layScenario(base, edits));
  const says = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || Object.keys(value).length > 0;
  return Object.fromEntries(laid.filter(([, value]) => says(value)));
}

/** Edits as they were kept over a reload; anything unreadable is dropped. */
export function readEdits(value: unknown): ScenarioEdits {
  if (!isRecord(value)) return noEdits;
  const defaults = isRecord(value['default']) ? value['default'] : {};
  return {
    default: {
      ...number(defaults, 'startup'),
      ...number(defaults, 'run'),
      ...number(defaults, 'failureProbability'),
    },
    pods: listOf(value['pods']).flatMap((rule) => readFate(rule) ?? []),
    actions: listOf(value['actions']).flatMap((action) => readAction(action) ?? []),
    capacity: typeof value['capacity'] === 'number' ? value['capacity'] : null,
  };
}

function readAction(action: unknown): ActionEdit | null {
  if (!isRecord(action) || typeof action['at'] !== 'number') return null;
  const { at, suspend } = action;
  const deletePod = readMatch(action['deletePod']);
  return {
    at,
    ...(typeof suspend === 'boolean' ? { suspend } : {}),
    ...number(action, 'parallelism'),
    ...number(action, 'capacity'),
    ...(deletePod === null ? {} : { deletePod }),
    ...(action['target'] === 'job' ? { target: 'job' } : {}),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

function number(record: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, number>> {
  const value = record[key];
  return typeof value === 'number' && Number.isFinite(value) ? { [key]: value } : {};
}

function readFate(rule: unknown): PodFate | null {
  if (!isRecord(rule)) return null;
  const match = readMatch(rule['match']);
  if (match === null) return null;
  return {
    match,
    ...(typeof rule['exitCode'] === 'number' ? { exitCode: rule['exitCode'] } : {}),
    ...(typeof rule['run'] === 'number' ? { run: rule['run'] } : {}),
    ...(typeof rule['condition'] === 'string' ? { condition: rule['condition'] } : {}),
    ...(rule['oomKilled'] === true ? { oomKilled: true } : {}),
    ...(rule['imagePullBackOff'] === true ? { imagePullBackOff: true } : {}),
  };
}

function readMatch(value: unknown): PodFate['match'] | null {
  if (!isRecord(value)) return null;
  const { ordinal, index, attempt, run } = value;
  const within = typeof run === 'string' ? { run } : {};
  if (typeof ordinal === 'string') return { ordinal, ...within };
  return typeof index === 'string' && typeof attempt === 'string' ? { index, attempt, ...within } : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
