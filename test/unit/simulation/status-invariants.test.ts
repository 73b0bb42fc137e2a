import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobSpec } from '../../../server/core/kubernetes/generated/types.ts';
import { mixSeed, seededRandom } from '../../../server/core/simulation/random.ts';
import { refusalOfUpdate } from '../../../server/core/validation/refused-update.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../../server/core/simulation/simulate.ts';
import type { JobStatus, Timeline } from '../../../server/core/timeline/timeline.ts';
import { jobOf } from './simulated.ts';

const CASES = 1500;

interface Case {
  readonly job: Job;
  readonly scenario: unknown;
}

/** A Job and a scenario out of everything that the simulator knows; the same seed gives the same case. */
function drawCase(seed: number): Case {
  const random = seededRandom(mixSeed(seed, 77));
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const maybe = <T>(chance: number, make: () => T): T | undefined => (random() < chance ? make() : undefined);
  const pick = <T>(...items: readonly T[]): T => items[upTo(items.length - 1)]!;
  const indexed = random() < 0.5;
  const completions = indexed ? 1 + upTo(8) : maybe(0.8, () => upTo(8));
  const perIndex = indexed && random() < 0.5;
  const onFailure = random() < 0.25 && !perIndex;
  const policy = onFailure
    ? undefined
    : maybe(0.4, () => ({
        rules: [
          { action: pick('Ignore', 'FailJob', 'Count'), onPodConditions: [{ type: 'DisruptionTarget' }] },
          {
            action: pick('Ignore', 'FailJob', 'Count', ...(perIndex ? ['FailIndex'] : [])),
            onExitCodes: { operator: pick('In', 'NotIn'), values: [pick(1, 42)] },
          },
        ],
      }));
  const spec: JobSpec = {
    completions,
    parallelism: maybe(0.9, () => upTo(5)),
    completionMode: indexed ? 'Indexed' : undefined,
    backoffLimit: maybe(0.6, () => upTo(5)),
    backoffLimitPerIndex: perIndex ? upTo(2) : undefined,
    maxFailedIndexes: perIndex ? maybe(0.5, () => upTo(completions ?? 0)) : undefined,
    activeDeadlineSeconds: maybe(0.3, () => upTo(90)),
    suspend: maybe(0.2, () => random() < 0.5),
    ttlSecondsAfterFinished: maybe(0.1, () => upTo(20)),
    podFailurePolicy: policy,
    podReplacementPolicy: policy === undefined ? pick(undefined, 'Failed', 'TerminatingOrFailed') : undefined,
    successPolicy: indexed ? maybe(0.3, () => ({ rules: [{ succeededCount: upTo(completions ?? 1) }] })) : undefined,
  };
  const pod = (): object => ({
    run: pick<unknown>(0, 1, 3, 7.5, -1, { p50: 3, p95: 9 }, { min: 1, max: 4 }),
    exitCode: pick(0, 0, 0, 1, 42),
    ...maybe(0.2, () => ({ restarts: upTo(3) })),
    ...maybe(0.1, () => ({ condition: 'DisruptionTarget' })),
    ...maybe(0.1, () => ({ pending: true })),
    ...maybe(0.1, () => ({ disrupt: { at: upTo(5), by: pick('eviction', 'taint', 'preemption', 'node-loss') } })),
    ...maybe(0.2, () => ({ failureProbability: random() })),
    ...maybe(0.3, () => ({ grace: pick(0, 1, 5, 40), graceExitCode: pick(0, 143) })),
    startup: pick(0, 0.5, 2),
  });
  const elastic = (): object => {
    const size = upTo(8);
    return { parallelism: size, completions: size };
  };
  const scenario = {
    default: pod(),
    pods: Array.from({ length: upTo(3) }, () => ({ match: { ordinal: `${upTo(6)}-` }, ...pod() })),
    ...maybe(0.2, () => ({ capacity: 1 + upTo(3) })),
    ...maybe(0.1, () => ({ quota: 1 + upTo(3) })),
    actions: Array.from({ length: upTo(4) }, () => ({
      at: upTo(60),
      ...pick<() => object>(
        () => ({ suspend: random() < 0.5 }),
        () => ({ parallelism: upTo(6) }),
        elastic,
        () => ({ deletePod: { ordinal: upTo(5) } }),
        () => ({ controllerRestart: true }),
        () => ({ drain: true }),
        () => ({ capacity: upTo(4) }),
      )(),
    })),
  };
  return { job: jobOf(spec, onFailure ? 'OnFailure' : 'Never'), scenario };
}

function typesOf({ conditions = [] }: JobStatus): Set<string> {
  return new Set(conditions.filter((each) => each.includes('=True:')).map((each) => each.split('=')[0]!));
}

/** What no status of a real Job ever shows, as the API server's own validation of status changes has it. */
function checkTimeline(timeline: Timeline): void {
  let failed = 0;
  let before = new Set<string>();
  let lastTime = 0;
  for (const { t, status } of timeline.statuses) {
    assert.ok(t >= lastTime, 'statuses come in order');
    lastTime = t;
    if ('deleted' in status) continue;
    const types = typesOf(status);
    const has = (...names: string[]): boolean => names.every((name) => types.has(name));
    assert.ok(!has('Complete', 'Failed') && !has('Complete', 'FailureTarget'), 'Complete and failed at once');
    assert.ok(!has('SuccessCriteriaMet', 'Failed') && !has('SuccessCriteriaMet', 'FailureTarget'), 'both verdicts');
    assert.ok(!has('Failed') || has('FailureTarget'), 'Failed without FailureTarget');
    assert.ok(!has('Complete') || has('SuccessCriteriaMet'), 'Complete without SuccessCriteriaMet');
    if (has('Complete') || has('Failed')) {
      assert.equal(status.active, 0, 'finished with active pods');
      assert.equal(status.terminating, 0, 'finished with terminating pods');
    }
    assert.ok((status.ready ?? 0) <= status.active, 'more ready than active');
    for (const count of [status.active, status.succeeded, status.failed, status.ready ?? 0, status.terminating ?? 0])
      assert.ok(count >= 0, 'a negative count');
    assert.ok(status.failed >= failed, 'failed decreases');
    failed = status.failed;
    for (const type of before) assert.ok(type === 'Suspended' || types.has(type), `${type} goes away`);
    before = types;
  }
  for (const pod of timeline.pods) {
    const moments = [pod.created, pod.scheduled, pod.started, pod.finished].filter((each) => each !== null);
    assert.deepEqual(
      moments,
      [...moments].sort((a, b) => a - b),
      'a pod lives backwards',
    );
    assert.equal(pod.phase === 'Succeeded' || pod.phase === 'Failed' ? pod.finished === null : false, false);
  }
}

test(`${CASES} random Jobs keep the rules of a Job's status`, () => {
  const ends = new Map<string, number>();
  for (let seed = 0; seed < CASES; seed++) {
    const { job, scenario } = drawCase(seed);
    const parsed = parseScenario(scenario);
    assert.deepEqual(parsed.problems, []);
    const timeline = simulateJob(job, parsed.scenario, { seed, until: 4000, judge: refusalOfUpdate });
    try {
      checkTimeline(timeline);
    } catch (problem) {
      assert.fail(`case ${seed}: ${String(problem)}\n${JSON.stringify({ job: job.spec, scenario })}`);
    }
    const end = `${timeline.end?.outcome ?? ''} ${timeline.end?.reason ?? ''}`;
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  // The cases must reach every kind of end, or they prove little.
  for (const reason of [
    'CompletionsReached',
    'SuccessPolicy',
    'BackoffLimitExceeded',
    'DeadlineExceeded',
    'PodFailurePolicy',
    'FailedIndexes',
    'MaxFailedIndexesExceeded',
  ])
    assert.ok(
      [...ends.keys()].some((end) => end.endsWith(reason)),
      `no case ended with ${reason}: ${[...ends.keys()].join(', ')}`,
    );
});

test('the same Job, scenario and seed give the same timeline; another seed may not', () => {
  for (let seed = 0; seed < 100; seed++) {
    const { job, scenario } = drawCase(seed);
    const parsed = parseScenario(scenario).scenario;
    const first = simulateJob(job, parsed, { seed, until: 1000 });
    assert.deepEqual(simulateJob(job, parsed, { seed, until: 1000 }), first);
  }
  const { scenario } = parseScenario({ default: { run: { p50: 10, p95: 60 } } });
  const ends = [1, 2].map((seed) => simulateJob(jobOf({}), scenario, { seed, until: 10_000 }).end?.t);
  assert.notEqual(ends[0], ends[1]);
});
