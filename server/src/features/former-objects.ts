import type { AnalysedDocument, AnalysedObject } from './analysis.ts';

/** The object as it was before, when its manifest is to be applied over that; null for a new one. */
export type FormerObject = (object: AnalysedObject) => AnalysedObject | null;

/**
 * The Jobs and CronJobs of a former text, found again by kind, namespace and name; of several with one name, the last.
 * An object whose name the server makes up is always a new one.
 */
export class FormerObjects {
  readonly #objects = new Map<string, AnalysedObject>();

  add({ objects }: AnalysedDocument): void {
    for (const object of objects) {
      const key = keyOf(object);
      if (key !== null) this.#objects.set(key, object);
    }
  }

  /** Null also for an object that is in the former text as it is: there is nothing to compare. */
  readonly find: FormerObject = (object) => {
    const key = keyOf(object);
    const former = key === null ? undefined : this.#objects.get(key);
    return former === undefined || former === object ? null : former;
  };
}

/** Nobody applies over a Job that a JobSet makes. */
function keyOf({ kind, namespace, name, inJobSet }: AnalysedObject): string | null {
  return inJobSet || name === '' || name.endsWith('*') ? null : `${kind} ${namespace ?? 'default'} ${name}`;
}
