import { readDuration } from './duration.ts';
import { readPositionRanges, type PositionRange } from './position-ranges.ts';
import type { ScenarioProblem, Seconds } from './scenario-model.ts';

/** Reads one value of a scenario; what is wrong goes to `problems`, and the value is then undefined. */
export type FieldReader<T> = (value: unknown, path: string, problems: ScenarioProblem[]) => T | undefined;

/** Reads a map by a table of fields; unknown fields are problems, with the nearest known name. */
export type FieldTable = Readonly<Record<string, FieldReader<unknown>>>;

/** A value as a person would recognise it, cut short. */
export function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? `"${value}"` : typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** True for a map as YAML and JSON readers make it. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The path of a field inside a map. */
export function fieldPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function reader<T>(read: (value: unknown) => T | null | undefined, wanted: string): FieldReader<T> {
  return (value, path, problems) => {
    const result = read(value);
    if (result !== null && result !== undefined) return result;
    problems.push({ path, message: `${path} is ${shown(value)}; it must be ${wanted}.` });
    return undefined;
  };
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export const readBoolean = reader((value) => (typeof value === 'boolean' ? value : null), 'true or false');
export const readText = reader((value) => (typeof value === 'string' && value !== '' ? value : null), 'text');

/** A whole number within limits. */
export function wholeNumber(least: number, most = 2_147_483_647): FieldReader<number> {
  const limits = most === 2_147_483_647 ? `of ${least} or more` : `from ${least} to ${most}`;
  return reader((value) => {
    const number = asNumber(value);
    return number !== null && Number.isInteger(number) && number >= least && number <= most ? number : null;
  }, `a whole number ${limits}`);
}

/** One of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): FieldReader<T> {
  return reader((value) => words.find((word) => word === value), words.map((word) => `"${word}"`).join(' or '));
}

/** A number from 0 to 1. */
export const readProbability = reader((value) => {
  const number = asNumber(value);
  return number !== null && number >= 0 && number <= 1 ? number : null;
}, 'a probability from 0 to 1');

/** A moment: seconds or a duration, not negative. */
export const readMoment = reader((value) => {
  const seconds = readDuration(value);
  return seconds !== null && seconds >= 0 ? seconds : null;
}, 'a number of seconds or a duration such as 90s or 1h30m, and not negative');

/** The ranges of a match. */
export const readPositions: FieldReader<readonly PositionRange[]> = reader(
  readPositionRanges,
  'a position such as 3, a list such as "0,3-5", or an open range such as "7-"',
);

/** RFC 3339. */
export const readTimestamp = reader((value) => {
  if (
    typeof value !== 'string' ||
    !/^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})$/.test(value)
  )
    return null;
  return Number.isNaN(Date.parse(value)) ? null : value;
}, 'a date and time such as 2026-01-01T00:00:20Z');

/** Any map, kept as it is. */
export const readRaw = reader((value) => (isMap(value) ? value : null), 'a map');

/** Seconds, fixed or drawn: a duration, `{p50, p95}` or `{min, max}`. Negative (never) only where allowed. */
export function readSeconds(allowNever: boolean): FieldReader<Seconds> {
  return (value, path, problems) => {
    if (isMap(value)) return readDistribution(value, path, problems);
    const seconds = readDuration(value);
    if (seconds !== null && (seconds >= 0 || allowNever)) return seconds;
    const never = allowNever ? ' (negative: never ends)' : ', and not negative';
    problems.push({
      path,
      message: `${path} is ${shown(value)}; it must be a number of seconds or a duration such as 90s or 1h30m${never}.`,
    });
    return undefined;
  };
}

function readDistribution(
  value: Readonly<Record<string, unknown>>,
  path: string,
  problems: ScenarioProblem[],
): Seconds | undefined {
  const names = Object.keys(value).sort().join(',');
  if (names !== 'p50,p95' && names !== 'max,min') {
    problems.push({ path, message: `${path} must be a duration, {p50, p95} or {min, max}.` });
    return undefined;
  }
  const [low, high] = names === 'max,min' ? (['min', 'max'] as const) : (['p50', 'p95'] as const);
  const from = readMoment(value[low], fieldPath(path, low), problems);
  const to = readMoment(value[high], fieldPath(path, high), problems);
  if (from === undefined || to === undefined) return undefined;
  if (to < from) {
    problems.push({ path, message: `${path}: ${high} (${to} s) is less than ${low} (${from} s).` });
    return undefined;
  }
  return low === 'min' ? { min: from, max: to } : { p50: from, p95: to };
}

/** Reads a map's fields by a table. Fields that are null count as absent. */
export function readFields(
  value: unknown,
  table: FieldTable,
  path: string,
  problems: ScenarioProblem[],
): Readonly<Record<string, unknown>> {
  if (!isMap(value)) {
    problems.push({ path, message: `${path === '' ? 'The scenario' : path} is ${shown(value)}; it must be a map.` });
    return {};
  }
  const fields: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    const read = Object.hasOwn(table, name) ? table[name] : undefined;
    if (read === undefined)
      problems.push({ path: fieldPath(path, name), message: unknownField(path, name, Object.keys(table)) });
    else if (each !== null && each !== undefined) {
      const result = read(each, fieldPath(path, name), problems);
      if (result !== undefined) fields[name] = result;
    }
  }
  return fields;
}

function unknownField(path: string, name: string, known: readonly string[]): string {
  const near = known.find((each) => each.toLowerCase() === name.toLowerCase() || distance(each, name) <= 2);
  const where = path === '' ? 'A scenario' : path;
  return `${where} has no field "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}

/** How many letters must be added, removed or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
