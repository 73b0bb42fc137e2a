/**
 * The path of a field inside an API object, as the API server names it in an error.
 *
 * A string is a field (`spec`), a number is a 0-based list index (`[3]`), `{ key }` is a key of a free map such as
 * labels (`[app]`).
 */
export type PathSegment = string | number | { readonly key: string };
export type FieldPath = readonly PathSegment[];

/** Writes a path as the API server does: `spec.template.metadata.labels[app]`, `spec.rules[0].values[1]`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const segment of path) {
    if (typeof segment === 'number') text += `[${segment}]`;
    else if (typeof segment === 'object') text += `[${segment.key}]`;
    else text += text === '' ? segment : `.${segment}`;
  }
  return text;
}

/** Reads `spec.rules[0].values[1]` and `metadata.labels[app]`; the inverse of `formatPath`. */
export function parsePath(text: string): FieldPath {
  const path: PathSegment[] = [];
  for (const match of text.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)) {
    const inBrackets = match[1];
    if (inBrackets === undefined) path.push(match[0]);
    else path.push(/^\d+$/.test(inBrackets) ? Number(inBrackets) : { key: inBrackets });
  }
  return path;
}

/** The name under which a segment stands in a mapping, or the index in a sequence. */
export function segmentKey(segment: PathSegment): string | number {
  return typeof segment === 'object' ? segment.key : segment;
}

/** True when two paths name the same place; a field and a map key of the same name count as the same. */
export function samePath(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((segment, at) => segmentKey(segment) === segmentKey(b[at]!));
}
