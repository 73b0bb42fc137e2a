import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job, JobSpec } from '../../../server/core/kubernetes/generated/types.ts';
import { refusalOfUpdate } from '../../../server/core/validation/refused-update.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateJob, type SimulateOptions } from '../../../server/core/simulation/simulate.ts';
import type { JobStatus, Timeline } from '../../../server/core/timeline/timeline.ts';

/** A Job named `job` with one container; `restartPolicy` Never unless given. */
export function jobOf(spec: JobSpec, restartPolicy = 'Never'): Job {
  const template = { spec: { restartPolicy, containers: [{ name: 'worker', image: 'busybox' }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec: { template, ...spec } };
}

/** Simulates with a scenario that must be free of problems. */
export function simulated(job: Job, scenario: unknown, options: Partial<SimulateOptions> = {}): Timeline {
  const parsed = parseScenario(scenario);
  assert.deepEqual(parsed.problems, []);
  return simulateJob(job, parsed.scenario, { seed: 1, until: 604_800, judge: refusalOfUpdate, ...options });
}

/** The last status, which must not be the Job's deletion. */
export function lastStatus(timeline: Timeline): JobStatus {
  const status = timeline.statuses.at(-1)?.status;
  assert.ok(status !== undefined && !('deleted' in status));
  return status;
}

/** `Complete CompletionsReached s4 f0`, with index lists where there are any: an end in one line. */
export function endInWords(timeline: Timeline): string {
  const status = lastStatus(timeline);
  const { outcome, reason } = timeline.end!;
  const lists = [
    ...(status.completedIndexes === undefined ? [] : [`ci ${status.completedIndexes}`]),
    ...(status.failedIndexes === undefined ? [] : [`fi ${status.failedIndexes}`]),
  ];
  return [outcome, reason, `s${status.succeeded}`, `f${status.failed}`, ...lists].join(' ').trimEnd();
}

/** A pod that fails after a second, and one that succeeds. */
export const fails = { startup: 0.1, run: 1, exitCode: 1 };
export const works = { startup: 0.1, run: 1 };

/** One row: name, spec, scenario, the end in one line, number of pods (null: not asserted), restartPolicy. */
type Row = readonly [string, JobSpec, unknown, string, number | null, string?];

/** A test for each row. */
export function checkEnds(rows: readonly Row[]): void {
  for (const [name, spec, scenario, expected, pods, restartPolicy] of rows)
    test(name, () => {
      const timeline = simulated(jobOf(spec, restartPolicy), scenario);
      assert.equal(endInWords(timeline), expected);
      if (pods !== null) assert.equal(timeline.pods.length, pods);
    });
}
