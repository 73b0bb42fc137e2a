import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actionMarks } from '../../../client/webview/model/action-marks.ts';
import { brushed } from '../../../client/webview/model/brush.ts';
import { commandOfKey, KEYS } from '../../../client/webview/model/keys.ts';
import { writesAtOnce } from '../../../client/webview/model/asked.ts';
import { emptyModel, reduce } from '../../../client/webview/model/panel-model.ts';
import { layoutRows } from '../../../client/webview/model/rows.ts';
import {
  describeFate,
  layScenario,
  noEdits,
  readEdits,
  savedScenario,
  withAction,
  withFate,
} from '../../../client/webview/model/scenario-edits.ts';
import { failed, pod, simulate, succeeded, timeline } from './timelines.ts';

const file = { name: 'a.jobwright.yaml', used: true, problem: null, open: true, names: ['a.jobwright.yaml'] };
test('changes of the scenario are taken back one by one, and made again', () => {
  const one = withFate(noEdits, pod(0, 0), { exitCode: 42 });
  let model = reduce(reduce(emptyModel, simulate), { type: 'edits', edits: one });
  model = reduce(model, { type: 'seed', seed: 7 });
  model = reduce(model, { type: 'undo' });
  assert.deepEqual([model.seed, model.edits], [1, one]);
  model = reduce(reduce(model, { type: 'undo' }), { type: 'undo' });
  assert.deepEqual(model.edits, noEdits);
  model = reduce(reduce(reduce(model, { type: 'redo' }), { type: 'redo' }), { type: 'redo' });
  assert.deepEqual([model.seed, model.edits], [7, one]);
  model = reduce(reduce(model, { type: 'undo' }), { type: 'edits', edits: noEdits });
  assert.deepEqual(model.history.future, []);
});

test('what the file says by now no longer lies over it', () => {
  const edits = withFate(noEdits, pod(0, 0), { exitCode: 42 });
  let model = reduce(reduce(emptyModel, { ...simulate, scenarioFile: file }), { type: 'edits', edits });
  assert.ok(writesAtOnce(model));
  model = reduce(model, { ...simulate, scenario: savedScenario(null, edits), scenarioFile: file });
  assert.deepEqual([model.edits, model.history.past], [noEdits, []]);
  assert.ok(!writesAtOnce(reduce(model, { ...simulate, scenarioFile: { ...file, open: false } })));
});

test('edits of an open file are counted, so that its editor is asked for no more of them', () => {
  let model = reduce(reduce(emptyModel, { ...simulate, scenarioFile: file }), { type: 'wrote' });
  model = reduce(model, { type: 'undidWriting' });
  assert.deepEqual(model.written, { undo: 0, redo: 1 });
  model = reduce(model, { type: 'redidWriting' });
  assert.deepEqual(model.written, { undo: 1, redo: 0 });
  model = reduce(model, { ...simulate, scenarioFile: { ...file, open: false } });
  assert.deepEqual(model.written, { undo: 0, redo: 0 });
});

test('a newer rule about a pod takes the place of the older one', () => {
  const base = {
    pods: [
      { match: { ordinal: '0' }, exitCode: 1 },
      { match: { ordinal: '0-' }, run: 9 },
    ],
  };
  const laid = layScenario(base, withFate(noEdits, pod(0, 0), { run: -1 }));
  assert.deepEqual(laid['pods'], [
    { match: { ordinal: '0' }, run: -1 },
    { match: { ordinal: '0-' }, run: 9 },
  ]);
});

test('in a run of a CronJob a fate and an action are of that run', () => {
  const scope = { run: 2, created: 600 };
  const edits = withAction(withFate(noEdits, pod(0, 0), { exitCode: 3 }, scope), { at: 4, suspend: true }, scope);
  assert.deepEqual(edits.pods, [{ match: { ordinal: '0', run: '2' }, exitCode: 3 }]);
  assert.deepEqual(edits.actions, [{ at: 604, suspend: true, target: 'job' }]);
  assert.equal(describeFate(edits.pods[0]!), 'Pod 0 of run 3 fails with exit code 3');
  assert.deepEqual(readEdits(JSON.parse(JSON.stringify(edits))), edits);
});

test('what people do is marked: the scenario’s actions, or the changes that were seen', () => {
  const scenario = {
    actions: [
      { at: '5s', suspend: true },
      { at: 9, drain: true, capacity: 3 },
    ],
  };
  assert.deepEqual(actionMarks(timeline([]), scenario), [
    { t: 5, text: 'suspend' },
    { t: 9, text: 'drain all nodes, room for 3 pods' },
  ]);
  const targets = [
    { t: 0, parallelism: 2, completions: 4, suspend: false },
    { t: 3, parallelism: 5, completions: 4, suspend: false },
    { t: 6, parallelism: 5, completions: 4, suspend: true },
  ];
  assert.deepEqual(actionMarks(timeline([], { targets }), null), [
    { t: 3, text: 'scaled to 5' },
    { t: 6, text: 'suspended' },
  ]);
});

test('rows are indexes with their attempts, or pods', () => {
  const first = failed(0, 0, 4, { index: 0, attempt: 0 });
  const indexed = timeline(
    [first, succeeded(1, 8, 12, { index: 0, attempt: 1 }), pod(2, 0, { index: 1, attempt: 0 })],
    {
      completionMode: 'Indexed',
      waits: [{ from: 4, until: 8, index: 0, failures: 1 }],
    },
  );
  assert.deepEqual(
    layoutRows(indexed).map(({ label, pods }) => [label, pods.length]),
    [
      ['0', 2],
      ['1', 1],
    ],
  );
  assert.deepEqual(
    layoutRows(indexed, 'pod').map(({ label, waits }) => [label, waits.length]),
    [
      ['0/0', 0],
      ['1/0', 0],
      ['0/1', 1],
    ],
  );
});

test('a brush takes either direction, stays within the run and is never nothing', () => {
  const bounds = { from: 0, until: 10 };
  assert.deepEqual(brushed(8, 3, bounds), { from: 3, until: 8 });
  assert.deepEqual(brushed(-5, 50, bounds), bounds);
  assert.deepEqual(brushed(10, 10, bounds), { from: 9.8, until: 10 });
});

test('each key does one thing, and each line of the help is another', () => {
  const press = (key: string, more: object = {}, onPlayhead = false): string | undefined =>
    commandOfKey({ key, shiftKey: false, ctrlKey: false, ...more }, onPlayhead)?.label;
  assert.equal(press('ArrowRight'), 'Right');
  assert.equal(press('ArrowRight', { shiftKey: true }), 'Shift+Right');
  assert.equal(press('?', { shiftKey: true }), '?');
  assert.equal(press('Z', { shiftKey: true, ctrlKey: true }), 'Ctrl+Shift+Z');
  assert.deepEqual([press('z', { ctrlKey: true }), press('z'), press('ArrowDown')], ['Ctrl+Z', undefined, undefined]);
  assert.equal(press('ArrowDown', {}, true), 'Down');
  assert.equal(new Set(KEYS.map(({ label }) => label)).size, KEYS.length);
});
