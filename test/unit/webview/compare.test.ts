import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFigures, comparePods } from '../../../client/webview/model/compare.ts';
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
