import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { createClock } from '../../../server/core/simulation/clock.ts';
import {
  outcomeOfTimeline,
  seedOfRun,
  simulateMany,
  simulateOutcome,
  summarizeRuns,
} from '../../../server/core/simulation/monte-carlo.ts';
import { seededRandom } from '../../../server/core/simulation/random.ts';
import { costOfRun, costOfRuns } from '../../../server/core/simulation/resource-cost.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob } from '../../../server/core/simulation/simulate.ts';
import { jobOf, simulated } from './simulated.ts';

const JOB = jobOf({ completions: 20, parallelism: 5, backoffLimit: 2 });
const { scenario } = parseScenario({ default: { run: { p50: 10, p95: 40 }, failureProbability: 0.08 } });
const OPTIONS = { seed: 7, until: 604_800 };

test('a run whose end alone is kept ends as the full one does', () => {
  for (let run = 0; run < 50; run++) {
    const options = { ...OPTIONS, seed: seedOfRun(7, run) };
    const timeline = simulateJob(JOB, scenario, options);
    const { podHours, ...outcome } = simulateOutcome(JOB, scenario, options);
    const { podHours: sameHours, ...same } = outcomeOfTimeline(timeline, options);
    assert.deepEqual(outcome, same);
    assert.ok(Math.abs(podHours - sameHours) < 1e-6);
    assert.deepEqual([outcome.seconds, outcome.pods], [timeline.end?.t, timeline.pods.length]);
  }
});

test('many runs can be shared out without changing them', () => {
  const all = simulateMany(JOB, scenario, OPTIONS, 0, 40);
  assert.deepEqual(
    [...simulateMany(JOB, scenario, OPTIONS, 0, 13), ...simulateMany(JOB, scenario, OPTIONS, 13, 27)],
    all,
  );
});

test('odds, quantiles, and the setting that decides', () => {
  const result = summarizeRuns(7, simulateMany(JOB, scenario, OPTIONS, 0, 300));
  assert.equal(
    result.ends.reduce((sum, { count }) => sum + count, 0),
    300,
  );
  assert.deepEqual(
    result.decidedBy.map(({ field }) => field),
    ['spec.backoffLimit'],
  );
  assert.ok(result.seconds.p50 <= result.seconds.p95 && result.seconds.p95 <= result.seconds.worst);
});

test('cost is what the requests hold for as long as pods are placed', () => {
  const job = jobOf({
    completions: 2,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'worker', resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { 'nvidia.com/gpu': 1 } } },
        ],
      },
    },
  });
  const cost = costOfRun(job, simulated(job, { default: { startup: 0, run: 3600 } }), { cpuHour: 1, gpuHour: 2 });
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  assert.deepEqual([rounded(cost.cpuHours), rounded(cost.gibHours), rounded(cost.gpuHours)], [1, 4, 2]);
  assert.deepEqual([cost.peak.cpu, cost.wasted, rounded(cost.price ?? 0)], [0.5, 0, 5]);
});

test('the clock runs events by time, then in the order in which they were asked for', () => {
  const clock = createClock();
  const random = seededRandom(3);
  const asked = Array.from({ length: 2000 }, (_, order) => ({ at: Math.floor(random() * 50), order }));
  const ran: { at: number; order: number }[] = [];
  for (const event of asked) clock.at(event.at, () => ran.push(event));
  clock.runUntil(25);
  assert.equal(clock.now, 25);
  assert.ok(ran.every(({ at }) => at <= 25));
  clock.runUntil(1000);
  assert.deepEqual(
    ran,
    [...asked].sort((a, b) => a.at - b.at || a.order - b.order),
  );
});

test('a CronJob costs what all its Jobs request, and at most what overlaps', () => {
  const template = {
    restartPolicy: 'Never',
    containers: [{ name: 'a', image: 'a:1', resources: { requests: { cpu: '2' } } }],
  };
  const cronJob: CronJob = {
    kind: 'CronJob',
    metadata: { name: 'often' },
    spec: { schedule: '0 * * * *', jobTemplate: { spec: { template: { spec: template } } } },
  };
  const { scenario: slow } = parseScenario({ default: { startup: 0, run: 5400 }, start: '2026-01-01T00:00:00Z' });
  const timeline = simulateCronJob(cronJob, slow, { seed: 1, until: 4 * 3600 + 60 });
  const { cpuHours, peak, price } = costOfRuns(cronJob, timeline, { cpuHour: 3 });
  // Runs at 1:00, 2:00 and 3:00 of 90 minutes each; the last one is cut, and the fourth has just begun.
  assert.ok(Math.abs(cpuHours - 2 * (1.5 + 1.5 + 1)) < 0.1, String(cpuHours));
  assert.equal(peak.cpu, 4);
  assert.equal(price, cpuHours * 3);
});
