import type { ScalarValue } from '../../core/manifest/tree.ts';

/** What a scalar means to the API server, and why it has no meaning when it has none. */
export interface Resolved {
  readonly value: ScalarValue;
  /** The value cannot be sent as JSON, or contradicts its tag; in one sentence. */
  readonly unreadable?: string;
}

type Kind = 'null' | 'bool' | 'int' | 'float' | 'str' | 'timestamp';
interface Meaning extends Resolved {
  readonly kind: Kind;
}

const words = new Map<string, Meaning>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
  words.set(word, { kind: 'bool', value: true });
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
  words.set(word, { kind: 'bool', value: false });
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, { kind: 'null', value: null });
for (const [word, name] of [
  ['.nan', 'not a number'],
  ['.inf', 'infinity'],
] as const) {
  const forms = word === '.nan' ? ['.nan', '.NaN', '.NAN'] : ['.inf', '.Inf', '.INF'];
  for (const form of forms)
    for (const sign of word === '.nan' ? [''] : ['', '+', '-'])
      words.set(sign + form, {
        kind: 'float',
        value: sign + form,
        unreadable: `${sign}${form} (${name}) has no form in JSON, so the API server cannot read it`,
      });
}

/** Characters that a value other than a string can begin with; everything else is a string at once. */
const hint = /^[-+0-9yYnNtTfFoO~.]/;
const floatSyntax = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const dottedFloat = /^\.[0-9]+(_?[0-9])*([eE][-+]?[0-9]+(_?[0-9])*)?$/;

/**
 * Resolves a plain scalar without a tag as the API server's YAML reader does: YAML 1.1 booleans, integers in Go's
 * notations (`0777` and `0o17` octal, `0x`, `0b`, underscores anywhere), floats; dates and base 60 stay strings.
 */
export function resolvePlain(text: string): Resolved {
  return meaningOf(text);
}

function meaningOf(text: string): Meaning {
  if (text === '') return words.get('')!;
  if (!hint.test(text)) return { kind: 'str', value: text };
  const word = words.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  if (first === 46) {
    // A leading point: only a decimal float.
    if (dottedFloat.test(text)) return floatOf(text.replaceAll('_', '')) ?? { kind: 'str', value: text };
    return { kind: 'str', value: text };
  }
  if (!((first >= 48 && first <= 57) || first === 43 || first === 45)) return { kind: 'str', value: text };
  if (isTimestamp(text)) return { kind: 'timestamp', value: text };
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  return integerOf(digits) ?? (floatSyntax.test(digits) ? floatOf(digits) : undefined) ?? { kind: 'str', value: text };
}

const bases: readonly (readonly [RegExp, number])[] = [
  [/^[-+]?(0|[1-9][0-9]*)$/, 10],
  [/^[-+]?0[oO]?[0-7]+$/, 8],
  [/^[-+]?0[xX][0-9a-fA-F]+$/, 16],
  [/^[-+]?0[bB][01]+$/, 2],
];
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

function integerOf(text: string): Meaning | undefined {
  if (!/^[-+]?[0-9]/.test(text)) return undefined;
  for (const [syntax, base] of bases) {
    if (!syntax.test(text)) continue;
    const negative = text.startsWith('-');
    const signed = negative || text.startsWith('+');
    let body = signed ? text.slice(1) : text;
    if (base === 10 && body.length < 16) return { kind: 'int', value: negative ? 0 - Number(body) : Number(body) };
    // Longer ones than 64 bits are no integers; do not convert what cannot fit.
    if (base === 8) body = body.replace(/^0[oO]?/, '');
    else if (base !== 10) body = body.slice(2);
    body = body.replace(/^0+(?=.)/, '');
    if (body.length > 64) return undefined;
    const prefix = base === 8 ? '0o' : base === 16 ? '0x' : base === 2 ? '0b' : '';
    const magnitude = BigInt(prefix + body);
    const value = negative ? -magnitude : magnitude;
    // A sign makes it a signed number; without one, unsigned 64 bits fit too.
    if (value < INT64_MIN || value > (signed ? 2n ** 63n - 1n : UINT64_MAX)) return undefined;
    const number = Number(value);
    return { kind: 'int', value: Number.isSafeInteger(number) ? number : value };
  }
  return undefined;
}

function floatOf(text: string): Meaning | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

const stamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d)))|(?: (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?))?$/;

/** Only matters where a text would be a number otherwise, which dates never are; and for the tag `!!timestamp`. */
function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 45) return false;
  const match = stamp.exec(text);
  if (match === null) return false;
  const month = Number(match[2]);
  const day = Number(match[3]);
  const days = [31, isLeap(Number(match[1])) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const LONG_TAG = 'tag:yaml.org,2002:';

/** `!<tag:yaml.org,2002:int>` and `!!int` are the same tag; `!` alone is none. */
export function shortTag(tag: string): string | undefined {
  let name = tag.startsWith('!<') && tag.endsWith('>') ? tag.slice(2, -1) : tag;
  if (name.startsWith(LONG_TAG)) name = `!!${name.slice(LONG_TAG.length)}`;
  if (name.includes('%')) {
    try {
      name = decodeURIComponent(name);
    } catch {
      // A broken escape stays as written: an unknown tag like any other.
    }
  }
  return name === '!' ? undefined : name;
}

/**
 * Resolves a scalar that carries a tag. The server honours the tags of YAML's core types, refuses a value that
 * contradicts its tag, and reads a scalar with any other tag as a string.
 */
export function resolveTagged(tag: string, text: string): Resolved {
  switch (tag) {
    case '!!str':
      return { value: text };
    case '!!binary':
      return binaryOf(text);
    case '!!null':
    case '!!bool':
    case '!!int':
    case '!!float':
    case '!!timestamp':
      break;
    default:
      return { value: text };
  }
  const wanted = tag.slice(2);
  const found = meaningOf(text);
  // Only untagged text and !!timestamp are tried as a date, and no date is a number too.
  const kind = found.kind === 'timestamp' && wanted !== 'timestamp' ? 'str' : found.kind;
  if (kind === wanted || (wanted === 'float' && kind === 'int')) return found;
  return { value: text, unreadable: `cannot decode !!${kind} \`${text}\` as a ${tag}` };
}

function binaryOf(text: string): Resolved {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    return { value: text, unreadable: '!!binary value contains invalid base64 data' };
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  return { value: new TextDecoder().decode(bytes) };
}

/**
 * The name that a resolved scalar has as a key of a JSON object: numbers and booleans as the server writes them, or
 * null when a key of that value is refused.
 */
export function keyName(value: ScalarValue): string | null {
  if (value === null) return null;
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? integerKey(value)
      : String(Math.fround(value) === value ? value : shortFloat(value));
  return String(value);
}

function integerKey(value: number): string {
  return Object.is(value, -0) ? '0' : Math.abs(value) < 1e21 ? value.toFixed(0) : String(value);
}

/** A float key is written with the digits of a 32-bit float. */
function shortFloat(value: number): string {
  const rounded = Math.fround(value);
  for (let digits = 1; digits <= 9; digits++) {
    const text = rounded.toPrecision(digits);
    if (Math.fround(Number(text)) === rounded) return String(Number(text));
  }
  return String(rounded);
}
