import type { KnownKeys } from '../../core/advice/missing-key.ts';
import type { AnalysedObject } from './analysis.ts';
import type { ClusterObject } from './cluster-objects.ts';

/** What is known of ConfigMaps and Secrets for one Job or CronJob. */
export type KeysFor = (object: Pick<AnalysedObject, 'namespace'>) => KnownKeys;

/**
 * The keys of ConfigMaps and Secrets that files define, for the Jobs of one file. Known for sure is an object that a file
 * nearby defines (in the same folder, one above or one below: elsewhere it is somebody else's of the same name), and that
 * no file anywhere leaves open. Where several files define it, as overlays do, each adds its keys.
 */
export function keysNear(uri: string, objects: readonly ClusterObject[]): KeysFor {
  const byName = new Map<string, ClusterObject[]>();
  for (const object of objects) {
    if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') continue;
    const key = `${object.kind} ${object.name}`;
    const same = byName.get(key);
    if (same === undefined) byName.set(key, [object]);
    else same.push(object);
  }
  return ({ namespace }) =>
    (kind, name) => {
      const found = (byName.get(`${kind} ${name}`) ?? []).filter(
        (one) => namespace === null || one.namespace === '' || one.namespace === namespace,
      );
      if (found.some(({ open }) => open) || !found.some((one) => isNear(uri, one.uri))) return null;
      return new Set(found.flatMap(({ keys }) => [...keys.keys()]));
    };
}

function isNear(uri: string, other: string): boolean {
  const [here, there] = [folderOf(uri), folderOf(other)];
  return here.startsWith(there) || there.startsWith(here);
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
