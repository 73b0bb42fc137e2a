import { parseEvery } from './cron-every.ts';
import { quoteText } from './text.ts';
import { isTimeZone } from './time-zone.ts';

/**
 * Cron schedules as the API server and the CronJob controller read them (the grammar of robfig/cron v3, five fields and
 * descriptors). When they run: cron-times.ts.
 */
export type CronSchedule = FieldSchedule | EverySchedule;

export interface FieldSchedule {
  readonly kind: 'fields';
  readonly minute: CronField;
  readonly hour: CronField;
  readonly dayOfMonth: CronField;
  readonly month: CronField;
  /** 0 is Sunday; 7 is not known. */
  readonly dayOfWeek: CronField;
  /** A zone written into the schedule (`CRON_TZ=…`), which the API server refuses today. */
  readonly zone?: string;
}

export interface EverySchedule {
  readonly kind: 'every';
  /** Whole seconds, at least 1. */
  readonly seconds: number;
}

export interface CronField {
  readonly values: ReadonlySet<number>;
  /** Written with `*` or `?` and no step above 1. Both day fields restricted means either of them suffices. */
  readonly star: boolean;
}

/** Why a text is no schedule, in the parser's words. */
export interface CronProblem {
  readonly problem: string;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const BOUNDS: readonly Bounds[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { least: 0, most: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** What Go takes for white space between fields. */
const SPACES = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** Reads a schedule. */
export function parseCron(text: string): CronSchedule | CronProblem {
  if (text === '') return { problem: 'empty spec string' };
  const match = /^(?:CRON_)?TZ=/.exec(text);
  if (match === null) return parseFields(text);
  const space = text.indexOf(' ');
  if (space < 0) return { problem: 'invalid schedule format: runtime error: slice bounds out of range [:-1]' };
  const zone = text.slice(match[0].length, space);
  if (zone !== '' && !isTimeZone(zone)) return { problem: `provided bad location ${zone}: unknown time zone ${zone}` };
  const schedule = parseFields(text.slice(space).trim());
  return 'kind' in schedule && schedule.kind === 'fields'
    ? { ...schedule, zone: zone === '' ? 'UTC' : zone }
    : schedule;
}

/** Null when the text is a schedule, otherwise why not. */
export function scheduleProblem(text: string): string | null {
  const schedule = parseCron(text);
  return 'problem' in schedule ? schedule.problem : null;
}

function parseFields(text: string): CronSchedule | CronProblem {
  if (text.startsWith('@')) {
    const fields = Object.hasOwn(DESCRIPTORS, text) ? DESCRIPTORS[text] : undefined;
    if (fields !== undefined) return parseFields(fields);
    if (text.startsWith('@every ')) return parseEvery(text);
    return { problem: `unrecognized descriptor: ${text}` };
  }
  const parts = text.split(SPACES).filter((part) => part !== '');
  if (parts.length !== BOUNDS.length)
    return { problem: `expected exactly ${BOUNDS.length} fields, found ${parts.length}: [${parts.join(' ')}]` };
  const fields: CronField[] = [];
  for (const [at, part] of parts.entries()) {
    const field = parseField(part, BOUNDS[at]!);
    if ('problem' in field) return field;
    fields.push(field);
  }
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [
    CronField,
    CronField,
    CronField,
    CronField,
    CronField,
  ];
  return { kind: 'fields', minute, hour, dayOfMonth, month, dayOfWeek };
}

function parseField(text: string, bounds: Bounds): CronField | CronProblem {
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(',')) {
    if (part === '') continue;
    const range = parseRange(part, bounds);
    if ('problem' in range) return range;
    for (let value = range.first; value <= range.last; value += range.step) values.add(value);
    star ||= range.star;
  }
  return { values, star };
}

interface Range {
  readonly first: number;
  readonly last: number;
  readonly step: number;
  readonly star: boolean;
}

function parseRange(text: string, { least, most, names }: Bounds): Range | CronProblem {
  const [range, ...steps] = text.split('/') as [string, ...string[]];
  const limits = range.split('-') as [string, ...string[]];
  const open = limits[0] === '*' || limits[0] === '?';
  let first = least;
  let last = most;
  if (!open) {
    const read = limits.slice(0, 2).map((limit) => parseNumber(limit, names));
    const failed = read.find((value) => typeof value !== 'number');
    if (typeof read[0] !== 'number') return read[0]!;
    if (limits.length > 2) return { problem: `too many hyphens: ${text}` };
    if (failed !== undefined) return failed;
    first = read[0];
    last = (read[1] as number | undefined) ?? first;
  }
  if (steps.length > 1) return { problem: `too many slashes: ${text}` };
  let step = 1;
  if (steps.length === 1) {
    const read = parseNumber(steps[0]!);
    if (typeof read !== 'number') return read;
    step = read;
    // `N/step` runs from N to the end of the field.
    if (limits.length === 1) last = most;
  }
  if (first < least) return { problem: `beginning of range (${first}) below minimum (${least}): ${text}` };
  if (last > most) return { problem: `end of range (${last}) above maximum (${most}): ${text}` };
  if (first > last) return { problem: `beginning of range (${first}) beyond end of range (${last}): ${text}` };
  if (step === 0) return { problem: `step of range should be a positive number: ${text}` };
  return { first, last, step, star: open && step === 1 };
}

function parseNumber(text: string, names: readonly string[] = []): number | CronProblem {
  const named = names.indexOf(text.toLowerCase());
  // Months count from 1, days of the week from 0.
  if (named >= 0) return names.length === 12 ? named + 1 : named;
  const fails = (why: string): CronProblem => ({
    problem: `failed to parse int from ${text}: strconv.Atoi: parsing ${quoteText(text)}: ${why}`,
  });
  if (!/^[+-]?[0-9]+$/.test(text)) return fails('invalid syntax');
  const value = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(64, value) !== value) return fails('value out of range');
  if (value < 0n) return { problem: `negative number (${value}) not allowed: ${text}` };
  return Number(value);
}
