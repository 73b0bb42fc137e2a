import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchFailurePolicy, type PodFailure } from '../../server/core/kubernetes/failure-policy.ts';
import type { PodFailurePolicy } from '../../server/core/kubernetes/generated/types.ts';

const exit = (...codes: [container: string, exitCode: number][]): PodFailure => ({
  exitCodes: codes.map(([container, exitCode]) => ({ container, exitCode })),
  conditions: [],
});

describe('matchFailurePolicy', () => {
  const policy: PodFailurePolicy = {
    rules: [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'main', operator: 'In', values: [42] } },
      { action: 'Count', onExitCodes: { operator: 'NotIn', values: [1, 137] } },
    ],
  };
  it('takes the first rule that matches', () => {
    assert.deepEqual(matchFailurePolicy(policy, exit(['main', 42])), {
      rule: 1,
      action: 'FailJob',
      by: { kind: 'exitCode', container: 'main', exitCode: 42 },
    });
    assert.equal(matchFailurePolicy(policy, exit(['other', 42]))?.rule, 2);
  });
  it('lets a condition go before an exit code when its rule does', () => {
    const evicted = { ...exit(['main', 42]), conditions: [{ type: 'DisruptionTarget', status: 'True' }] };
    assert.deepEqual(matchFailurePolicy(policy, evicted), {
      rule: 0,
      action: 'Ignore',
      by: { kind: 'condition', type: 'DisruptionTarget' },
    });
    const not = { ...exit(['main', 42]), conditions: [{ type: 'DisruptionTarget', status: 'False' }] };
    assert.equal(matchFailurePolicy(policy, not)?.rule, 1);
  });
  it('never looks at exit code 0, and answers null without a match', () => {
    assert.equal(matchFailurePolicy(policy, exit(['main', 0])), null);
    assert.equal(matchFailurePolicy(policy, exit(['main', 137])), null);
    assert.equal(matchFailurePolicy(undefined, exit(['main', 1])), null);
  });
  it('looks at all containers in order', () => {
    assert.deepEqual(matchFailurePolicy(policy, exit(['a', 0], ['b', 1], ['c', 9]))?.by, {
      kind: 'exitCode',
      container: 'c',
      exitCode: 9,
    });
  });
});
