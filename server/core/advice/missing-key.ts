import type { Container, EnvVar, KeyToPath, PodSpec, Volume } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from '../validation/choice-fixes.ts';
import type { Advice, AdviceRule } from './rule.ts';

/** The keys of a ConfigMap or Secret that a pod names; null for one that is not known, or not known for sure. */
export type KnownKeys = (kind: 'ConfigMap' | 'Secret', name: string) => ReadonlySet<string> | null;

/** A key that a pod needs of an object. */
interface NeededKey {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key: string;
  readonly path: FieldPath;
}

const POD: FieldPath = ['spec', 'template', 'spec'];
/** More are not listed. */
const MOST_NAMED = 5;

export const MISSING_KEY: AdviceRule = {
  id: 'advice/missing-key',
  title: 'Key that the ConfigMap or Secret does not have',
  why: 'The container is not started before the key is there: the pod waits in CreateContainerConfigError, or for its volume, and the Job with it, until its deadline if it has one. Said only where files of the workspace, or among those that are checked, define the object with all its keys: nearby, without a generator or a template, and not where the reference is optional.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job, keysOf }) {
    const pod = job.spec?.template?.spec;
    if (keysOf === null || pod === undefined) return [];
    return keysNeededBy(pod).flatMap(({ kind, name, key, path }): readonly Advice[] => {
      const keys = keysOf(kind, name);
      if (keys === null || keys.has(key)) return [];
      const named = [...keys].sort();
      const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : '';
      return [
        {
          path,
          message: `${kind} ${name} has no key ${key}, so the container never starts; it has ${named.slice(0, MOST_NAMED).join(', ')}${more}.`,
          fixes: choiceFixes(path, key, named),
        },
      ];
    });
  },
};

function keysNeededBy({ containers = [], initContainers = [], volumes = [] }: PodSpec): readonly NeededKey[] {
  const ofContainers = (list: readonly Container[], field: string): readonly NeededKey[] =>
    list.flatMap(({ env = [] }, at) => keysOfVariables(env, [...POD, field, at, 'env']));
  return [
    ...ofContainers(initContainers, 'initContainers'),
    ...ofContainers(containers, 'containers'),
    ...volumes.flatMap((volume, at) => keysOfVolume(volume, [...POD, 'volumes', at])),
  ];
}

function keysOfVariables(env: readonly EnvVar[], at: FieldPath): readonly NeededKey[] {
  return env.flatMap(({ valueFrom }, index) =>
    (
      [
        ['ConfigMap', 'configMapKeyRef'],
        ['Secret', 'secretKeyRef'],
      ] as const
    ).flatMap(([kind, field]) => {
      const { name = '', key = '', optional } = valueFrom?.[field] ?? {};
      const path = [...at, index, 'valueFrom', field, 'key'];
      return name === '' || key === '' || optional === true ? [] : [{ kind, name, key, path }];
    }),
  );
}

function keysOfVolume({ configMap, secret, projected }: Volume, at: FieldPath): readonly NeededKey[] {
  const own = [
    ...keysOfItems('ConfigMap', configMap?.name, configMap, [...at, 'configMap']),
    ...keysOfItems('Secret', secret?.secretName, secret, [...at, 'secret']),
  ];
  const sources = (projected?.sources ?? []).flatMap((source, index) => {
    const place = [...at, 'projected', 'sources', index];
    return [
      ...keysOfItems('ConfigMap', source.configMap?.name, source.configMap, [...place, 'configMap']),
      ...keysOfItems('Secret', source.secret?.name, source.secret, [...place, 'secret']),
    ];
  });
  return [...own, ...sources];
}

function keysOfItems(
  kind: NeededKey['kind'],
  name: string | undefined,
  source: { readonly items?: readonly KeyToPath[] | undefined; readonly optional?: boolean | undefined } | undefined,
  at: FieldPath,
): readonly NeededKey[] {
  if (name === undefined || name === '' || source?.optional === true) return [];
  return (source?.items ?? []).flatMap(({ key = '' }, index) =>
    key === '' ? [] : [{ kind, name, key, path: [...at, 'items', index, 'key'] }],
  );
}
