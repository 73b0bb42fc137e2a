import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endWords, watchedWords, type WatchedJob } from '../../../client/src/jobs-view/watched-words.ts';
import { readJob, type ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { job, stamp } from '../cluster/objects.ts';

const now = Date.parse(stamp(300));
const seen = (name: string, fields: Parameters<typeof job>[1] = {}): ObservedJob =>
  readJob(job(name, fields)) as ObservedJob;
const watched = (name: string, fields?: Parameters<typeof job>[1] | null): WatchedJob => ({
  context: 'test',
  namespace: 'team',
  name,
  job: fields === null ? null : seen(name, fields),
  now,
});
const failed = {
  conditions: [
    {
      type: 'Failed',
      status: 'True',
      reason: 'BackoffLimitExceeded',
      message: 'Too many.',
      lastTransitionTime: stamp(120),
    },
  ],
};

describe('watched Jobs in the status bar', () => {
  test('nothing without one; one by its name; several by their number and sum', () => {
    assert.equal(watchedWords([]), null);
    assert.equal(watchedWords([watched('a', null)])?.text, '$(play-circle) a');
    assert.equal(watchedWords([watched('a', { status: { succeeded: 4 } })])?.text, '$(play-circle) a 4/10');
    assert.equal(watchedWords([watched('a', { status: failed })])?.text, '$(error) a 0/10');
    const several = watchedWords([
      watched('a', { status: { succeeded: 4 } }),
      watched('b', { status: { succeeded: 1, failed: 2, startTime: stamp(0) } }),
    ]);
    assert.equal(several?.text, '$(play-circle) 2 Jobs 5/20');
    assert.equal(
      several.tooltip,
      'team/a on test: Running, 4/10, for 5 min\nteam/b on test: Running, 1/10, 2 failed, for 5 min',
    );
    const queue = watched('q', { spec: { completions: undefined }, status: { succeeded: 3 } });
    assert.equal(watchedWords([watched('a'), queue])?.text, '$(play-circle) 2 Jobs 3 succeeded');
    assert.equal(watchedWords([watched('a'), watched('b', { status: failed })])?.text, '$(error) 2 Jobs 0/20');
  });

  test('a name is never drawn as an icon', () => {
    assert.equal(watchedWords([{ ...watched('a'), name: '$(bug)' }])?.text, '$(play-circle) $ (bug) 0/10');
  });
});

describe('how a watched Job ended', () => {
  test('null while it goes on; with the reason when it failed; with its time when it is complete', () => {
    assert.equal(endWords(seen('a'), now), null);
    assert.deepEqual(endWords(seen('a', { status: failed }), now), {
      failed: true,
      text: 'Job team/a failed (BackoffLimitExceeded: Too many.).',
    });
    const complete = { succeeded: 10, completionTime: stamp(60), conditions: [{ type: 'Complete', status: 'True' }] };
    assert.deepEqual(endWords(seen('a', { status: complete }), now), {
      failed: false,
      text: 'Job team/a is complete (10/10, took 1 min).',
    });
  });
});
