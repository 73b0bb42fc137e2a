import { parseQuantity } from '../kubernetes/quantity.ts';
import type { Shape } from '../kubernetes/shape.ts';
import type { ManifestNode, ScalarNode } from '../manifest/tree.ts';

/** A decoded scalar, or why there is none. */
export type Decoded =
  | { readonly value: string | number | boolean }
  /** In the API server's words as far as it has any; `abrupt` where it stops at once and forgets earlier complaints. */
  | { readonly problem: string; readonly abrupt: boolean };

type ScalarShape = Exclude<Shape, { readonly type: 'object' | 'list' | 'map' | 'raw' }>;

/** What the server calls a value in its messages. */
export function jsonKind(node: ManifestNode): 'string' | 'number' | 'bool' | 'null' | 'array' | 'object' {
  if (node.kind === 'sequence') return 'array';
  if (node.kind === 'mapping') return 'object';
  switch (typeof node.value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'object':
      return 'null';
    default:
      return 'number';
  }
}

/** What the server calls a type in its messages, as far as a shape tells. */
export function typeName(shape: Shape): string {
  switch (shape.type) {
    case 'object':
      return shape.ref;
    case 'list':
      return `[]${typeName(shape.of)}`;
    case 'map':
      return `map[string]${typeName(shape.of)}`;
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'bytes':
      return '[]uint8';
    case 'time':
      return 'Time';
    case 'quantity':
      return 'Quantity';
    case 'intOrString':
      return 'IntOrString';
    case 'raw':
      return 'RawExtension';
    default:
      return shape.type;
  }
}

export function cannotUnmarshal(what: string, type: string): string {
  return `cannot unmarshal ${what} into a field of type ${type}`;
}

/** Decodes one value that is not null into a field of a scalar type. */
export function decodeScalar(node: ManifestNode, shape: ScalarShape): Decoded {
  switch (shape.type) {
    case 'string':
      return typeof scalarValue(node) === 'string' ? { value: scalarValue(node) as string } : wrong(node, shape);
    case 'boolean':
      return typeof scalarValue(node) === 'boolean' ? { value: scalarValue(node) as boolean } : wrong(node, shape);
    case 'int32':
    case 'int64':
      return decodeInteger(node, shape.type);
    case 'number':
      return isNumber(node) ? { value: Number(node.value) } : wrong(node, shape);
    case 'intOrString':
      if (typeof scalarValue(node) === 'string') return { value: scalarValue(node) as string };
      return isNumber(node) ? abruptly(decodeInteger(node, 'int32')) : wrong(node, shape, true);
    case 'quantity':
      return decodeQuantity(node);
    case 'time':
      return decodeTime(node);
    case 'bytes':
      return decodeBytes(node, shape);
  }
}

function scalarValue(node: ManifestNode): unknown {
  return node.kind === 'scalar' ? node.value : undefined;
}

function isNumber(node: ManifestNode): node is ScalarNode & { readonly value: number | bigint } {
  return node.kind === 'scalar' && (typeof node.value === 'number' || typeof node.value === 'bigint');
}

function wrong(node: ManifestNode, shape: Shape, abrupt = false): Decoded {
  return { problem: cannotUnmarshal(jsonKind(node), typeName(shape)), abrupt };
}

/** Types that read themselves from JSON give up at once. */
function abruptly(decoded: Decoded): Decoded {
  return 'problem' in decoded ? { ...decoded, abrupt: true } : decoded;
}

const RANGES = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

/** Integers come as JSON numbers without fraction or exponent: `1.0` and `1e3` in YAML become such, `1.5` and `1e21` not. */
function decodeInteger(node: ManifestNode, type: 'int32' | 'int64'): Decoded {
  if (!isNumber(node)) return wrong(node, { type });
  const [least, most] = RANGES[type];
  const { value } = node;
  const whole =
    typeof value === 'bigint' ? value : Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value) : null;
  if (whole !== null && whole >= least && whole <= most) return { value: Number(whole) };
  return { problem: cannotUnmarshal(`number ${String(value)}`, type), abrupt: false };
}

/** A quantity is text or a number; anything else is tried as its JSON text, and fails the grammar. */
function decodeQuantity(node: ManifestNode): Decoded {
  const value =
    node.kind !== 'scalar' ? '{}' : typeof node.value === 'boolean' ? String(node.value) : (node.value ?? '');
  const quantity = parseQuantity(value);
  if ('problem' in quantity) return { problem: quantity.problem, abrupt: true };
  return { value: typeof value === 'bigint' ? String(value) : value };
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/;

function decodeTime(node: ManifestNode): Decoded {
  const value = scalarValue(node);
  if (typeof value !== 'string') return { problem: cannotUnmarshal(jsonKind(node), 'string'), abrupt: true };
  if (isTime(value)) return { value };
  return {
    problem: `parsing time "${value}" as "2006-01-02T15:04:05Z07:00": cannot parse it as an RFC 3339 time`,
    abrupt: true,
  };
}

/** True for an RFC 3339 time with a real date, as the server's clock library takes it. */
export function isTime(text: string): boolean {
  const match = RFC3339.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (days === undefined || day < 1 || day > days || hour > 23 || minute > 59 || second > 59) return false;
  return match[7] === undefined || (zoneHour <= 24 && zoneMinute < 60);
}

function decodeBytes(node: ManifestNode, shape: Shape): Decoded {
  const value = scalarValue(node);
  if (typeof value !== 'string') return wrong(node, shape);
  const compact = value.replaceAll(/[\r\n]/g, '');
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) return { value };
  return { problem: 'illegal base64 data', abrupt: false };
}
