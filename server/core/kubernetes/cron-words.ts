import { parseCron, type CronField } from './cron.ts';
import { sayDuration } from './duration-words.ts';

/** Cron schedules in plain language. */

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July'].concat([
  'August',
  'September',
  'October',
  'November',
  'December',
]);
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * A schedule in a sentence without its full stop: `At 03:30, Monday to Friday`, `Every 15 minutes`. Null for what it
 * cannot read.
 */
export function sayCron(text: string): string | null {
  const schedule = parseCron(text);
  if ('problem' in schedule) return null;
  if (schedule.kind === 'every')
    return `Every ${sayDuration(schedule.seconds)}, counted from the last run, not from the hour`;
  const time = sayTime(readField(schedule.minute, 0, 59), readField(schedule.hour, 0, 23));
  const day = sayDay(readField(schedule.dayOfMonth, 1, 31), readField(schedule.dayOfWeek, 0, 6));
  const month = sayMonth(schedule.month);
  const daily = day === '' && time.startsWith('at ') && !time.includes(' of every');
  const sentence = [daily ? `${time} every day` : time, day, month].filter((part) => part !== '').join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A field of a schedule, as far as words need it. */
interface Reading {
  /** All values, ascending. */
  readonly values: readonly number[];
  /** Written with a star that leaves it open. */
  readonly star: boolean;
  /** It names every value. */
  readonly all: boolean;
  /** Above 1: every so many from the least value on, to the end of the field. Otherwise 1. */
  readonly step: number;
}

function readField(field: CronField, least: number, most: number): Reading {
  const values = [...field.values].sort((a, b) => a - b);
  const [first = least, second = first] = values;
  const step = second - first;
  const even = step > 0 && values.every((value, at) => value === least + at * step);
  const toTheEnd = (values[values.length - 1] ?? most) + step > most;
  return { values, star: field.star, all: values.length === most - least + 1, step: even && toTheEnd ? step : 1 };
}

function sayMonth(field: CronField): string {
  const { values, all } = readField(field, 1, 12);
  if (all) return '';
  const months = sayNamed(values, MONTHS, 1);
  return months.includes(' to ') ? `from ${months}` : `in ${months}`;
}

const LISTED_TIMES = 6;

function sayTime(minute: Reading, hour: Reading): string {
  const { values: minutes } = minute;
  const { values: hours } = hour;
  const everyFewHours = minutes.length === 1 && minutes[0] === 0 && hour.step > 1 && 24 % hour.step === 0;
  if (everyFewHours) return `every ${hour.step} hours, on the hour`;
  if (!hour.all && minutes.length * hours.length <= LISTED_TIMES)
    return `at ${sayItems(hours.flatMap((h) => minutes.map((m) => clock(h, m))))}`;
  if (minute.all) return hour.all ? 'every minute' : `every minute ${sayHours(hour)}`;
  if (minute.step > 1 && 60 % minute.step === 0) {
    const phrase = `every ${minute.step} minutes`;
    return hour.all ? phrase : `${phrase} ${sayHours(hour)}`;
  }
  if (minutes.length === 1 && minutes[0] === 0) {
    if (hour.all) return 'every hour, on the hour';
    const [first, last] = [hours[0] ?? 0, hours[hours.length - 1] ?? 0];
    if (hours.length === last - first + 1) return `every hour from ${clock(first, 0)} to ${clock(last, 0)}`;
  }
  const at = `at ${minutes.length === 1 ? 'minute' : 'minutes'} ${sayNumbers(minutes)}`;
  return hour.all ? `${at} of every hour` : `${at} ${sayHours(hour)}`;
}

function sayHours(hour: Reading): string {
  const { values } = hour;
  const first = values[0] ?? 0;
  const last = values[values.length - 1] ?? 0;
  if (values.length === last - first + 1) return `from ${clock(first, 0)} to ${clock(last, 59)}`;
  if (hour.step > 1 && 24 % hour.step === 0) return `of every ${ordinal(hour.step)} hour (${sayNumbers(values)})`;
  return `of the hours ${sayNumbers(values)}`;
}

function sayDay(dayOfMonth: Reading, dayOfWeek: Reading): string {
  const date = sayDate(dayOfMonth);
  const weekday = dayOfWeek.star ? '' : sayNamed(dayOfWeek.values, DAYS, 0);
  if (dayOfMonth.star && dayOfWeek.star) return '';
  if (dayOfWeek.star) return date;
  if (dayOfMonth.star) return weekday.includes(' to ') ? weekday : `on ${weekday}`;
  return `${date}, and also on every ${weekday}`;
}

function sayDate(dayOfMonth: Reading): string {
  const { values, step } = dayOfMonth;
  if (step > 1 && values.length > 2) return `on every ${ordinal(step)} day of the month (${sayNumbers(values)})`;
  return `on ${values.length === 1 ? 'day' : 'days'} ${sayNumbers(values)} of the month`;
}

/** Names with runs of three and more as ranges: `Monday to Friday`, `January and July`. */
function sayNamed(values: readonly number[], names: readonly string[], first: number): string {
  return sayItems(
    runsOf(values)
      .map(([from, to]) => sayRun(from, to, (value) => names[value - first] ?? ''))
      .flat(),
  );
}

const LISTED_NUMBERS = 8;

function sayNumbers(values: readonly number[]): string {
  const items = runsOf(values).flatMap(([from, to]) => sayRun(from, to, String));
  if (items.length <= LISTED_NUMBERS) return sayItems(items);
  return `${items.slice(0, 3).join(', ')}, … ${items[items.length - 1] ?? ''}`;
}

function runsOf(values: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last[1] === value - 1) last[1] = value;
    else runs.push([value, value]);
  }
  return runs;
}

function sayRun(from: number, to: number, name: (value: number) => string): string[] {
  if (to - from >= 2) return [`${name(from)} to ${name(to)}`];
  return to === from ? [name(from)] : [name(from), name(to)];
}

function sayItems(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1] ?? ''}`;
}

function ordinal(value: number): string {
  const ending = value === 1 ? 'st' : value === 2 || value === 22 ? 'nd' : value === 3 || value === 23 ? 'rd' : 'th';
  return value === 21 || value === 31 ? `${value}st` : `${value}${ending}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
