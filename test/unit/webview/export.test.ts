import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPORTS } from '../../../client/webview/model/export.ts';
import { readToPanel } from '../../../client/webview/model/read-message.ts';
import type { Trace } from '../../../server/core/timeline/trace.ts';
import { failed, succeeded, timeline } from './timelines.ts';

const run = timeline([succeeded(0, 0, 5), failed(1, 0, 4, { message: 'a|b <img src=x> password=hunter2' })], {
  namespace: 'team',
  events: [{ t: 0, type: 'Normal', reason: 'SuccessfulCreate', message: 'Created pod: job-0abc', count: 1, pod: 0 }],
  end: { t: 5, outcome: 'Failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the limit' },
});

test('a run is copied as Markdown with its summary, its pods and its events', () => {
  const text = EXPORTS.markdown.text(run);
  assert.match(text, /^## Job team\/job \(simulated\)\n\nFails with BackoffLimitExceeded after 5 s/);
  assert.match(text, /\| Time \| Pods \| Succeeded \|/);
  assert.ok(text.indexOf('job-1abc') < text.indexOf('| job-0abc'), 'the failed pod comes first');
  assert.match(text, /### Events\n\n.*\n.*\n\| 0\.0 \| Normal \| SuccessfulCreate \|/);
});

test('nothing in the Markdown is markup, and what may be a secret is masked', () => {
  const text = EXPORTS.markdown.text(run);
  assert.doesNotMatch(text, /(?<!\\)<img|hunter2/);
  assert.match(text, /a\\\|b/);
});

test('a run without events has no table of them', () => {
  assert.doesNotMatch(EXPORTS.markdown.text(timeline([succeeded(0, 0, 5)])), /Events/);
});

test('the trace is what the command line prints, the picture stands alone', () => {
  const trace = JSON.parse(EXPORTS.trace.text(run)) as Trace;
  assert.deepEqual([trace.name, trace.pods.length, trace.end?.reason], ['job', 2, 'BackoffLimitExceeded']);
  assert.match(EXPORTS.svg.text(run), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
});

test('the panel understands being asked for it', () => {
  assert.deepEqual(readToPanel({ type: 'export', format: 'svg' }), { type: 'export', format: 'svg' });
});
