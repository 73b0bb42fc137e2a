import type { CronProblem, EverySchedule } from './cron.ts';

/** Nanoseconds of each unit that Go's durations know. */
const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const MOST = 2n ** 63n - 1n;
const SECOND = 1_000_000_000n;

/** Reads `@every 1h30m`: whole seconds, never under one. */
export function parseEvery(descriptor: string): EverySchedule | CronProblem {
  const text = descriptor.slice('@every '.length);
  const nanoseconds = parseDuration(text);
  if (typeof nanoseconds === 'string')
    return { problem: `failed to parse duration ${descriptor}: time: ${nanoseconds} "${text}"` };
  return { kind: 'every', seconds: Number((nanoseconds < SECOND ? SECOND : nanoseconds) / SECOND) };
}

/** Nanoseconds, or what is wrong in the words of Go's parser. */
function parseDuration(text: string): bigint | string {
  const negative = text.startsWith('-');
  let rest = text.replace(/^[-+]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return 'invalid duration';
  let total = 0n;
  while (rest !== '') {
    const match = /^([0-9]*)(?:\.([0-9]*))?([^.0-9]*)/.exec(rest)!;
    const [all, whole = '', fraction = '', unit = ''] = match;
    if (whole === '' && fraction === '') return 'invalid duration';
    if (unit === '') return 'missing unit in duration';
    const size = Object.hasOwn(UNITS, unit) ? UNITS[unit]! : null;
    if (size === null) return `unknown unit "${unit}" in duration`;
    total += BigInt(whole === '' ? '0' : whole) * size;
    // More digits than this are finer than a nanosecond of an hour.
    const digits = fraction.slice(0, 18);
    if (digits !== '') total += (BigInt(digits) * size) / 10n ** BigInt(digits.length);
    if (total > MOST + (negative ? 1n : 0n)) return 'invalid duration';
    rest = rest.slice(all.length);
  }
  return negative ? -total : total;
}
