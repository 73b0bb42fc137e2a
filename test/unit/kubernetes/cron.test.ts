import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nextRun } from '../../../server/core/kubernetes/cron-times.ts';
import { parseCron, scheduleProblem } from '../../../server/core/kubernetes/cron.ts';

const at = (time: string): number => Date.parse(time) / 1000;

function runs(schedule: string, after: string, zone: string, count: number): string[] {
  const cron = parseCron(schedule);
  assert.ok('kind' in cron, schedule);
  const times: string[] = [];
  let time = at(after);
  for (let left = count; left > 0; left--) {
    const next = nextRun(cron, time, zone);
    if (next === null) return [...times, 'never'];
    time = next;
    times.push(new Date(time * 1000).toISOString().slice(0, 16));
  }
  return times;
}

describe('cron schedules', () => {
  it('that the server takes', () => {
    for (const schedule of [
      '* * * * *',
      '0 0 30 2 *',
      '? ? ? ? ?',
      '*/7 1-5/2 1,15 JAN-mar sun',
      '@daily',
      '@every 90s',
      ', * * * *',
    ])
      assert.equal(scheduleProblem(schedule), null, schedule);
  });

  it('that it refuses, with its words', () => {
    const wrong: Readonly<Record<string, string>> = {
      '* * * *': 'expected exactly 5 fields, found 4: [* * * *]',
      '60 * * * *': 'end of range (60) above maximum (59): 60',
      '60/5 * * * *': 'beginning of range (60) beyond end of range (59): 60/5',
      '0 0 0 * *': 'beginning of range (0) below minimum (1): 0',
      '0 0 * * 7': 'end of range (7) above maximum (6): 7',
      '5-1 * * * *': 'beginning of range (5) beyond end of range (1): 5-1',
      '*/0 * * * *': 'step of range should be a positive number: */0',
      '0 0 L * *': 'failed to parse int from L: strconv.Atoi: parsing "L": invalid syntax',
      '-1 * * * *': 'failed to parse int from : strconv.Atoi: parsing "": invalid syntax',
      '*/-5 * * * *': 'negative number (-5) not allowed: -5',
      '1-2-3 * * * *': 'too many hyphens: 1-2-3',
      '1/2/3 * * * *': 'too many slashes: 1/2/3',
      '@reboot': 'unrecognized descriptor: @reboot',
      '@every 6h30mX': 'failed to parse duration @every 6h30mX: time: unknown unit "mX" in duration "6h30mX"',
      'TZ=Nowhere/City * * * * *': 'provided bad location Nowhere/City: unknown time zone Nowhere/City',
      'TZ=UTC': 'invalid schedule format: runtime error: slice bounds out of range [:-1]',
    };
    for (const [schedule, problem] of Object.entries(wrong)) assert.equal(scheduleProblem(schedule), problem, schedule);
  });

  it('run when they say', () => {
    assert.deepEqual(runs('*/20 9-10 * * 1-5', '2026-01-02T10:41:00Z', 'UTC', 2), [
      '2026-01-05T09:00',
      '2026-01-05T09:20',
    ]);
    assert.deepEqual(runs('0 0 29 2 *', '2026-01-01T00:00:00Z', 'UTC', 1), ['2028-02-29T00:00']);
    assert.deepEqual(runs('0 0 30 2 *', '2026-01-01T00:00:00Z', 'UTC', 1), ['never']);
    assert.deepEqual(runs('@every 1h30m', '2026-01-01T00:00:20Z', 'UTC', 2), ['2026-01-01T01:30', '2026-01-01T03:00']);
    // Both day fields restricted: either suffices.
    assert.deepEqual(runs('0 0 13 * 5', '2026-01-01T00:00:00Z', 'UTC', 3), [
      '2026-01-02T00:00',
      '2026-01-09T00:00',
      '2026-01-13T00:00',
    ]);
  });

  it('skip the hour that spring takes and repeat the one that autumn gives', () => {
    assert.deepEqual(runs('30 2 * * *', '2026-03-28T12:00:00Z', 'Europe/Berlin', 2), [
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
    assert.deepEqual(runs('30 2 * * *', '2026-10-24T12:00:00Z', 'Europe/Berlin', 3), [
      '2026-10-25T00:30',
      '2026-10-25T01:30',
      '2026-10-26T01:30',
    ]);
    assert.deepEqual(runs('0 0 * * *', '2018-11-03T12:00:00Z', 'America/Sao_Paulo', 1), ['2018-11-05T02:00']);
  });
});
