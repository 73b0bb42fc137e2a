import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forecastJob, type Forecast } from '../../server/core/forecast/forecast.ts';
import {
  sayParallelism,
  sayRetries,
  saySuccessRule,
  sayUnreachable,
  sayWork,
  sayWorstCase,
} from '../../server/core/forecast/words.ts';
import {
  podBackoffSeconds,
  podBackoffTotalSeconds,
  restartDelaySeconds,
  restartTotalSeconds,
} from '../../server/core/kubernetes/backoff.ts';
import type { JobSpec, PodFailurePolicyRule } from '../../server/core/kubernetes/generated/types.ts';

function forecast(spec: JobSpec, restartPolicy = 'Never'): Forecast {
  const pod = { restartPolicy, containers: [{ name: 'worker', image: 'worker:1' }] };
  return forecastJob({ spec: { ...spec, template: spec.template ?? { spec: pod } } });
}

const onCodes = (action: string, values: number[], more: object = {}): PodFailurePolicyRule => ({
  action,
  onExitCodes: { operator: 'In', values, ...more },
});
const onCondition = (action: string, type: string): PodFailurePolicyRule => ({ action, onPodConditions: [{ type }] });

describe('backoff', () => {
  it('doubles from 10 s to 10 min', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map(podBackoffSeconds),
      [0, 10, 20, 40, 80, 160, 320, 600, 600, 600],
    );
  });
  it('sums up as the single waits do', () => {
    for (let failures = 0; failures < 20; failures++) {
      let sum = 0;
      for (let at = 1; at <= failures; at++) sum += podBackoffSeconds(at);
      assert.equal(podBackoffTotalSeconds(failures), sum);
      let restarts = 0;
      for (let at = 1; at <= failures; at++) restarts += restartDelaySeconds(at);
      assert.equal(restartTotalSeconds(failures), restarts);
    }
  });
  it('restarts in place at once, then after 10 s doubling to 5 min', () => {
    assert.deepEqual([1, 2, 3, 4, 5, 6, 7, 8].map(restartDelaySeconds), [0, 10, 20, 40, 80, 160, 300, 300]);
  });
});

describe('parallelism', () => {
  it('makes one pod where nothing is set', () => {
    const { parallelism, work } = forecast({});
    assert.deepEqual(work, { kind: 'count', completions: 1 });
    assert.deepEqual(parallelism, { asked: 1, peak: 1, limit: 'none', waves: 1, lastWave: 1 });
  });
  it('works in waves', () => {
    const ten = forecast({ completions: 10, parallelism: 3 });
    assert.deepEqual(ten.parallelism, { asked: 3, peak: 3, limit: 'none', waves: 4, lastWave: 1 });
    assert.equal(
      sayParallelism(ten),
      'Up to 3 pods at once. About 4 waves, the last with 1 pod, if all pods take the same time.',
    );
  });
  it('is capped by completions', () => {
    const capped = forecast({ completions: 3, parallelism: 10 });
    assert.equal(capped.parallelism.peak, 3);
    assert.equal(capped.parallelism.limit, 'completions');
    assert.match(sayParallelism(capped), /^Up to 3 pods at once, not 10: .*\(3\)/);
  });
  it('knows work queues, paused, empty and suspended Jobs', () => {
    const queue = forecast({ parallelism: 4 });
    assert.deepEqual(queue.work, { kind: 'queue' });
    assert.match(sayWork(queue), /work queue/);
    assert.match(sayParallelism(queue), /4 pods at once until the first one succeeds/);
    assert.equal(forecast({ parallelism: 0, completions: 2 }).parallelism.limit, 'paused');
    assert.equal(forecast({ completions: 0 }).parallelism.limit, 'nothing to do');
    assert.match(sayParallelism(forecast({ suspend: true })), /suspended/);
  });
  it('names the indexes', () => {
    assert.match(sayWork(forecast({ completions: 5, completionMode: 'Indexed' })), /each index from 0 to 4/);
  });
});

describe('retries', () => {
  it('allow one attempt more than backoffLimit', () => {
    const { retries, worst } = forecast({});
    assert.equal(retries.attempts, 7);
    assert.deepEqual(retries.ladder, [10, 20, 40, 80, 160, 320]);
    assert.equal(retries.waits, 630);
    assert.equal(worst.waits, 630);
    assert.equal(worst.pods, 7);
  });
  it('none at backoffLimit 0', () => {
    const none = forecast({ backoffLimit: 0 });
    assert.equal(none.retries.attempts, 1);
    assert.equal(none.retries.waits, 0);
    assert.match(sayRetries(none)[0] ?? '', /1 attempt: the first failure is final/);
  });
  it('wait longer when pods fail together', () => {
    const herd = forecast({ completions: 10, parallelism: 10, backoffLimit: 10 });
    assert.deepEqual(herd.retries.together, { rounds: 2, failures: 20, waits: 600 });
    const pair = forecast({ completions: 4, parallelism: 2, backoffLimit: 5 });
    assert.deepEqual(pair.retries.together, { rounds: 3, failures: 6, waits: 20 + 80 });
    const long = forecast({ completions: 4, parallelism: 4, backoffLimit: 20 });
    assert.deepEqual(long.retries.together, { rounds: 6, failures: 24, waits: 80 + 4 * 600 });
  });
  it('are restarts in place under OnFailure, where 0 and 1 are alike', () => {
    assert.equal(forecast({ backoffLimit: 0 }, 'OnFailure').retries.attempts, 1);
    assert.equal(forecast({ backoffLimit: 1 }, 'OnFailure').retries.attempts, 1);
    const six = forecast({}, 'OnFailure');
    assert.equal(six.retries.by, 'containers');
    assert.equal(six.retries.attempts, 6);
    assert.equal(six.retries.waits, 0 + 10 + 20 + 40 + 80 + 160);
    assert.equal(six.worst.pods, 1);
  });
  it('belong to each index with backoffLimitPerIndex', () => {
    const each = forecast({
      completions: 4,
      parallelism: 2,
      completionMode: 'Indexed',
      backoffLimitPerIndex: 1,
      maxFailedIndexes: 2,
    });
    assert.equal(each.retries.by, 'index');
    assert.equal(each.retries.attempts, 2);
    assert.equal(each.retries.wholeJobLimit, null);
    assert.equal(each.retries.maxFailedIndexes, 2);
    assert.equal(each.worst.pods, 8);
    assert.equal(each.worst.waits, 20);
    const both = forecast({ completions: 4, completionMode: 'Indexed', backoffLimitPerIndex: 3, backoffLimit: 2 });
    assert.equal(both.retries.wholeJobLimit, 2);
    assert.equal(both.worst.pods, 6);
  });
  it('huge limits are endless', () => {
    const huge = forecast({ backoffLimit: 2_147_483_647 });
    assert.equal(huge.retries.endless, true);
    assert.equal(huge.worst.pods, null);
    assert.equal(huge.retries.ladder.length, 10);
  });
});

describe('worst case', () => {
  it('is the deadline where there is one', () => {
    const limited = forecast({ completions: 100, parallelism: 10, backoffLimit: 5, activeDeadlineSeconds: 3600 });
    assert.equal(limited.worst.deadline, 3600);
    assert.equal(limited.worst.deadlineCutsRetries, false);
    assert.match(sayWorstCase(limited).join(' '), /At the longest 1 h .* At most 105 pods are made\./);
  });
  it('says when the deadline cuts the retries', () => {
    const cut = forecast({ backoffLimit: 6, activeDeadlineSeconds: 300 });
    assert.equal(cut.worst.deadlineCutsRetries, true);
    assert.match(sayWorstCase(cut).join(' '), /before the retries are used up/);
    assert.equal(
      forecast({ completions: 9, parallelism: 9, activeDeadlineSeconds: 300 }).worst.deadlineCutsRetries,
      false,
    );
  });
  it('has no end where failures are ignored', () => {
    const ignored = forecast({ podFailurePolicy: { rules: [onCodes('FailJob', [1]), onCodes('Ignore', [42])] } });
    assert.deepEqual(ignored.worst.endless, { why: 'ignore', rule: 1 });
    assert.equal(ignored.worst.waits, null);
    assert.match(sayWorstCase(ignored).join(' '), /rule 1 ignores are retried without limit/);
  });
});

describe('podFailurePolicy rules', () => {
  const read = (rules: PodFailurePolicyRule[]) => forecast({ podFailurePolicy: { rules } }).failureRules;
  it('are shadowed by a wider rule before them', () => {
    const rules = read([onCodes('FailJob', [0], { operator: 'NotIn' }), onCodes('Ignore', [42])]);
    assert.deepEqual(rules[1]?.unreachable, { why: 'shadowed', by: [0] });
    assert.match(sayUnreachable(rules[1]) ?? '', /rule 0 before it takes/);
  });
  it('are shadowed by several rules together', () => {
    const rules = read([onCodes('FailJob', [1]), onCodes('Count', [2]), onCodes('Ignore', [1, 2])]);
    assert.deepEqual(rules[2]?.unreachable, { why: 'shadowed', by: [0, 1] });
  });
  it('are not shadowed by a rule about another container', () => {
    const rules = forecastJob({
      spec: {
        podFailurePolicy: { rules: [onCodes('FailJob', [1], { containerName: 'a' }), onCodes('Ignore', [1])] },
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a' }, { name: 'b' }] } },
      },
    }).failureRules;
    assert.equal(rules[1]?.unreachable, null);
  });
  it('tell single codes that are taken earlier', () => {
    const rules = read([onCodes('FailJob', [1]), onCodes('Ignore', [1, 2])]);
    assert.equal(rules[1]?.unreachable, null);
    assert.deepEqual([...rules[1].takenEarlier], [[1, 0]]);
  });
  it('never match codes above 255, except on Windows', () => {
    assert.deepEqual(read([onCodes('FailJob', [256])])[0]?.unreachable, { why: 'exit codes' });
    assert.deepEqual(read([onCodes('FailJob', [3, 256])])[0]?.impossible, [256]);
    const windows = forecastJob({
      spec: {
        podFailurePolicy: { rules: [onCodes('FailJob', [256])] },
        template: { spec: { nodeSelector: { 'kubernetes.io/os': 'windows' }, containers: [{ name: 'a' }] } },
      },
    });
    assert.equal(windows.failureRules[0]?.unreachable, null);
  });
  it('match conditions by type and status', () => {
    const rules = read([
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'False' }] },
      onCondition('Ignore', 'DisruptionTarget'),
      onCondition('FailJob', 'DisruptionTarget'),
    ]);
    assert.deepEqual(
      rules.map((rule) => rule.unreachable),
      [null, null, { why: 'shadowed', by: [1] }],
    );
  });
});

describe('successPolicy rules', () => {
  it('are read with their counts', () => {
    const { successRules } = forecast({
      completions: 5,
      completionMode: 'Indexed',
      successPolicy: {
        rules: [
          { succeededIndexes: '0' },
          { succeededIndexes: '0,2-4', succeededCount: 2 },
          { succeededCount: 3 },
          { succeededIndexes: 'x' },
        ],
      },
    });
    assert.deepEqual(successRules.map(saySuccessRule), [
      'as soon as index 0 has succeeded',
      'as soon as 2 of the 4 indexes 0,2-4 have succeeded',
      'as soon as 3 indexes have succeeded, of 5',
    ]);
  });
});

it('reads anything that decodes', () => {
  for (const spec of [
    {},
    { completions: -1 },
    { completions: 3, parallelism: -2 },
    { backoffLimit: -1 },
    { podFailurePolicy: {} },
  ]) {
    const found = forecastJob({ spec });
    sayParallelism(found);
    sayRetries(found);
    sayWorstCase(found);
  }
  forecastJob({});
});
