type Data = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Carries the change from one manifest to the next over to the object that was made from the first: fields that the
 * change removes go, fields that it sets are set, all others stay. Lists are taken as a whole. (JSON merge patch,
 * RFC 7386, of the difference.)
 */
export function mergeChange<T extends object>(live: T, before: T, after: T): T {
  return merged(live as Data, before as Data, after as Data) as T;
}

function merged(live: Data, before: Data, after: Data): Data {
  const result: Record<string, unknown> = { ...live };
  for (const key of Object.keys(before)) if (after[key] === undefined) Reflect.deleteProperty(result, key);
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const [was, now] = [before[key], live[key]];
    if (isMap(value) && (was === undefined || isMap(was)) && isMap(now)) result[key] = merged(now, was ?? {}, value);
    else if (isMap(value) && isMap(was)) result[key] = merged({}, {}, value);
    else if (!same(was, value)) result[key] = value;
  }
  return result;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, at) => same(item, b[at]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}
