/**
 * Makes manifests that are nearly right: seeded mutations of accepted ones. Pure and deterministic, so a recording can
 * be made again, and another seed gives cases that did not exist before.
 */
import { grow } from './mutation/grow.ts';
import { at, jobSpecPath, pathsOf, put, shape, written, type Path } from './mutation/tree.ts';
import { cronValues, jobValues, names, restartPolicies } from './mutation/job-values.ts';
import { pick, random } from './mutation/random.ts';
import { manifestText } from './mutation/spellings.ts';
import { mutations, pickMutation } from './mutation/steps.ts';

export interface Base {
  readonly name: string;
  readonly manifest: Record<string, unknown>;
}

export interface MutatedManifest {
  readonly base: string;
  /** What was done, e.g. `remove spec.template.spec.volumes[0].name`; several joined by ` + `. */
  readonly mutation: string;
  readonly kind: 'Job' | 'CronJob';
  readonly yaml: string;
}

/** Subtrees that other manifests have at the same place, by shape. */
function donorsOf(bases: readonly Base[]): Map<string, unknown[]> {
  const donors = new Map<string, unknown[]>();
  for (const { manifest } of bases) {
    for (const path of pathsOf(manifest)) {
      const key = shape(path).replace(/^spec\.jobTemplate\./, '');
      donors.set(key, [...(donors.get(key) ?? []), at(manifest, path)]);
    }
  }
  return donors;
}

/** Gives one of the Job's (or CronJob's) own fields a value worth trying. */
function mutateJobField(root: Record<string, unknown>, next: () => number): string {
  const spec = jobSpecPath(root);
  const chance = next();
  if (chance < 0.06) {
    put(root, ['metadata', 'name'], pick(names, next));
    return `set metadata.name ${JSON.stringify(at(root, ['metadata', 'name'])).slice(0, 20)}`;
  }
  if (chance < 0.12) {
    put(root, [...spec, 'template', 'spec', 'restartPolicy'], pick(restartPolicies, next));
    return 'set restartPolicy';
  }
  const [table, path] =
    root['kind'] === 'CronJob' && chance < 0.6 ? ([cronValues, ['spec']] as const) : ([jobValues, spec] as const);
  const field = pick(Object.keys(table), next);
  const value = structuredClone(pick(table[field] ?? [null], next));
  put(root, [...path, field], value);
  return `set ${field} ${JSON.stringify(value).slice(0, 60)}`;
}

function mutateAnywhere(
  root: Record<string, unknown>,
  next: () => number,
  donors: ReadonlyMap<string, readonly unknown[]>,
): string {
  return attempts(root, next, (path) => {
    const name = pickMutation(next);
    const place = written(path);
    const done = mutations[name]?.(root, path, next, donors);
    return done === undefined ? undefined : `${name} ${place} ${done}`.trim();
  });
}

function growAnywhere(root: Record<string, unknown>, next: () => number): string {
  return attempts(root, next, (path) => {
    const done = grow(root, path, next);
    return done === undefined ? undefined : `grow ${written(path)} ${done}`;
  });
}

/** Tries one place after another until something was done there. */
function attempts(
  root: Record<string, unknown>,
  next: () => number,
  change: (path: Path) => string | undefined,
): string {
  for (let attempt = 0; attempt < 50; attempt++) {
    const done = change(pick(pathsOf(root), next));
    if (done !== undefined) return done;
  }
  return 'none';
}

export interface MutationOptions {
  readonly bases: readonly Base[];
  readonly seed: number;
  readonly count: number;
  /** Share of the mutations that concern the Job's and CronJob's own fields, from 0 to 1. */
  readonly jobFields: number;
  /** Share of those that add a field of the API, whether a base has it or not, from 0 to 1. The rest hits anything. */
  readonly grownFields: number;
}

/** As many different mutated manifests as asked for, in an order that the seed alone decides. */
export function* mutate({ bases, seed, count, jobFields, grownFields }: MutationOptions): Generator<MutatedManifest> {
  const next = random(seed);
  const donors = donorsOf(bases);
  const seen = new Set<string>();
  for (let made = 0; made < count;) {
    const base = pick(bases, next);
    const manifest = structuredClone(base.manifest);
    const steps = next() < 0.65 ? 1 : next() < 0.7 ? 2 : 3;
    const done = Array.from({ length: steps }, () => {
      const chance = next();
      if (chance < jobFields) return mutateJobField(manifest, next);
      return chance < jobFields + grownFields ? growAnywhere(manifest, next) : mutateAnywhere(manifest, next, donors);
    });
    const yaml = manifestText(manifest);
    if (seen.has(yaml)) continue;
    seen.add(yaml);
    made += 1;
    yield { base: base.name, mutation: done.join(' + '), kind: manifest['kind'] as 'Job' | 'CronJob', yaml };
  }
}
