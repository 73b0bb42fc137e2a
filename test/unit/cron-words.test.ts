import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sayCron } from '../../server/core/kubernetes/cron-words.ts';

const WORDS: Readonly<Record<string, string | null>> = {
  '* * * * *': 'Every minute',
  '*/15 * * * *': 'Every 15 minutes',
  '0/20 * * * *': 'Every 20 minutes',
  '*/7 * * * *': 'At minutes 0, 7, 14, … 56 of every hour',
  '0 * * * *': 'Every hour, on the hour',
  '5 * * * *': 'At minute 5 of every hour',
  '30 3 * * *': 'At 03:30 every day',
  '30 3 * * 1-5': 'At 03:30, Monday to Friday',
  '0 22 * 6-8 SUN': 'At 22:00, on Sunday, from June to August',
  '0 */6 * * *': 'Every 6 hours, on the hour',
  '30 */12 * * *': 'At 00:30 and 12:30 every day',
  '0 9-17 * * MON-FRI': 'Every hour from 09:00 to 17:00, Monday to Friday',
  '*/10 8-18 * * *': 'Every 10 minutes from 08:00 to 18:59',
  '0 0 1,15 * *': 'At 00:00, on days 1 and 15 of the month',
  '0 0 */2 * *': 'At 00:00, on every 2nd day of the month (1, 3, 5, … 31)',
  '0 0 13 * 5': 'At 00:00, on day 13 of the month, and also on every Friday',
  '@daily': 'At 00:00 every day',
  '@every 90m': 'Every 1 h 30 min, counted from the last run, not from the hour',
  '0 0 * * 7': null,
  nonsense: null,
};

for (const [schedule, words] of Object.entries(WORDS))
  it(`says ${schedule}`, () => {
    assert.equal(sayCron(schedule), words);
  });
