import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { calendarPage } from '../../client/src/jobs-view/calendar-page.ts';
import { calendarOf, type CalendarInput, SLOTS } from '../../server/core/forecast/calendar.ts';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';

const now = Date.parse('2026-01-05T00:30:00Z');
const at = (text: string): number => Date.parse(`2026-01-${text}Z`) / 1000;

function cronJob(name: string, spec: CronJob['spec'], status: CronJob['status'] = {}): CronJob {
  return { metadata: { name, uid: `${name}-uid`, creationTimestamp: '2026-01-01T00:00:00Z' }, spec, status };
}
function ran(owner: string, begin: string, end: string): Job {
  return {
    metadata: { ownerReferences: [{ kind: 'CronJob', name: owner, uid: `${owner}-uid`, controller: true }] },
    status: { startTime: begin, completionTime: end },
  };
}
const template = (
  parallelism: number,
  completions = parallelism,
): { spec: { parallelism: number; completions: number } } => ({
  spec: { parallelism, completions },
});
const calendar = (cronJobs: readonly CronJob[], more: Partial<CalendarInput> = {}): ReturnType<typeof calendarOf> =>
  calendarOf({ cronJobs, jobs: [], now, ...more });

describe('the calendar of CronJobs', () => {
  test('next runs are counted in each one’s own zone, the next to run first', () => {
    const { entries } = calendar([
      cronJob('tokyo', { schedule: '0 9 * * *', timeZone: 'Asia/Tokyo' }),
      cronJob('nightly', { schedule: '0 2 * * *' }),
      cronJob('berlin', { schedule: '0 2 * * *', timeZone: 'Europe/Berlin' }),
      cronJob('asleep', { schedule: '* * * * *', suspend: true }),
      cronJob('wrong', { schedule: 'soon' }),
      cronJob('never', { schedule: '0 0 30 2 *' }),
      cronJob('monthly', { schedule: '0 0 1 * *' }),
    ]);
    assert.deepEqual(
      entries.map(({ name, next }) => [name, next]),
      [
        ['berlin', at('05T01:00:00')],
        ['nightly', at('05T02:00:00')],
        ['tokyo', at('06T00:00:00')],
        ['monthly', Date.parse('2026-02-01T00:00:00Z') / 1000],
        ['asleep', null],
        ['never', null],
        ['wrong', null],
      ],
    );
    assert.deepEqual(
      entries.map(({ runs }) => runs.length),
      [1, 1, 1, 0, 0, 0, 0],
    );
    assert.deepEqual(
      entries.filter(({ readable }) => !readable).map(({ name }) => name),
      ['wrong'],
    );
  });

  test('those that start within one minute are told, with their pods, and how often', () => {
    const { collisions } = calendar([
      cronJob('a', { schedule: '0 */6 * * *', jobTemplate: template(3) }),
      cronJob('b', { schedule: '0 6,18 * * *', jobTemplate: template(5, 2) }),
      cronJob('c', { schedule: '0 18 * * *', jobTemplate: template(1) }),
      cronJob('d', { schedule: '7 6 * * *', jobTemplate: template(9) }),
    ]);
    assert.deepEqual(collisions, [
      { names: ['a', 'b', 'c'], times: [at('05T18:00:00')], pods: 6 },
      { names: ['a', 'b'], times: [at('05T06:00:00')], pods: 5 },
    ]);
  });

  test('peak pods come from how long runs usually take', () => {
    const cronJobs = [
      cronJob('long', { schedule: '0 1 * * *', jobTemplate: template(4) }),
      cronJob('short', { schedule: '30 1 * * *', jobTemplate: template(2) }),
    ];
    assert.deepEqual(calendar(cronJobs).peak, { at: at('05T01:00:00'), pods: 4, names: ['long'] });
    const jobs = [
      ran('long', '2026-01-04T01:00:00Z', '2026-01-04T02:00:00Z'),
      ran('long', '2026-01-03T01:00:00Z', '2026-01-03T01:50:00Z'),
      ran('long', '2026-01-02T01:00:00Z', '2026-01-02T05:00:00Z'),
      ran('other', '2026-01-02T01:00:00Z', '2026-01-02T05:00:00Z'),
    ];
    const { peak, entries, load } = calendar(cronJobs, { jobs });
    assert.deepEqual(peak, { at: at('05T01:30:00'), pods: 6, names: ['long', 'short'] });
    assert.deepEqual(
      entries.map(({ usual }) => usual),
      [3600, null],
    );
    assert.equal(load.length, SLOTS);
    assert.deepEqual(load.slice(0, 8), [0, 0, 4, 4, 6, 4, 0, 0]);
  });

  test('concurrencyPolicy decides whether runs of one CronJob overlap', () => {
    const peak = (concurrencyPolicy: string): [number, number] => {
      const { peak: most, entries } = calendar(
        [cronJob('x', { schedule: '0 * * * *', concurrencyPolicy, jobTemplate: template(1) })],
        { jobs: [ran('x', '2026-01-04T00:00:00Z', '2026-01-04T02:30:00Z')] },
      );
      return [most?.pods ?? 0, entries[0]?.runs.length ?? 0];
    };
    assert.deepEqual(peak('Allow'), [3, 24]);
    assert.deepEqual(peak('Replace'), [1, 24]);
    assert.deepEqual(peak('Forbid'), [1, 8]);
  });

  test('an @every schedule counts from the last run', () => {
    const { entries } = calendar([
      cronJob('x', { schedule: '@every 4h' }, { lastScheduleTime: '2026-01-04T23:10:00Z' }),
    ]);
    assert.equal(entries[0]?.next, at('05T03:10:00'));
  });

  test('the age of the last success, and whether it is too old', () => {
    const late = (lastSuccessfulTime?: string): [number | null, boolean] => {
      const status = lastSuccessfulTime === undefined ? {} : { lastSuccessfulTime };
      const [entry] = calendar([cronJob('x', { schedule: '0 2 * * *' }, status)]).entries;
      return [entry?.lastSuccess ?? null, entry?.late ?? false];
    };
    assert.deepEqual(late(), [null, false]);
    assert.deepEqual(late('2026-01-04T02:00:30Z'), [22.5 * 3600 - 30, false]);
    assert.deepEqual(late('2026-01-01T02:00:30Z'), [94.5 * 3600 - 30, true]);
  });

  test('hundreds that run every minute are bounded, and it says so', () => {
    const cronJobs = Array.from({ length: 300 }, (_, place) => cronJob(`c-${place}`, { schedule: '* * * * *' }));
    const { cut, entries } = calendar(cronJobs);
    assert.equal(cut, true);
    assert.ok(entries.reduce((sum, { runs }) => sum + runs.length, 0) <= 40_000);
  });
});

describe('the page of the calendar', () => {
  const place = { context: 'prod', namespace: 'team', zone: 'Europe/Berlin', limit: '', language: 'en', nonce: 'abc' };

  test('says runs, peak and collisions, each on both clocks', () => {
    const page = calendarPage(
      calendar([
        cronJob(
          'nightly',
          { schedule: '0 2 * * *', jobTemplate: template(3) },
          { lastSuccessfulTime: '2026-01-01T02:00:00Z' },
        ),
        cronJob('backup', { schedule: '0 2 * * *', jobTemplate: template(2) }),
      ]),
      place,
    );
    for (const said of [
      '<h1>CronJobs of team on prod</h1>',
      '2 CronJobs. In the next 24 hours: 2 runs.',
      'At most 5 pods at once, Mon 2026-01-05 03:00 on your clock: backup, nightly.',
      'Mon 2026-01-05 02:00 UTC<small>Mon 2026-01-05 03:00 on your clock</small>',
      'At 02:00 every day',
      'class="late"',
      'backup, nightly</th><td>5</td><td>Mon 2026-01-05 03:00</td>',
    ])
      assert.ok(page.includes(said), said);
  });

  test('nothing from the cluster becomes markup, and nothing may run', () => {
    const page = calendarPage(
      calendar([cronJob('<script>alert(1)</script>', { schedule: '"><img src=x onerror=alert(1)>' })]),
      { ...place, namespace: '<b>' },
    );
    assert.doesNotMatch(page, /<script|<img|<b>/);
    assert.match(page, /default-src 'none'; style-src 'nonce-abc'/);
  });

  test('says what is missing', () => {
    assert.match(calendarPage(calendar([]), place), /There are no CronJobs in the namespace team\./);
    const limited = calendarPage(calendar([]), { ...place, limit: 'You may not list cronjobs.' });
    assert.match(limited, /You may not list cronjobs\./);
    assert.doesNotMatch(limited, /There are no CronJobs/);
  });
});
