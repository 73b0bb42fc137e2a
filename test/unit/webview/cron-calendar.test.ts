import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import {
  calendarDays,
  closedParts,
  hourRows,
  hoursOfDay,
  placeInDay,
} from '../../../client/webview/model/calendar-days.ts';
import { type CalendarStep, pageOfSlot, stepInCalendar } from '../../../client/webview/model/calendar-steps.ts';
import { itemName } from '../../../client/webview/model/calendar-words.ts';
import { type CalendarPage, cronCalendar } from '../../../client/webview/model/cron-calendar.ts';
import { cronReasons } from '../../../client/webview/model/cron-reasons.ts';
import { type CronRow, cronRows } from '../../../client/webview/model/cron-rows.ts';
import { CRON_EXPORTS } from '../../../client/webview/model/cron-export.ts';
import { commandOfKey, KEYS, KEYS_IN_CALENDAR } from '../../../client/webview/model/keys.ts';
import { simulateAnswer } from '../../../client/webview/simulate-answer.ts';

const HOUR = 3600;

function at(text: string): number {
  return Date.parse(text) / 1000;
}

/** The rows of a CronJob whose pods behave by `scenario`, and its calendar. */
function drawn(
  spec: Partial<CronJob['spec']>,
  scenario: object,
  shortest = 0.5,
): {
  rows: readonly CronRow[];
  pages: readonly CalendarPage[];
  start: number;
  cron: CronTimeline;
  object: CronJob;
} {
  const object: CronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: {
      schedule: '0 * * * *',
      jobTemplate: {
        spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } } },
      },
      ...spec,
    },
  };
  const answer = simulateAnswer({ kubernetesMinor: 37, id: 1, object, scenario, seed: 1 });
  assert.ok('cron' in answer);
  const { cron } = answer;
  const rows = cronRows(object, 'UTC', cron);
  const start = at(cron.origin);
  const zone = object.spec?.timeZone ?? 'UTC';
  return { rows, start, cron, object, pages: cronCalendar(rows, { start, until: cron.until, zone, shortest }) };
}

test('days begin at midnight of their zone, and have 23 or 25 hours where clocks change', () => {
  const hours = (from: string, until: string, zone: string): readonly number[] =>
    calendarDays(at(from), at(until), zone).map(hoursOfDay);
  assert.deepEqual(hours('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Berlin'), [24, 23, 24]);
  assert.deepEqual(hours('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z', 'Europe/Berlin'), [24, 25, 24]);
  // Clocks are put forward at midnight here: the day begins at one.
  assert.deepEqual(hours('2026-04-23T12:00:00Z', '2026-04-25T12:00:00Z', 'Africa/Cairo'), [24, 23, 24]);
  assert.deepEqual(hours('2026-10-03T12:00:00Z', '2026-10-04T12:00:00Z', 'Australia/Lord_Howe'), [24, 23.5]);
  const [first] = calendarDays(at('2026-01-01T00:00:20Z'), at('2026-01-01T01:00:00Z'), 'UTC');
  assert.deepEqual([first?.from, first?.until], [at('2026-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z')]);
});

test('the hour that is skipped is closed, and the one that comes twice has two rows', () => {
  const zone = 'Europe/Berlin';
  const spring = calendarDays(at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'), zone);
  const rows = hourRows(spring);
  assert.equal(rows.length, 24);
  assert.deepEqual(
    spring.map((day) => closedParts(day, rows)),
    [[], [{ from: 2, until: 3, why: 'skipped' }]],
  );
  assert.equal(placeInDay(spring[1]!, rows, zone, at('2026-03-29T00:30:00Z')), 1.5);
  assert.equal(placeInDay(spring[1]!, rows, zone, at('2026-03-29T01:30:00Z')), 3.5);

  const autumn = calendarDays(at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'), zone);
  const more = hourRows(autumn);
  assert.deepEqual(more.slice(2, 5), [
    { hour: 2, again: false },
    { hour: 2, again: true },
    { hour: 3, again: false },
  ]);
  assert.deepEqual(
    autumn.map((day) => closedParts(day, more)),
    [[{ from: 3, until: 4, why: 'other day' }], []],
  );
  assert.equal(placeInDay(autumn[1]!, more, zone, at('2026-10-25T00:30:00Z')), 2.5);
  assert.equal(placeInDay(autumn[1]!, more, zone, at('2026-10-25T01:30:00Z')), 3.5);
  assert.equal(placeInDay(autumn[1]!, more, zone, at('2026-10-25T02:30:00Z')), 4.5);
  assert.equal(placeInDay(autumn[0]!, more, zone, at('2026-10-24T01:30:00Z')), 4.5);
});

test('a run is as long as it lasts, and goes on on the next day', () => {
  const { pages } = drawn({ schedule: '30 22 * * *' }, { default: { run: '3h' } });
  assert.equal(pages.length, 2);
  const [evening, night] = pages[0]!.items.filter(({ rows }) => rows[0] === pages[0]!.items[0]!.rows[0]);
  assert.deepEqual([evening?.day, evening?.continued, night?.day, night?.continued], [0, false, 1, true]);
  assert.ok(Math.abs(evening!.top - 22.5) < 0.01 && Math.abs(evening!.bottom - 24) < 0.01);
  assert.ok(night!.top === 0 && Math.abs(night!.bottom - 1.5) < 0.01);
});

test('runs that overlap stand beside each other, others below', () => {
  const lanes = (run: string): readonly number[] =>
    drawn({}, { default: { run } }).pages[0]!.items.map((item) => item.lanes);
  assert.deepEqual([...new Set(lanes('20m'))], [1]);
  assert.deepEqual([...new Set(lanes('90m'))], [2]);
});

test('too many for an hour are counted, and stand alone when that is magnified', () => {
  const schedule = '* * * * *';
  const [count, ...none] = drawn({ schedule }, {}).pages[0]!.items;
  assert.deepEqual([count?.kind, count?.rows.length, none.length], ['count', 59, 2]);
  assert.match(itemName(count!, at('2026-01-01T00:00:00Z'), 'UTC'), /00:01 UTC to 00:59: 59 slots, 59 complete/);
  assert.equal(drawn({ schedule }, {}, 1 / 60).pages[0]!.items.length, 168);
  // Two that follow each other closely would seem to overlap.
  const two = drawn({ schedule: '0,10 * * * *' }, {}).pages[0]!.items[1];
  assert.deepEqual([two?.kind, two?.rows.length], ['count', 2]);
  // So many at once that none could be seen.
  const many = drawn({}, { default: { run: '10h' } }).pages[0]!.items;
  assert.ok(many.every(({ kind }) => kind === 'count'));
});

test('slots without a Job say why, and a replaced Job is called so', () => {
  const scenario = { default: { run: '90m' } };
  const texts = (spec: Partial<CronJob['spec']>): string =>
    drawn(spec, scenario)
      .rows.map(({ tone, text }) => `${tone}: ${text}`)
      .join('\n');
  assert.match(texts({ concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 60 }), /skipped: skipped, the Job before/);
  assert.match(texts({ concurrencyPolicy: 'Replace' }), /gone: replaced after 1 h/);
  assert.doesNotMatch(texts({}), /replaced|skipped/);
});

test('weeks without anything are left out', () => {
  const { pages } = drawn({ schedule: '0 3 1 * *' }, {});
  assert.equal(pages.length, 12);
  assert.ok(pages.every(({ days, items }) => days.length <= 7 && items.length > 0));
});

test('arrow keys move through runs, days and pages', () => {
  const { pages, rows } = drawn({ schedule: '0 3,15 * * *' }, {});
  const step = (from: number | null, to: CalendarStep): number | null => stepInCalendar(pages, from, to);
  const [first, second, third] = rows.map(({ slot }) => slot);
  const last = rows.at(-1)!.slot;
  assert.equal(step(null, 'later'), first);
  assert.equal(step(first!, 'later'), second);
  assert.equal(step(first!, 'earlier'), first);
  assert.equal(step(first!, 'dayAfter'), third);
  assert.equal(step(third!, 'dayBefore'), first);
  assert.equal(step(second!, 'last'), last);
  assert.equal(step(last, 'dayAfter'), last);
  const nightly = drawn({ schedule: '0 3 * * *' }, {});
  const slots = nightly.rows.map(({ slot }) => slot);
  assert.equal(stepInCalendar(nightly.pages, slots[2]!, 'pageAfter'), slots[7]);
  assert.equal(stepInCalendar(nightly.pages, slots[6]!, 'dayAfter'), slots[7]);
  assert.deepEqual([pageOfSlot(nightly.pages, slots[8]!), pageOfSlot(nightly.pages, null)], [1, 0]);
});

test('keys of a run’s picture that mean nothing for a CronJob’s runs are left alone there', () => {
  const press = (key: string): string | undefined =>
    commandOfKey({ key, shiftKey: false, ctrlKey: false }, true, 'runs')?.label;
  assert.deepEqual([press(' '), press(']'), press('ArrowDown')], [undefined, undefined, undefined]);
  assert.deepEqual([press('ArrowRight'), press('+'), press('c')], ['Right', '+', 'C']);
  assert.equal(commandOfKey({ key: 'c', shiftKey: false, ctrlKey: false }, true)?.label, undefined);
  assert.ok(KEYS.every(({ says }) => says.job !== null || says.runs !== null) && KEYS_IN_CALENDAR.length > 0);
});

test('an hour of a day is an hour of its clock', () => {
  const [day] = calendarDays(at('2026-06-01T10:00:00Z'), at('2026-06-01T11:00:00Z'), 'Asia/Kolkata');
  assert.equal(placeInDay(day!, hourRows([day!]), 'Asia/Kolkata', day!.from + 5.25 * HOUR), 5.25);
});

test('the runs go out as a picture, as a trace and as Markdown', () => {
  const { cron, object } = drawn({ schedule: '0 3 * * *', timeZone: 'Asia/Tokyo' }, { default: { exitCode: 1 } });
  const markdown = CRON_EXPORTS.markdown({ ...cron, namespace: 'a|b <img>' }, object, 'UTC');
  assert.match(
    markdown,
    /^## CronJob a\\\|b \\<img\\>\/c \(simulated\)\n\nMakes 12 Jobs: 12 failed\.\n\n\| Scheduled \(Asia\/Tokyo\)/,
  );
  assert.equal(markdown.match(/^\| Thu 1 Jan, 03:00|^\| \w{3} \d+ Jan, 03:00 GMT\+9 \| c-\d+ \| failed/gm)?.length, 12);
  assert.match(CRON_EXPORTS.svg(cron, object, 'UTC'), /^<svg/);
  assert.equal((JSON.parse(CRON_EXPORTS.trace(cron, object, 'UTC')) as { jobs: unknown[] }).jobs.length, 12);
});

test('reasons that differ only in the Job and the slot that they name are told once, with their number', () => {
  const { cron } = drawn({ concurrencyPolicy: 'Forbid' }, { default: { run: '90m' } });
  const reasons = cronReasons(cron);
  assert.deepEqual(
    reasons.map(({ first }) => first.field),
    ['spec.concurrencyPolicy', 'spec.successfulJobsHistoryLimit'],
  );
  assert.ok(reasons.every(({ times }) => times > 50));
  assert.match(reasons[0]!.first.text, /^The slot .* waits: c-\d+ still runs/);
});
