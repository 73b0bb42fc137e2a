import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aggregateRows, cellKinds } from '../../../client/webview/model/aggregate.ts';
import { clampScroll, layoutChart, revealRow, rowAt } from '../../../client/webview/model/chart-geometry.ts';
import { indexesWithoutPod, layoutRows } from '../../../client/webview/model/rows.ts';
import { endingLabel, podSegments, podStateAt } from '../../../client/webview/model/segments.ts';
import { assertLinear } from '../../growth.ts';
import { failed, pod, succeeded, timeline } from './timelines.ts';

test('rows of a NonIndexed Job are its pods in order of creation, with the wait that each one ends', () => {
  const wait = { from: 5, until: 15, index: null, failures: 1 };
  const rows = layoutRows(
    timeline([succeeded(1, 0, 4), failed(0, 0, 5), pod(2, 15.3), pod(3, 15.3)], { waits: [wait] }),
  );
  assert.deepEqual(
    rows.map((row) => [row.label, row.waits.length]),
    [
      ['0abc', 0],
      ['1abc', 0],
      ['2abc', 1],
      ['3abc', 1],
    ],
  );
});

test('a pod created long after a wait did not wait for it', () => {
  const rows = layoutRows(timeline([pod(0, 30)], { waits: [{ from: 5, until: 15, index: null, failures: 1 }] }));
  assert.equal(rows[0]?.waits.length, 0);
});

test('rows of an Indexed Job hold the attempts of one index beside each other', () => {
  const run = timeline(
    [
      succeeded(0, 0, 4, { index: 0, attempt: 0 }),
      failed(1, 0, 4, { index: 3, attempt: 0 }),
      pod(2, 14, { index: 3, attempt: 1 }),
    ],
    { completionMode: 'Indexed', waits: [{ from: 4, until: 14, index: 3, failures: 1 }] },
  );
  const rows = layoutRows(run);
  assert.deepEqual(
    rows.map((row) => [row.label, row.pods.length, row.lanes, row.waits.length]),
    [
      ['0', 1, 1, 0],
      ['3', 2, 1, 1],
    ],
  );
  assert.equal(indexesWithoutPod(run, rows), 2);
});

test('attempts that overlap in time lie in lanes under each other', () => {
  const first = failed(0, 0, 10, { index: 0, attempt: 0, deleting: 3 });
  const [row] = layoutRows(timeline([first, pod(1, 4, { index: 0, attempt: 1 })], { completionMode: 'Indexed' }));
  assert.deepEqual(row?.laneOfPod, [0, 1]);
  assert.equal(row.lanes, 2);
});

test('a pod goes through pending, starting, running and terminating', () => {
  const terminating = failed(0, 1, 9, { started: 2, ready: 3, deleting: 7, exitCode: 143 });
  assert.deepEqual(podSegments(terminating, 60), [
    { kind: 'pending', from: 1, until: 2 },
    { kind: 'starting', from: 2, until: 3 },
    { kind: 'running', from: 3, until: 7 },
    { kind: 'terminating', from: 7, until: 9 },
  ]);
  assert.deepEqual(
    [0, 1.5, 2.5, 8, 9].map((t) => podStateAt(terminating, t)),
    ['none', 'pending', 'running', 'terminating', 'failed'],
  );
});

test('a pod that was deleted while pending never ran; one that ended before its deletion did not terminate', () => {
  const pending = failed(0, 0, 5, { started: null, ready: null, deleting: 4 });
  assert.deepEqual(
    podSegments(pending, 60).map(({ kind }) => kind),
    ['pending', 'terminating'],
  );
  const cleaned = succeeded(0, 0, 5, { deleting: 8, removed: 8 });
  assert.deepEqual(
    podSegments(cleaned, 60).map(({ kind }) => kind),
    ['pending', 'running'],
  );
});

test('an end says its exit code, and its reason when that tells more', () => {
  assert.equal(endingLabel(failed(0, 0, 1, { exitCode: 42 })), 'exit 42');
  assert.equal(endingLabel(failed(0, 0, 1, { exitCode: 137, reason: 'OOMKilled' })), 'OOMKilled, exit 137');
  assert.equal(endingLabel(failed(0, 0, 1, { exitCode: null, reason: 'Evicted' })), 'Evicted');
  assert.equal(endingLabel(succeeded(0, 0, 1)), '');
});

test('aggregation shows what most pods do, and hides no failure', () => {
  const pods = Array.from({ length: 100 }, (_, n) => (n === 57 ? failed(n, 0, 5) : succeeded(n, 0, 10)));
  const rows = layoutRows(timeline(pods));
  const sums = aggregateRows(rows, 0, 100, { from: 0, until: 10 }, 20, 2, 60);
  const kindAt = (column: number, band: number): string => cellKinds[sums.kind[band * 20 + column]!]!;
  assert.equal(kindAt(0, 0), 'pending');
  assert.equal(kindAt(10, 0), 'succeeded');
  assert.equal(kindAt(10, 1), 'failure');
  assert.equal(kindAt(18, 1), 'succeeded');
  assert.equal(sums.weight[18], 255);
});

test('many pods are aggregated in linear time', () => {
  const pods = Array.from({ length: 40_000 }, (_, n) => succeeded(n, n / 10, n / 10 + 30));
  const rows = layoutRows(timeline(pods));
  assertLinear(10_000, (size) => aggregateRows(rows, 0, size, { from: 0, until: 1030 }, 1000, 400, 1030));
});

test('the chart fits all rows into its room, or scrolls them when they are magnified', () => {
  const room = { width: 900, height: 600, rows: 1000, labelLength: 5, fontSize: 11, countPanels: 1, rowZoom: 1 };
  const fitted = layoutChart(room);
  assert.ok(Math.abs(fitted.rowHeight * 1000 - fitted.rowsHeight) < 1);
  assert.ok(fitted.height <= 600);
  const magnified = layoutChart({ ...room, rowZoom: 40 });
  assert.ok(magnified.contentHeight > magnified.rowsHeight);
  const bottom = clampScroll(magnified, Infinity);
  assert.equal(bottom, magnified.contentHeight - magnified.rowsHeight);
  assert.equal(rowAt(magnified, bottom, magnified.rowsTop + magnified.rowsHeight - 1, 1000), 999);
  assert.equal(revealRow(magnified, bottom, 0), 0);
});

test('few rows are no taller than comfortable', () => {
  const geometry = layoutChart({
    width: 900,
    height: 600,
    rows: 2,
    labelLength: 5,
    fontSize: 11,
    countPanels: 1,
    rowZoom: 1,
  });
  assert.equal(geometry.rowHeight, 22);
});
