import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePod, describeRun } from '../../../client/webview/model/describe.ts';
import { panelSummary, summarise, summaryLine } from '../../../client/webview/model/summary.ts';
import { failed, pod, succeeded, timeline } from './timelines.ts';

const complete = { t: 22.4, outcome: 'Complete', reason: 'CompletionsReached', message: 'Reached' } as const;

test('the summary says how it ended, how long it took and what it cost', () => {
  const run = timeline(
    [succeeded(0, 0, 4), failed(1, 0, 4), succeeded(2, 4, 8), succeeded(3, 14, 20), succeeded(4, 4, 9)],
    {
      end: complete,
      until: 22.4,
    },
  );
  const summary = summarise(run);
  assert.deepEqual(
    { ...summary, sentence: '' },
    {
      tone: 'succeeded',
      headline: 'Complete',
      reason: 'CompletionsReached',
      sentence: '',
      seconds: 22.4,
      pods: 5,
      retries: 1,
      failures: 1,
      peak: 2,
      wasted: 3.5,
    },
  );
  assert.equal(
    summaryLine('job', summary),
    'job: Complete, CompletionsReached. Every completion that was asked for was reached, after 22.4 s. 5 pods, 1 retry, at most 2 at once.',
  );
  assert.deepEqual(panelSummary(run), {
    pods: 5,
    until: 22.4,
    end: { outcome: 'Complete', reason: 'CompletionsReached', t: 22.4 },
  });
});

test('a run that goes on says what it waits for', () => {
  const waiting = timeline([failed(0, 0, 4)], { until: 6, waits: [{ from: 4, until: 14, index: null, failures: 1 }] });
  assert.equal(summarise(waiting).sentence, 'Waiting to retry: the next pod comes at 14 s.');
  const suspended = timeline([], { targets: [{ t: 0, parallelism: 1, completions: 1, suspend: true }] });
  assert.equal(summarise(suspended).headline, 'Suspended');
  assert.equal(panelSummary(suspended).end, null);
});

test('an unknown reason is said in the API’s own words', () => {
  const end = { t: 3, outcome: 'Failed', reason: 'Novel', message: 'Something new happened' } as const;
  assert.equal(summarise(timeline([], { end })).sentence, 'Something new happened; it failed after 3 s.');
});

test('a pod’s life is one sentence', () => {
  assert.equal(
    describePod(failed(1, 2, 9, { index: 5, attempt: 1, exitCode: 42, restarts: 2 })),
    'Index 5, attempt 1: created at 2 s, running from 2.5 s, failed at 9 s with exit code 42 (Error), 2 in-place restarts.',
  );
  assert.equal(
    describePod(pod(3, 1, { started: null, ready: null, phase: 'Pending' })),
    'Pod 3: created at 1 s, still pending.',
  );
});

test('the run is described in order of time, and not without end', () => {
  const sentences = describeRun(
    timeline([failed(0, 0, 4), succeeded(1, 14, 20)], {
      waits: [{ from: 4, until: 14, index: null, failures: 1 }],
      gaps: [{ from: 6, until: 8 }],
    }),
  );
  assert.deepEqual(
    sentences.map(({ t }) => t),
    [0, 4, 4, 6, 60],
  );
  assert.match(sentences.map(({ text }) => text).join('\n'), /waits 10 s after 1 failure; the next try comes at 14 s/);
  const many = Array.from({ length: 5000 }, (_, n) => failed(n, n, n + 1));
  assert.equal(describeRun(timeline(many), 100).length, 102);
});
