/**
 * Jobs with scenarios that nobody thought of: seeded, so that one which shows a difference can be played again. Pure.
 */
import { random } from './mutation/random.ts';
import type { ScenarioFile } from './trace-scenario.ts';

type Fields = Record<string, unknown>;

/** Exit codes of scripted failures; the policies' rules speak of them. */
const exitCodes = [1, 13, 42];

/**
 * The scenario of this seed: a Job that the API server accepts, beside what its pods do and people do to it. Its times lie
 * on a coarse grid, off the controller's own second, so that few things happen in the same sync.
 */
export function randomScenario(seed: number): ScenarioFile {
  const next = random(seed);
  const chance = (share: number): boolean => next() < share;
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  /** Seconds: 0.4, 2.9, 5.4, … */
  const seconds = (least: number, most: number): number => between(least, most) * 2.5 + 0.4;

  const indexed = chance(0.55);
  const restartPolicy = chance(0.82) ? 'Never' : 'OnFailure';
  const queue = !indexed && chance(0.15);
  const completions = between(1, 6);
  const spec: Fields = { parallelism: between(1, 4) };
  if (!queue) spec['completions'] = completions;
  if (indexed) spec['completionMode'] = 'Indexed';
  if (chance(0.6)) spec['backoffLimit'] = between(0, 4);
  const perIndex = indexed && restartPolicy === 'Never' && chance(0.45);
  if (perIndex) {
    spec['backoffLimitPerIndex'] = between(0, 2);
    if (chance(0.4)) spec['maxFailedIndexes'] = between(0, Math.min(2, completions));
  }
  if (restartPolicy === 'Never' && chance(0.4)) {
    const actions = ['Ignore', 'Count', 'FailJob', ...(perIndex ? ['FailIndex'] : [])];
    const rule = (): Fields => ({
      action: oneOf(actions),
      ...(chance(0.7)
        ? {
            onExitCodes: {
              operator: oneOf(['In', 'In', 'NotIn']),
              values: chance(0.5) ? [oneOf(exitCodes)] : [13, 42],
            },
          }
        : { onPodConditions: [{ type: 'DisruptionTarget' }] }),
    });
    spec['podFailurePolicy'] = { rules: Array.from({ length: between(1, 2) }, rule) };
  } else if (chance(0.3)) {
    spec['podReplacementPolicy'] = oneOf(['Failed', 'TerminatingOrFailed']);
  }
  if (indexed && chance(0.25)) {
    const last = between(0, completions - 1);
    spec['successPolicy'] = {
      rules: [oneOf<Fields>([{ succeededIndexes: String(last) }, { succeededCount: between(1, completions) }])],
    };
  }
  if (chance(0.15)) spec['activeDeadlineSeconds'] = between(8, 25);

  const failure = (): Fields => {
    const exitCode = oneOf(exitCodes);
    if (restartPolicy === 'OnFailure') return { restarts: between(1, 2), exitCode: 0 };
    return chance(0.25) ? { exitCode: 137, condition: 'DisruptionTarget' } : { exitCode };
  };
  const match = (): Fields => {
    if (!indexed)
      return { ordinal: oneOf([String(between(0, 4)), `${between(0, 2)},${between(3, 6)}`, `0-${between(0, 2)}`]) };
    // Not by ordinal: which of several indexes is created first is a matter of luck.
    return { index: String(between(0, completions - 1)), ...(chance(0.6) ? { attempt: '0' } : {}) };
  };
  const pods = Array.from({ length: between(0, 3) }, (): Fields => ({
    match: match(),
    ...(chance(0.75) ? failure() : {}),
    ...(chance(0.6) ? { run: seconds(0, 4) } : {}),
    ...(chance(0.06) ? { pending: true } : {}),
    ...(chance(0.2) ? { grace: seconds(0, 2) } : {}),
  }));

  const actions: Fields[] = [];
  const at = (least: number, most: number): number => between(least, most) * 2.5 + 1.7;
  const born = chance(0.06);
  if (born) {
    spec['suspend'] = true;
    actions.push({ at: at(0, 2), suspend: false });
  } else if (chance(0.15)) {
    const when = at(0, 4);
    actions.push({ at: when, suspend: true }, { at: when + oneOf([2.5, 5]), suspend: false });
  }
  if (chance(0.12)) actions.push({ at: at(0, 4), parallelism: between(0, 5) });
  if (chance(0.15)) actions.push({ at: at(0, 3), deletePod: match() });
  if (indexed && !('successPolicy' in spec) && !('maxFailedIndexes' in spec) && chance(0.12)) {
    const size = between(1, 5);
    spec['parallelism'] = completions;
    actions.push({ at: at(0, 3), completions: size, parallelism: size });
  }
  return {
    name: `random-${seed}`,
    horizon: 75,
    job: {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'job' },
      spec: { ...spec, template: { spec: { restartPolicy, containers: [{ name: 'worker', image: 'busybox' }] } } },
    },
    ...(chance(0.12) ? { capacity: between(1, 3) } : {}),
    default: { startup: 0.3, run: seconds(0, 3), ...(chance(0.1) ? { grace: 2.9 } : {}) },
    ...(pods.length > 0 ? { pods } : {}),
    ...(actions.length > 0 ? { actions } : {}),
  } as ScenarioFile;
}
