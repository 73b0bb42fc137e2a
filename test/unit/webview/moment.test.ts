import assert from 'node:assert/strict';
import { changeInWords, clockChanges } from '../../../client/webview/model/clock-changes.ts';
import { unknownAt } from '../../../client/webview/model/unknown.ts';
import { test } from 'node:test';
import { countPanels, countSeries, countTicks } from '../../../client/webview/model/counts.ts';
import { formatCount, formatDuration } from '../../../client/webview/model/duration.ts';
import { layoutGrid } from '../../../client/webview/model/index-grid.ts';
import { readIndexList } from '../../../client/webview/model/index-list.ts';
import { indexStates, indexStatesAt, mostTelling, tally } from '../../../client/webview/model/index-states.ts';
import { moments, nextMoment, previousMoment } from '../../../client/webview/model/moments.ts';
import { conditionChanges, statusAt, targetAt } from '../../../client/webview/model/status-at.ts';
import {
  panWindow,
  pixelToTime,
  timeTicks,
  timeToPixel,
  wholeWindow,
  zoomWindow,
} from '../../../client/webview/model/time-axis.ts';
import { failed, pod, succeeded, timeline } from './timelines.ts';

const status = (active: number, succeededCount: number, conditions: readonly string[] = []) => ({
  active,
  succeeded: succeededCount,
  failed: 0,
  started: true,
  conditions,
});

test('durations read as people write them', () => {
  const written = [0, 0.04, 4.5, 12, 59.96, 60, 90, 3600, 7500, 90_000, 1e6, NaN, -3].map(formatDuration);
  assert.deepEqual(written, [
    '0 s',
    '0 s',
    '4.5 s',
    '12 s',
    '1 min',
    '1 min',
    '1 min 30 s',
    '1 h',
    '2 h 5 min',
    '1 d 1 h',
    '11 d 14 h',
    '–',
    '–',
  ]);
  assert.equal(formatCount(1234567), '1,234,567');
});

test('ticks stand at round times with room between them', () => {
  assert.deepEqual(timeTicks({ from: 0, until: 20 }, 400, 80), [0, 5, 10, 15, 20]);
  assert.deepEqual(timeTicks({ from: 0, until: 600 }, 500, 80), [0, 120, 240, 360, 480, 600]);
  assert.deepEqual(timeTicks({ from: 5, until: 5 }, 500, 80), []);
});

test('zoom keeps the anchor in place and pan stops at the bounds', () => {
  const bounds = { from: 0, until: 100 };
  const zoomed = zoomWindow(bounds, 4, 50, bounds);
  assert.deepEqual(zoomed, { from: 37.5, until: 62.5 });
  assert.deepEqual(zoomWindow(zoomed, 0.01, 50, bounds), bounds);
  assert.deepEqual(panWindow(zoomed, 1000, bounds), { from: 75, until: 100 });
  assert.equal(pixelToTime(zoomed, 40, 500, timeToPixel(zoomed, 40, 500, 44)), 44);
});

test('a simulation cut at a far horizon shows what happened, not the emptiness after it', () => {
  const unfinished = { t: 86_400, outcome: 'Unfinished', reason: 'Horizon', message: '' } as const;
  const whole = wholeWindow(timeline([pod(0, 10)], { end: unfinished, until: 86_400 }));
  assert.ok(whole.until < 20, `${whole.until}`);
});

test('status, targets and conditions as they stood', () => {
  const run = timeline([], {
    targets: [
      { t: 0, parallelism: 2, completions: 4, suspend: false },
      { t: 9, parallelism: 1, completions: 4, suspend: true },
    ],
    statuses: [
      { t: 1, status: status(2, 0) },
      { t: 8, status: status(0, 4, ['SuccessCriteriaMet=True:CompletionsReached']) },
      {
        t: 9,
        status: status(0, 4, ['SuccessCriteriaMet=True:CompletionsReached', 'Complete=True:CompletionsReached']),
      },
      { t: 20, status: { deleted: true } },
    ],
    explanations: [
      { t: 9, about: { kind: 'condition', type: 'Complete' }, text: 'All four are done.', field: 'spec.completions' },
    ],
  });
  assert.equal(statusAt(run, 0.5), null);
  assert.deepEqual(statusAt(run, 7), status(2, 0));
  assert.equal(statusAt(run, Infinity), 'deleted');
  assert.equal(targetAt(run, 8.9)?.parallelism, 2);
  assert.equal(targetAt(run, 9)?.suspend, true);
  assert.deepEqual(
    conditionChanges(run).map(({ t, type, reason, text, field }) => [t, type, reason, text, field]),
    [
      [8, 'SuccessCriteriaMet', 'CompletionsReached', '', null],
      [9, 'Complete', 'CompletionsReached', 'All four are done.', 'spec.completions'],
    ],
  );
});

test('counts are step lines; those that never rise are left out', () => {
  const run = timeline([], { statuses: [1, 2, 3].map((t) => ({ t, status: status(t === 3 ? 0 : 2, t) })) });
  const series = countSeries(run);
  assert.deepEqual(
    series.map(({ name }) => name),
    ['active', 'succeeded'],
  );
  assert.deepEqual(series[0]?.points, [
    { t: 0, value: 0 },
    { t: 1, value: 2 },
    { t: 3, value: 0 },
  ]);
  assert.deepEqual(countTicks(10, 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(countTicks(1, 5), [0, 1]);
});

test('what is on at once and what has ended share a scale while both can be seen on it', () => {
  const small = timeline([], { statuses: [{ t: 1, status: status(2, 4) }] });
  assert.equal(countPanels(small).length, 1);
  const targets = [{ t: 0, parallelism: 20, completions: 1000, suspend: false }];
  const large = timeline([], { targets, statuses: [{ t: 1, status: status(20, 900) }] });
  assert.deepEqual(
    countPanels(large).map(({ ceiling }) => ceiling),
    [20, 1000],
  );
});

test('stepping goes from one happening to the next', () => {
  const times = moments(timeline([succeeded(0, 0, 4.5), pod(1, 4.5)]));
  assert.deepEqual([...times], [0, 0.5, 4.5, 5]);
  assert.equal(nextMoment(times, 0.5), 4.5);
  assert.equal(previousMoment(times, 4.5), 0.5);
  assert.equal(nextMoment(times, 5), null);
  assert.equal(previousMoment(times, 0), null);
});

test('each index has its state at the playhead', () => {
  const run = timeline(
    [
      succeeded(0, 0, 4, { index: 0, attempt: 0 }),
      failed(1, 0, 4, { index: 1, attempt: 0 }),
      pod(2, 14, { index: 1, attempt: 1 }),
      failed(3, 5, 6, { index: 2, attempt: 0 }),
    ],
    { completionMode: 'Indexed', statuses: [{ t: 7, status: { ...status(0, 1), failedIndexes: '2' } }] },
  );
  const at = (t: number): string[] => [...indexStatesAt(run, t, 4).state].map((value) => indexStates[value]!);
  assert.deepEqual(at(1), ['active', 'active', 'none', 'none']);
  assert.deepEqual(at(6.5), ['succeeded', 'waiting', 'waiting', 'none']);
  assert.deepEqual(at(14), ['succeeded', 'retrying', 'failed', 'none']);
  assert.equal(tally(indexStatesAt(run, 14, 4)).retrying, 1);
  assert.equal(mostTelling(indexStatesAt(run, 14, 4).state, 0, 4), 'failed');
});

test('indexes that a smaller completions no longer wants are not failed ones', () => {
  const run = timeline([failed(0, 0, 4, { index: 3, attempt: 0 })], {
    completionMode: 'Indexed',
    targets: [
      { t: 0, parallelism: 4, completions: 4, suspend: false },
      { t: 3, parallelism: 2, completions: 2, suspend: false },
    ],
    end: { t: 9, outcome: 'Complete', reason: 'CompletionsReached', message: '' },
  });
  assert.equal(indexStates[indexStatesAt(run, 10, 4).state[3]!], 'none');
});

test('index lists are read within their bounds', () => {
  assert.deepEqual([...readIndexList('0,2-5,x,7', 5)], [0, 2, 3, 4]);
  assert.deepEqual([...readIndexList(undefined, 5)], []);
  assert.equal(readIndexList('0-4294967295', 1000).size, 1000);
});

test('the grid shrinks its cells, then lets a cell stand for several indexes', () => {
  assert.deepEqual(layoutGrid(4, 300, 180), {
    columns: 4,
    lines: 1,
    pitch: 24,
    gap: 2,
    perCell: 1,
    width: 96,
    height: 24,
  });
  for (const count of [1, 10, 999, 100_000]) {
    const grid = layoutGrid(count, 300, 180);
    assert.ok(grid.width <= 300 && grid.height <= 180, JSON.stringify(grid));
    assert.ok(grid.columns * grid.lines * grid.perCell >= count);
  }
});

test('what nobody observed is unknown, up to the end where the connection is gone', () => {
  const seen = timeline([], { gaps: [{ from: 10, until: 18 }], staleSince: 27 });
  assert.deepEqual(unknownAt(seen, 14), { from: 10, until: 18 });
  assert.deepEqual([unknownAt(seen, 10), unknownAt(seen, 20)], [null, null]);
  assert.equal(unknownAt(seen, 1e9)?.from, 27);
});

test('clocks that change are found, in either direction', () => {
  const day = (text: string): number => Date.parse(text) / 1000;
  const changes = clockChanges(day('2026-01-01T00:00Z'), day('2027-01-01T00:00Z'), 'Europe/Berlin');
  assert.deepEqual(
    changes.map(({ at }) => new Date(at * 1000).toISOString()),
    ['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z'],
  );
  assert.deepEqual(changes.map(changeInWords), [
    'Clocks go forward by 1 h, from 02:00 to 03:00: times between do not come.',
    'Clocks go back by 1 h, from 03:00 to 02:00: times between come twice.',
  ]);
  assert.deepEqual(clockChanges(0, day('2026-01-01T00:00Z'), 'UTC'), []);
});
