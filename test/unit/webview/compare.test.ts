import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFigures, comparePods, differenceInWords } from '../../../client/webview/model/compare.ts';
import { labelPlace } from '../../../client/webview/model/label-place.ts';
import {
  describeAction,
  hasEdits,
  layScenario,
  noEdits,
  readEdits,
  withAction,
  withoutAction,
} from '../../../client/webview/model/scenario-edits.ts';
import { jobOf, simulated } from '../simulation/simulated.ts';

const job = jobOf({ completions: 3, parallelism: 3 });
const plain = simulated(job, { default: { run: 10 } });
const failing = simulated(job, { default: { run: 10 }, pods: [{ match: { ordinal: 1 }, exitCode: 3 }] });

test('a run against itself differs in nothing', () => {
  assert.ok(compareFigures(plain, plain).every(({ differs }) => !differs));
  const { changed, added, gone } = comparePods(plain, plain);
  assert.deepEqual([changed, added, gone], [0, 0, 0]);
});

test('only what differs is told', () => {
  assert.equal(differenceInWords({ changed: 0, added: 3, gone: 0 }), '3 pods new');
  assert.equal(differenceInWords({ changed: 1, added: 2, gone: 4 }), '1 pod changed, 2 new, 4 gone');
});

test('a label stands under no sign of another condition', () => {
  assert.equal(labelPlace(100, 40, [100], 8), 52);
  assert.equal(labelPlace(100, 40, [80, 100], 8), 32);
  assert.equal(labelPlace(100, 40, [30, 80, 100], 8), -18);
  assert.equal(labelPlace(100, 40, [20, 100], 8), 52);
});

test('what differs is marked, pod by pod and figure by figure', () => {
  const differing = compareFigures(plain, failing).filter(({ differs }) => differs);
  assert.deepEqual(
    differing.map(({ name }) => name),
    ['Time', 'Pods', 'Failed', 'Retries', 'Pod time', 'Without success'],
  );
  const { changed, added, gone } = comparePods(plain, failing);
  assert.deepEqual([changed, added, gone], [1, 1, 0]);
  assert.equal(comparePods(failing, plain).gone, 1);
});

test('actions at the playhead become actions of the scenario, and survive a reload', () => {
  const edits = withAction(withAction(noEdits, { at: 30.04, suspend: true }), { at: 5, parallelism: 7 });
  assert.deepEqual(edits.actions, [
    { at: 5, parallelism: 7 },
    { at: 30, suspend: true },
  ]);
  assert.deepEqual(edits.actions.map(describeAction), ['At 5 s: scale to 7', 'At 30 s: suspend']);
  assert.deepEqual(readEdits(JSON.parse(JSON.stringify(edits))), edits);
  const laid = layScenario({ actions: [{ at: 1, suspend: false }] }, { ...edits, capacity: 4 });
  assert.deepEqual([(laid['actions'] as unknown[]).length, laid['capacity']], [3, 4]);
  assert.ok(hasEdits(edits) && !hasEdits(withoutAction(withoutAction(edits, edits.actions[0]!), edits.actions[1]!)));
});
