import type { PodRun } from '../../../server/core/timeline/timeline.ts';

/** What a person said in the panel about one pod: the scenario format's pod rule, matching exactly that pod. */
export interface PodFate {
  readonly match: { readonly ordinal: string } | { readonly index: string; readonly attempt: string };
  readonly exitCode?: number;
  /** Seconds; -1 never ends. */
  readonly run?: number;
  /** A pod condition such as DisruptionTarget that the pod fails with. */
  readonly condition?: string;
}

/** The part of a scenario that the panel edits; laid over the scenario file's. */
export interface ScenarioEdits {
  readonly default: { readonly startup?: number; readonly run?: number };
  readonly pods: readonly PodFate[];
}

export const noEdits: ScenarioEdits = { default: {}, pods: [] };

function matchOf(pod: PodRun): PodFate['match'] {
  return pod.index === null
    ? { ordinal: String(pod.ordinal) }
    : { index: String(pod.index), attempt: String(pod.attempt) };
}

function sameMatch(a: PodFate['match'], b: PodFate['match']): boolean {
  return 'ordinal' in a
    ? 'ordinal' in b && a.ordinal === b.ordinal
    : 'index' in b && a.index === b.index && a.attempt === b.attempt;
}

/** `edits` with this fate for the pod, in place of an earlier one. */
export function withFate(edits: ScenarioEdits, pod: PodRun, fate: Omit<PodFate, 'match'>): ScenarioEdits {
  const match = matchOf(pod);
  return { ...edits, pods: [{ match, ...fate }, ...edits.pods.filter((rule) => !sameMatch(rule.match, match))] };
}

/** `edits` without what was said about a pod. */
export function withoutFate(edits: ScenarioEdits, match: PodFate['match']): ScenarioEdits {
  return { ...edits, pods: edits.pods.filter((rule) => !sameMatch(rule.match, match)) };
}

export function fateOf(edits: ScenarioEdits, pod: PodRun): PodFate | null {
  const match = matchOf(pod);
  return edits.pods.find((rule) => sameMatch(rule.match, match)) ?? null;
}

/** A fate in words: `Pod 3 fails with exit code 42`. */
export function describeFate(fate: PodFate): string {
  const who =
    'ordinal' in fate.match ? `Pod ${fate.match.ordinal}` : `Index ${fate.match.index}, attempt ${fate.match.attempt}`;
  if (fate.condition !== undefined) return `${who} is disrupted (${fate.condition})`;
  if (fate.run === -1) return `${who} never finishes`;
  if (fate.exitCode === 0) return `${who} succeeds`;
  return `${who} fails with exit code ${fate.exitCode ?? 1}`;
}

/** The scenario to simulate: `base` (the file's, or null) with the edits on top. The first matching rule decides. */
export function layScenario(base: unknown, edits: ScenarioEdits): Readonly<Record<string, unknown>> {
  const file = isRecord(base) ? base : {};
  return {
    ...file,
    default: { ...(isRecord(file['default']) ? file['default'] : {}), ...edits.default },
    pods: [...edits.pods, ...(Array.isArray(file['pods']) ? (file['pods'] as readonly unknown[]) : [])],
  };
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
  const pods = Array.isArray(value['pods']) ? (value['pods'] as readonly unknown[]) : [];
  return {
    default: { ...seconds(defaults, 'startup'), ...seconds(defaults, 'run') },
    pods: pods.flatMap((rule) => readFate(rule) ?? []),
  };
}

function seconds(record: Readonly<Record<string, unknown>>, key: 'startup' | 'run'): Readonly<Record<string, number>> {
  const value = record[key];
  return typeof value === 'number' && Number.isFinite(value) ? { [key]: value } : {};
}

function readFate(rule: unknown): PodFate | null {
  if (!isRecord(rule) || !isRecord(rule['match'])) return null;
  const { ordinal, index, attempt } = rule['match'];
  const match =
    typeof ordinal === 'string'
      ? { ordinal }
      : typeof index === 'string' && typeof attempt === 'string'
        ? { index, attempt }
        : null;
  if (match === null) return null;
  return {
    match,
    ...(typeof rule['exitCode'] === 'number' ? { exitCode: rule['exitCode'] } : {}),
    ...(typeof rule['run'] === 'number' ? { run: rule['run'] } : {}),
    ...(typeof rule['condition'] === 'string' ? { condition: rule['condition'] } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
