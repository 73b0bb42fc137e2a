export type Path = readonly (string | number)[];
/** A manifest that may be changed in place. */
export type Tree = Record<string, unknown> | unknown[];

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

export function at(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (isTree(value) ? (value as Record<string | number, unknown>)[step] : undefined),
    root,
  );
}

export function put(root: Tree, path: Path, value: unknown): void {
  const last = path.at(-1);
  const parent = at(root, path.slice(0, -1));
  if (last !== undefined && isTree(parent)) (parent as Record<string | number, unknown>)[last] = value;
}

export function remove(root: Tree, path: Path): void {
  const last = path.at(-1);
  const parent = at(root, path.slice(0, -1));
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else if (isTree(parent)) Reflect.deleteProperty(parent, last as string);
}

export function written(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

/** The path without positions: what two manifests have in common. */
export function shape(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');
}

/** Every path below the root, in the manifest's order. What decides where the manifest is sent stays as it is. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  const fixed = ['apiVersion', 'kind', 'metadata.namespace', 'spec', 'metadata'];
  const own = path.length === 0 || fixed.includes(written(path)) ? [] : [path];
  if (Array.isArray(value)) return [...own, ...value.flatMap((item, position) => pathsOf(item, [...path, position]))];
  if (isTree(value))
    return [...own, ...Object.entries(value).flatMap(([name, item]) => pathsOf(item, [...path, name]))];
  return own;
}

/** Where the JobSpec is. */
export function jobSpecPath(manifest: Record<string, unknown>): Path {
  return manifest['kind'] === 'CronJob' ? ['spec', 'jobTemplate', 'spec'] : ['spec'];
}
