import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronJob, Job } from '../../../server/core/kubernetes/generated/types.ts';
import { cronWords } from '../../../server/core/timeline/cron-picture.ts';
import { cronRows } from '../../../client/webview/model/cron-rows.ts';
import { emptyModel, reduce } from '../../../client/webview/model/panel-model.ts';
import { answerOdds, histogramOf, shareOf } from '../../../client/webview/odds-answer.ts';
import { simulateAnswer } from '../../../client/webview/simulate-answer.ts';
import type { OddsAnswer } from '../../../client/webview/simulation-messages.ts';

const jobSpec = {
  backoffLimit: 1,
  completions: 3,
  parallelism: 3,
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } },
};
const job: Job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec: jobSpec };

function cronJob(concurrencyPolicy: string): CronJob {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: { schedule: '0 * * * *', concurrencyPolicy, jobTemplate: { spec: jobSpec } },
  };
}

function odds(scenario: unknown, runs: number): OddsAnswer {
  const answers: OddsAnswer[] = [];
  answerOdds({ type: 'odds', kubernetesMinor: 37, object: job, scenario, seed: 7, runs }, (answer) =>
    answers.push(answer),
  );
  return answers.at(-1)!;
}

test('odds count every run, with the seed and what decided the failures', () => {
  const answer = odds({ default: { run: { p50: 10, p95: 40 }, failureProbability: 0.3 } }, 100);
  assert.ok(answer.type === 'odds');
  assert.equal(answer.odds.seed, 7);
  assert.equal(
    answer.odds.ends.reduce((sum, { count }) => sum + count, 0),
    100,
  );
  assert.equal(
    answer.histogram.counts.reduce((sum, count) => sum + count, 0),
    100,
  );
  assert.deepEqual(
    answer.odds.decidedBy.map(({ field }) => field),
    ['spec.backoffLimit'],
  );
});

test('odds of a scenario that is wrong are one sentence', () => {
  const answer = odds({ defalt: {} }, 5);
  assert.match(answer.type === 'oddsProblem' ? answer.problem : '', /did you mean "default"/);
});

test('a histogram has one bar where all is the same', () => {
  assert.deepEqual(histogramOf([3, 3]), { from: 3, until: 3, counts: [2] });
  assert.deepEqual(histogramOf([]), { from: 0, until: 0, counts: [] });
  assert.equal(histogramOf([0, 10]).counts.at(-1), 1);
});

test('odds never read certain where they are not', () => {
  assert.equal(shareOf(200, { runs: 200 }), '100 %');
  assert.equal(shareOf(199, { runs: 200 }), '99.5 %');
  assert.equal(shareOf(1, { runs: 200 }), '0.5 %');
  assert.equal(shareOf(46, { runs: 200 }), '23 %');
});

test('a CronJob is drawn slot by slot, with overlaps and slots without a Job', () => {
  const scenario = { default: { run: '90m' } };
  const rows = (policy: string): ReturnType<typeof cronRows> => {
    const object = cronJob(policy);
    const answer = simulateAnswer({ kubernetesMinor: 37, id: 1, object, scenario, seed: 1 });
    assert.ok('cron' in answer);
    return cronRows(object, 'UTC', answer.cron);
  };
  const overlapping = rows('Allow');
  // A week of hours.
  assert.equal(overlapping.length, 168);
  assert.ok(overlapping.slice(1).every(({ overlaps }) => overlaps === 1));
  const forbidden = rows('Forbid');
  assert.equal(forbidden.length, 168);
  assert.ok(forbidden.every(({ overlaps }) => overlaps === 0));
  assert.ok(forbidden.some(({ run, text }) => run === null || text.includes('late')));
});

test('a CronJob is followed for a week, where its Jobs are not too many pods', () => {
  const runs = (schedule: string, completions: number): number => {
    const base = cronJob('Allow');
    const jobTemplate = { spec: { ...jobSpec, completions } };
    const object: CronJob = { ...base, spec: { ...base.spec!, schedule, jobTemplate } };
    const answer = simulateAnswer({ kubernetesMinor: 37, id: 1, object, scenario: null, seed: 1 });
    return 'cron' in answer ? answer.cron.runs.length : -1;
  };
  assert.deepEqual([runs('0 * * * *', 10), runs('0 * * * *', 500), runs('0 3 * * *', 1)], [100, 12, 12]);
});

test('a run of a CronJob opens, and there is a way back', () => {
  const answer = simulateAnswer({ kubernetesMinor: 37, id: 1, object: cronJob('Allow'), scenario: null, seed: 1 });
  assert.ok('cron' in answer);
  const all = reduce(emptyModel, { type: 'simulatedRuns', cron: answer.cron });
  assert.equal(all.timeline, null);
  assert.match(cronWords(answer.cron), /^168 complete\.$/);
  const one = reduce(all, { type: 'openRun', run: 2 });
  assert.equal(one.timeline, answer.cron.runs[2]?.timeline);
  const again = reduce(one, { type: 'simulatedRuns', cron: answer.cron });
  assert.equal(again.run, 2);
  assert.equal(reduce(again, { type: 'openRun', run: null }).timeline, null);
});
