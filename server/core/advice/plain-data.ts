import type { Json } from '../manifest/edit.ts';

/** Part of a decoded object as plain data to be written into a manifest; what is undefined stays absent. */
export function plainData(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plainData);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, field]) => field !== undefined)
        .map(([name, field]) => [name, plainData(field)]),
    );
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
    ? value
    : null;
}
