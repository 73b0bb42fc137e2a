import type { Fix } from '../manifest/edit.ts';
import { formatPath, type FieldPath } from '../manifest/path.ts';
import { quoteText } from '../kubernetes/text.ts';
import type { ApiCause, Finding } from './finding.ts';
import { choiceFixes } from './choice-fixes.ts';

/** A finding of the API's validation, before its place in the text is known. */
export interface ApiFinding extends Finding {
  /** Where to show it when the server's own path names no place of the manifest. */
  readonly shownAt?: FieldPath;
}

/** What may accompany a finding. */
export interface Extra {
  /** A function where finding them costs something: it is called only for what is reported. */
  readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
  readonly shownAt?: FieldPath;
}

/** Stands for a value that the server's message leaves out. */
export const OMITTED: unique symbol = Symbol('omitted');

/** How each cause begins its message, and the rule that it belongs to. */
const CAUSES: Readonly<Record<ApiCause, { readonly rule: string; readonly says: string }>> = {
  FieldValueRequired: { rule: 'api/required', says: 'Required value' },
  FieldValueInvalid: { rule: 'api/invalid', says: 'Invalid value' },
  FieldValueNotSupported: { rule: 'api/not-supported', says: 'Unsupported value' },
  FieldValueDuplicate: { rule: 'api/duplicate', says: 'Duplicate value' },
  FieldValueForbidden: { rule: 'api/forbidden', says: 'Forbidden' },
  FieldValueTooLong: { rule: 'api/too-long', says: 'Too long' },
  FieldValueTooMany: { rule: 'api/too-many', says: 'Too many' },
  FieldValueNotFound: { rule: 'api/not-found', says: 'Not found' },
  FieldValueTypeInvalid: { rule: 'api/type-invalid', says: 'Invalid value' },
};

/** More than this of one object help nobody; a hostile manifest must not fill the memory. */
const MOST_FINDINGS = 1000;
/** Longer values are cut in messages. */
const LONGEST_VALUE = 1000;

/**
 * Collects what the API server would complain about, in its types, paths and wording. A complaint that was made before
 * in the same words about the same field is not repeated.
 */
export class Report {
  readonly #findings: ApiFinding[] = [];
  readonly #said = new Set<string>();

  get findings(): readonly ApiFinding[] {
    return this.#findings;
  }

  required(path: FieldPath, detail = '', extra: Extra = {}): void {
    this.#add('FieldValueRequired', path, OMITTED, detail, extra);
  }

  invalid(path: FieldPath, value: unknown, detail: string, extra: Extra = {}): void {
    this.#add('FieldValueInvalid', path, value, detail, extra);
  }

  /** `choices` in the order in which the server lists them; near misses get a fix. */
  notSupported(path: FieldPath, value: unknown, choices: readonly string[], extra: Extra = {}): void {
    const detail = choices.length === 0 ? '' : `supported values: ${choices.map(quoteText).join(', ')}`;
    this.#add('FieldValueNotSupported', path, value, detail, {
      fixes: () => choiceFixes(path, value, choices),
      ...extra,
    });
  }

  duplicate(path: FieldPath, value: unknown, extra: Extra = {}): void {
    this.#add('FieldValueDuplicate', path, value, '', extra);
  }

  /** Unless told otherwise, the way out is to take the field away. */
  forbidden(path: FieldPath, detail: string, extra: Extra = {}): void {
    this.#add('FieldValueForbidden', path, OMITTED, detail, { fixes: removal(extra.shownAt ?? path), ...extra });
  }

  tooLong(path: FieldPath, longest: number, unit: 'bytes' | 'characters' = 'bytes'): void {
    this.#add('FieldValueTooLong', path, OMITTED, `may not be more than ${longest} ${unit}`, {});
  }

  tooMany(path: FieldPath, count: number, most: number): void {
    this.#add('FieldValueTooMany', path, count, `must have at most ${most} ${most === 1 ? 'item' : 'items'}`, {});
  }

  notFound(path: FieldPath, value: unknown, detail = '', extra: Extra = {}): void {
    this.#add('FieldValueNotFound', path, value, detail, extra);
  }

  /** One Invalid for each complaint of a name grammar (names.ts). */
  names(path: FieldPath, value: string, problems: readonly string[], extra: Extra = {}): void {
    for (const problem of problems) this.invalid(path, value, problem, extra);
  }

  nonNegative(path: FieldPath, value: number | bigint | undefined): void {
    if (value !== undefined && value < 0) this.invalid(path, value, 'must be greater than or equal to 0');
  }

  /** A `Warning:` header of the server's answer. */
  warn(path: FieldPath, message: string, fixes: readonly Fix[] = []): void {
    const finding: ApiFinding = { rule: 'api/warning', type: 'Warning', severity: 'warning', path, message };
    this.#push(fixes.length === 0 ? finding : { ...finding, fixes });
  }

  /** True when nothing more is taken in, so that looking on is in vain. */
  get full(): boolean {
    return this.#findings.length >= MOST_FINDINGS;
  }

  /** Adds what another report holds. */
  take(other: Report): void {
    for (const finding of other.findings) this.#push(finding);
  }

  #add(type: ApiCause, path: FieldPath, value: unknown, detail: string, extra: Extra): void {
    if (this.full) return;
    const { rule, says } = CAUSES[type];
    const shown = value === OMITTED ? '' : `: ${printValue(value)}`;
    const message = `${says}${shown}${detail === '' ? '' : `: ${detail}`}`;
    const fixes = typeof extra.fixes === 'function' ? extra.fixes() : extra.fixes;
    const finding: ApiFinding = { rule, type, severity: 'error', path, message };
    this.#push({
      ...finding,
      ...(extra.shownAt === undefined ? {} : { shownAt: extra.shownAt }),
      ...(fixes === undefined || fixes.length === 0 ? {} : { fixes }),
    });
  }

  #push(finding: ApiFinding): void {
    const key = `${finding.type} ${formatPath(finding.path)} ${finding.message}`;
    if (this.full || this.#said.has(key)) return;
    this.#said.add(key);
    this.#findings.push(finding);
  }
}

function removal(path: FieldPath): readonly Fix[] {
  const field = path.at(-1);
  return typeof field === 'string' ? [{ title: `Remove ${field}`, edits: [{ kind: 'remove', path }] }] : [];
}

/** A value as the server's messages print it. */
function printValue(value: unknown): string {
  if (typeof value === 'string') return cut(quoteText(cut(value)));
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value === undefined || value === null) return 'null';
  return cut(
    JSON.stringify(firstOf(value), (_key, each: unknown) => {
      if (typeof each === 'bigint') return Number(each);
      return isTextMap(each) ? sorted(each) : each;
    }),
  );
}

/** Labels and the like; the server prints them by key. */
function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => typeof each === 'string');
}

function sorted(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As much of a list or map as a message can show. */
function firstOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LONGEST_VALUE);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).slice(0, LONGEST_VALUE));
}

function cut(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
