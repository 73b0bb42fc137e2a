/**
 * Quantities of resources (`500m`, `1.5Gi`, `12e6`) as the API server reads, rounds, compares and writes them.
 *
 * The value is `unscaled * 10^exponent`. It is exact down to a billionth; smaller parts round away from zero.
 */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  readonly format: QuantityFormat;
  /** The text as given, when the server keeps it because it is canonical already. */
  readonly text?: string;
  /** True where the server does not keep the value in 64 bits; conversions to integers overflow otherwise then. */
  readonly wide?: boolean;
}

export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** Why a text is no quantity, in the server's words. */
export interface QuantityProblem {
  readonly problem: string;
}

const DECIMAL_SUFFIXES: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
/** Powers of two. */
const BINARY_SUFFIXES: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

const WRONG_FORMAT: QuantityProblem = {
  problem: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
};
const WRONG_NUMBER: QuantityProblem = { problem: 'unable to parse numeric part of quantity' };
const WRONG_SUFFIX: QuantityProblem = { problem: "unable to parse quantity's suffix" };

const MAX_INT64 = 2n ** 63n - 1n;
/** The finest step: a billionth. */
const NANO = -9;
/** The server takes its fast, unbounded path for numbers of up to this many digits. */
const FAST_DIGITS = 18;

/**
 * Reads a quantity from a manifest's string or number. White space around a string is ignored.
 *
 * Binary quantities stop at 2^63-1; decimal ones have no upper bound.
 */
export function parseQuantity(source: string | number | bigint): Quantity | QuantityProblem {
  const text = String(source).trim();
  if (text === '') return WRONG_FORMAT;
  // The server's scanner skips sign and leading zeros first, so that a lone sign is zero.
  const match = /^([+-]?)(0*)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (match === null) return WRONG_FORMAT;
  const negative = match[1] === '-';
  const whole = match[3]! === '' ? '0' : match[3]!;
  const fraction = match[4] ?? '';
  const suffix = readSuffix(match[5]!);
  if (suffix === null) return WRONG_SUFFIX;

  const fast = readFast(text, negative, whole, fraction, suffix);
  if (fast !== null) return fast;
  // The exact path reads the number with its sign, so it needs a digit somewhere.
  if (match[2]! + match[3]! + fraction === '') return WRONG_NUMBER;
  return readExact(negative, whole + fraction, fraction.length, suffix);
}

/** True when reading went well. */
export function isQuantity(value: Quantity | QuantityProblem): value is Quantity {
  return 'unscaled' in value;
}

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: QuantityFormat;
}

function readSuffix(suffix: string): Suffix | null {
  const decimal = DECIMAL_SUFFIXES[suffix];
  if (decimal !== undefined) return { base: 10, exponent: decimal, format: 'DecimalSI' };
  const binary = BINARY_SUFFIXES[suffix];
  if (binary !== undefined) return { base: 2, exponent: binary, format: 'BinarySI' };
  const match = /^[eE]([+-]?[0-9]+)$/.exec(suffix);
  if (match === null) return null;
  const exponent = BigInt(match[1]!.replace('+', ''));
  if (BigInt.asIntN(64, exponent) !== exponent) return null;
  return { base: 10, exponent: Number(BigInt.asIntN(32, exponent)), format: 'DecimalExponent' };
}

/** Numbers that the server keeps as one 64-bit integer with a scale; null when this one is not such. */
function readFast(text: string, negative: boolean, whole: string, fraction: string, suffix: Suffix): Quantity | null {
  const { base, exponent, format } = suffix;
  if (base === 2 && fraction !== '') return null;
  const spare =
    base === 10 ? FAST_DIGITS - whole.length - fraction.length : 14 - whole.length - Math.trunc((exponent * 3) / 10);
  const scale = (base === 10 ? exponent : 0) - fraction.length;
  if (spare < 0 || scale < NANO) return null;
  const digits = whole + fraction;
  const value = BigInt(digits);
  const unscaled = base === 10 ? value : value << BigInt(exponent);
  if (unscaled > MAX_INT64) return null;
  const canonical =
    base === 2 ? value % 8n !== 0n : scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
  const quantity = { unscaled: negative ? -unscaled : unscaled, exponent: scale, format };
  return canonical ? { ...quantity, text } : quantity;
}

function readExact(negative: boolean, digits: string, fractionDigits: number, suffix: Suffix): Quantity {
  let unscaled = BigInt(digits);
  let exponent = -fractionDigits;
  let format = suffix.format;
  if (suffix.base === 10) exponent += suffix.exponent;
  else unscaled <<= BigInt(suffix.exponent);
  if (exponent < NANO) {
    unscaled = divideUp(unscaled, NANO - exponent);
    exponent = NANO;
  }
  const magnitude: Quantity = { unscaled, exponent, format };
  if (format === 'BinarySI') {
    if (compareQuantities(magnitude, integerQuantity(MAX_INT64)) > 0) {
      unscaled = MAX_INT64;
      exponent = 0;
    }
    if (unscaled !== 0n && compareQuantities(magnitude, integerQuantity(1n)) < 0) format = 'DecimalSI';
  }
  return { unscaled: negative ? -unscaled : unscaled, exponent, format, wide: true };
}

/** A whole number as a quantity. */
export function integerQuantity(value: bigint | number): Quantity {
  return { unscaled: BigInt(value), exponent: 0, format: 'DecimalSI' };
}

/** Divides by 10^places, rounding away from zero; cheap also for absurd numbers of places. */
function divideUp(value: bigint, places: number): bigint {
  if (value === 0n || places <= 0) return value;
  const sign = value < 0n ? -1n : 1n;
  if (places > digitsOf(value)) return sign;
  const divisor = 10n ** BigInt(places);
  return value % divisor === 0n ? value / divisor : value / divisor + sign;
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length;
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const signs = quantitySign(a) - quantitySign(b);
  if (signs !== 0 || a.unscaled === 0n) return signs;
  // Decide by magnitude first, so that 1e1000000000 needs no billion digits.
  const reach = digitsOf(a.unscaled) + a.exponent - digitsOf(b.unscaled) - b.exponent;
  if (reach !== 0) return reach * quantitySign(a);
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.unscaled * 10n ** BigInt(shift) : a.unscaled;
  const right = shift < 0 ? b.unscaled * 10n ** BigInt(-shift) : b.unscaled;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** -1, 0 or 1. */
export function quantitySign(quantity: Quantity): number {
  return quantity.unscaled < 0n ? -1 : quantity.unscaled > 0n ? 1 : 0;
}

/** The sum, in the format of `a` (of `b` when `a` is zero). */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  if (b.unscaled === 0n) return a;
  if (a.unscaled === 0n) return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const scaled = (quantity: Quantity): bigint => quantity.unscaled * 10n ** BigInt(quantity.exponent - exponent);
  return { unscaled: scaled(a) + scaled(b), exponent, format: a.format };
}

/** Rounds away from zero to a multiple of 10^exponent: the server stores resource amounts in thousandths. */
export function roundQuantityUp(quantity: Quantity, exponent: number): Quantity {
  if (quantity.exponent >= exponent) return quantity;
  const unscaled = divideUp(quantity.unscaled, exponent - quantity.exponent);
  const { format, wide = false } = quantity;
  return { unscaled, exponent, format, wide };
}

/**
 * The value in units of 10^exponent as a 64-bit integer, rounded away from zero. Too large a value overflows exactly as
 * it does in the server, which then takes whole numbers for fractions.
 */
export function scaledQuantity(quantity: Quantity, exponent: number): bigint {
  const { unscaled, wide = false } = quantity;
  const shift = quantity.exponent - exponent;
  if (shift <= 0) return BigInt.asIntN(64, divideUp(unscaled, -shift));
  if (unscaled === 0n) return 0n;
  // From 10^64 on the low 64 bits of any product are zero.
  const product = BigInt.asIntN(64, unscaled * 10n ** BigInt(Math.min(shift, 64)));
  const fits = shift <= 18 && product / 10n ** BigInt(shift) === unscaled;
  return fits || wide || shift <= 3 || shift === 6 || shift === 9 ? product : 0n;
}

/** The value as a number; approximate where a double is. */
export function quantityNumber(quantity: Quantity): number {
  return Number(`${quantity.unscaled}e${quantity.exponent}`);
}

/** The canonical text, as the API server stores and prints it: `1500m`, `1536Mi`. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.text !== undefined) return quantity.text;
  if (quantity.unscaled === 0n) return '0';
  if (quantity.format === 'BinarySI') {
    const binary = formatBinary(quantity);
    if (binary !== null) return binary;
  }
  let digits = quantity.unscaled.toString();
  let exponent = quantity.exponent;
  const zeros = /0*$/.exec(digits)![0].length;
  digits = digits.slice(0, digits.length - zeros);
  exponent += zeros;
  const surplus = ((exponent % 3) + 3) % 3;
  digits += '0'.repeat(surplus);
  exponent -= surplus;
  if (quantity.format === 'DecimalExponent') return exponent === 0 ? digits : `${digits}e${exponent}`;
  const suffix = Object.entries(DECIMAL_SUFFIXES).find(([, power]) => power === exponent);
  // Beyond the largest suffix the server writes the mantissa alone; so do we, to print what it prints.
  return digits + (suffix?.[0] ?? '');
}

/** Null for what binary suffixes cannot say: fractions, and values under 1024. */
function formatBinary(quantity: Quantity): string | null {
  const limit = integerQuantity(1024);
  if (compareQuantities({ ...quantity, unscaled: abs(quantity.unscaled) }, limit) < 0) return null;
  const rounded = roundQuantityUp(quantity, 0);
  if (compareQuantities(rounded, quantity) !== 0) return null;
  let value = rounded.unscaled * 10n ** BigInt(rounded.exponent);
  let exponent = 0;
  while (value % 1024n === 0n) {
    value /= 1024n;
    exponent += 10;
  }
  const suffix = Object.entries(BINARY_SUFFIXES).find(([, power]) => power === exponent);
  return value.toString() + (suffix?.[0] ?? '');
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
