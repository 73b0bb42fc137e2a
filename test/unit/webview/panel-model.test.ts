import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyModel, reduce, stateOf } from '../../../client/webview/model/panel-model.ts';
import { readToPanel } from '../../../client/webview/model/read-message.ts';
import {
  describeFate,
  fateOf,
  layScenario,
  noEdits,
  readEdits,
  withFate,
  withoutFate,
} from '../../../client/webview/model/scenario-edits.ts';
import { isCronJob, jobOf } from '../../../client/webview/job-of.ts';
import { pod, simulate, timeline } from './timelines.ts';

const source = { kind: 'simulation', uri: 'file:///a.yaml', document: 0, item: null } as const;
test('the picture stays while the next one is simulated, and while a note stands above it', () => {
  let model = reduce(emptyModel, { type: 'state', state: { source, seed: 3, playhead: 7 } });
  model = reduce(model, simulate);
  assert.equal(model.busy, true);
  model = reduce(model, { type: 'simulated', timeline: timeline([]) });
  assert.equal(model.busy, false);
  model = reduce(model, { ...simulate, version: 2 });
  assert.notEqual(model.timeline, null);
  model = reduce(model, { type: 'message', tone: 'stale', title: 'Interrupted', text: '' });
  assert.notEqual(model.timeline, null);
  model = reduce(model, { type: 'message', tone: 'empty', title: 'Gone', text: '' });
  assert.equal(model.timeline, null);
});

test('the plan of a live Job stands beside the picture, and pictures that follow leave it', () => {
  const plan = { type: 'plan', object: { kind: 'Job' }, scenario: null, from: 'a.yaml' } as const;
  assert.deepEqual(readToPanel(plan), plan);
  let model = reduce(emptyModel, { type: 'timeline', title: 'x', timeline: timeline([]) });
  model = reduce(model, plan);
  model = reduce(model, { type: 'planned', timeline: timeline([pod(0, 0)]) });
  model = reduce(model, { type: 'timeline', title: 'x', timeline: timeline([]) });
  assert.equal(model.plan?.from, 'a.yaml');
  assert.equal(model.planned?.pods.length, 1);
  assert.equal(model.timeline?.pods.length, 0);
});

test('a timeline takes the place of a simulation, with its note or without', () => {
  const notice = { tone: 'stale', title: 'Not everything can be seen.', text: '' } as const;
  let model = reduce(reduce(emptyModel, simulate), { type: 'timeline', title: 'live', timeline: timeline([]), notice });
  assert.equal(model.request, null);
  assert.equal(model.notice, notice);
  model = reduce(model, { type: 'timeline', title: 'live', timeline: timeline([]) });
  assert.equal(model.notice, null);
});

test('state goes through what VS Code keeps and comes back', () => {
  let model = reduce(emptyModel, { type: 'state', state: { source, seed: 3, playhead: 7 } });
  model = reduce(model, { type: 'edits', edits: withFate(noEdits, pod(2, 0), { exitCode: 42 }) });
  const kept: unknown = JSON.parse(JSON.stringify(stateOf(model)));
  const message = readToPanel({ type: 'state', state: kept });
  assert.ok(message?.type === 'state');
  assert.deepEqual(stateOf(reduce(emptyModel, message)), stateOf(model));
  assert.equal(stateOf(emptyModel), null);
});

test('where the person looked comes back: zoom, rows, tab, selection and the run of a CronJob', () => {
  const kept = {
    window: { from: 1, until: 5 },
    rowZoom: 2,
    scroll: { page: 0, side: 40, table: 0, rows: 120 },
    rowsBy: 'pod',
    tab: 'Pods',
    selected: { kind: 'pod', ordinal: 2 },
    run: 1,
  } as const;
  const run = { slot: 0, name: 'a', created: 0, ended: 9, deleted: null, end: null, timeline: timeline([]) };
  const cron = { name: 'a', origin: '', runs: [run, run], active: [], explanations: [], until: 9 };
  let model = reduce(emptyModel, { type: 'state', state: { source, seed: 1, playhead: 4, view: kept } });
  model = reduce(reduce(model, simulate), { type: 'simulatedRuns', cron } as never);
  assert.deepEqual(stateOf(model)?.view, kept);
  assert.equal(model.playhead, 4);
  model = reduce(model, { type: 'openRun', run: 0 });
  assert.deepEqual([model.view.window, model.view.selected, model.playhead], [null, null, null]);
  assert.equal(model.view.tab, 'Pods');
});

test('a page that is open hears from its host only where the Job went', () => {
  let model = reduce(emptyModel, { type: 'state', state: { source, seed: 3, playhead: 7 } });
  model = reduce(model, { type: 'playhead', playhead: 2 });
  model = reduce(model, { type: 'state', state: { source: { ...source, document: 1 }, seed: 3, playhead: 7 } });
  assert.deepEqual([model.source, model.playhead], [{ ...source, document: 1 }, 2]);
});

test('messages that the panel does not know are ignored', () => {
  for (const data of [null, 'x', 3, {}, { type: 'unknown' }, { type: 3 }]) assert.equal(readToPanel(data), null);
});

test('a pod’s fate is a rule before the file’s own', () => {
  const second = pod(1, 0, { index: 4, attempt: 1 });
  const edits = withFate(withFate(noEdits, pod(3, 0), { run: -1 }), second, { exitCode: 42 });
  const file = { version: 1, default: { run: 9, exitCode: 0 }, pods: [{ match: { ordinal: '0' }, exitCode: 1 }] };
  assert.deepEqual(layScenario(file, { ...edits, default: { run: 2 } }), {
    version: 1,
    default: { run: 2, exitCode: 0 },
    pods: [
      { match: { index: '4', attempt: '1' }, exitCode: 42 },
      { match: { ordinal: '3' }, run: -1 },
      { match: { ordinal: '0' }, exitCode: 1 },
    ],
  });
  const replaced = withFate(edits, second, { exitCode: 7 });
  assert.equal(replaced.pods.length, 2);
  assert.equal(fateOf(replaced, second)?.exitCode, 7);
  assert.equal(describeFate(fateOf(replaced, second)!), 'Index 4, attempt 1 fails with exit code 7');
  assert.equal(fateOf(withoutFate(replaced, replaced.pods[0]!.match), second), null);
});

test('edits that cannot be read are dropped', () => {
  assert.deepEqual(readEdits('x'), noEdits);
  assert.deepEqual(
    readEdits({ default: { run: 'soon', startup: 1 }, pods: [{}, { match: { ordinal: '1' }, run: -1 }] }),
    { ...noEdits, default: { startup: 1 }, pods: [{ match: { ordinal: '1' }, run: -1 }] },
  );
});

test('of a CronJob one run is simulated', () => {
  const cronJob = {
    kind: 'CronJob',
    metadata: { name: 'nightly' },
    spec: { jobTemplate: { spec: { completions: 3 } } },
  };
  assert.ok(isCronJob(cronJob));
  assert.equal(jobOf(cronJob).spec?.completions, 3);
  assert.equal(jobOf(cronJob).metadata?.name, 'nightly');
});
