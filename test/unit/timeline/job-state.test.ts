import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import { jobProgress, sayProgress } from '../../../server/core/timeline/job-progress.ts';
import { jobState } from '../../../server/core/timeline/job-state.ts';

const now = Date.parse('2026-01-01T01:00:00Z');
const holds = (...types: string[]): NonNullable<Job['status']> => ({
  conditions: types.map((type) => ({ type, status: 'True', lastTransitionTime: '2026-01-01T00:30:00Z' })),
});

describe('a Job’s state in kubectl’s words', () => {
  test('what it ended as counts more than that it is being deleted, and that more than what is under way', () => {
    const metadata = { deletionTimestamp: '2026-01-01T00:00:00Z' };
    assert.equal(jobState({ metadata, status: holds('Failed', 'FailureTarget') }), 'Failed');
    assert.equal(jobState({ status: holds('SuccessCriteriaMet', 'Complete') }), 'Complete');
    assert.equal(jobState({ metadata, status: holds('Suspended') }), 'Terminating');
    assert.equal(jobState({ status: holds('FailureTarget') }), 'FailureTarget');
    assert.equal(jobState({ status: holds('SuccessCriteriaMet') }), 'SuccessCriteriaMet');
    assert.equal(jobState({ status: { conditions: [{ type: 'Suspended', status: 'False' }] } }), 'Running');
    assert.equal(jobState({}), 'Running');
  });
});

describe('how far a Job is', () => {
  const times = { creationTimestamp: '2026-01-01T00:00:00Z' };

  test('a running one grows older; one that ended took its time', () => {
    const status = { startTime: '2026-01-01T00:10:00Z', succeeded: 2 };
    const running = jobProgress({ metadata: times, spec: { completions: 3 }, status }, now);
    assert.deepEqual([running.age, running.duration, running.endedAgo], [3600, 3000, null]);
    assert.equal(sayProgress(running), '2/3');
    const failed = jobProgress({ metadata: times, status: { ...status, ...holds('Failed') } }, now);
    assert.deepEqual([failed.duration, failed.endedAgo], [1200, 1800]);
    assert.equal(sayProgress(failed), '2 succeeded');
  });

  test('nothing is made up where the cluster says nothing, or its clock is behind', () => {
    assert.deepEqual(jobProgress({}, now), {
      succeeded: 0,
      completions: null,
      failed: 0,
      active: 0,
      failedIndexes: '',
      age: null,
      duration: null,
      endedAgo: null,
    });
    assert.equal(jobProgress({ metadata: { creationTimestamp: '2026-01-01T02:00:00Z' } }, now).age, 0);
  });
});
