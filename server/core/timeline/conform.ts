import { SHAPES } from '../kubernetes/generated/shapes.ts';
import type { ObjectShape, Shape } from '../kubernetes/shape.ts';

type Shapes = Readonly<Record<string, ObjectShape>>;

/**
 * What of some JSON has the given shape: unknown fields are left out, and so are values of a wrong type. So whatever a
 * server or a file holds, the rest of the program meets only what the types promise.
 *
 * @param value parsed JSON
 * @param shape name of an object shape, looked up in `own` first, then among the published ones
 * @returns null when the value is no object
 */
export function conformObject(value: unknown, shape: string, own: Shapes = {}): object | null {
  if (!isRecord(value)) return null;
  const fields = (own[shape] ?? SHAPES[shape])?.fields ?? {};
  const kept: Record<string, unknown> = {};
  for (const [name, fieldShape] of Object.entries(fields)) {
    const field = conform(value[name], fieldShape, own);
    if (field !== undefined) kept[name] = field;
  }
  return kept;
}

/** Undefined for what does not have the shape. */
function conform(value: unknown, shape: Shape, own: Shapes): unknown {
  if (value === undefined || value === null) return undefined;
  switch (shape.type) {
    case 'string':
    case 'bytes':
    case 'time':
      return typeof value === 'string' ? value : undefined;
    case 'int32':
    case 'int64':
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'quantity':
    case 'intOrString':
      return typeof value === 'number' || typeof value === 'string' ? value : undefined;
    case 'raw':
      return isRecord(value) ? value : undefined;
    case 'object':
      return conformObject(value, shape.ref, own) ?? undefined;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: unknown) => conform(item, shape.of, own)).filter((item) => item !== undefined)
        : undefined;
    case 'map':
      return isRecord(value)
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, item]) => [key, conform(item, shape.of, own)] as const)
              .filter(([, item]) => item !== undefined),
          )
        : undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
