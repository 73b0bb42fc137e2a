import type { Volume } from '../kubernetes/generated/types.ts';
import { dnsSubdomainProblems } from '../kubernetes/names.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Advice, AdviceRule } from './rule.ts';

const VOLUMES: FieldPath = ['spec', 'template', 'spec', 'volumes'];

/** An object that a volume wants to be there. */
interface Wanted {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim';
  readonly name: string | undefined;
  readonly optional: boolean | undefined;
  /** From the volume. */
  readonly path: FieldPath;
}

export const IMPOSSIBLE_NAME: AdviceRule = {
  id: 'advice/impossible-name',
  title: 'Volume of an object that cannot exist',
  why: 'The API server does not look at the names of the Secrets, ConfigMaps and claims that volumes refer to. No such object can have a name with capital letters or underscores, so the pods wait for it for ever (FailedMount, or they are never scheduled), and the Job neither ends nor fails.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    return (job.spec?.template?.spec?.volumes ?? []).flatMap((volume, at) =>
      wantedBy(volume).flatMap(({ kind, name = '', optional, path }): Advice[] => {
        if (name === '' || optional === true || isPlaceholder(name) || dnsSubdomainProblems(name).length === 0)
          return [];
        const place = [...VOLUMES, at, ...path];
        return [
          {
            path: place,
            message: `No ${kind} can be named ${name}: names have small letters, digits, dashes and dots. Pods wait for it for ever.`,
            fixes: spelled(name, place),
          },
        ];
      }),
    );
  },
};

function wantedBy({ secret, configMap, persistentVolumeClaim: claim, projected }: Volume): Wanted[] {
  const wanted: Wanted[] = [];
  if (secret !== undefined)
    wanted.push({ kind: 'Secret', name: secret.secretName, optional: secret.optional, path: ['secret', 'secretName'] });
  if (configMap !== undefined)
    wanted.push({ kind: 'ConfigMap', name: configMap.name, optional: configMap.optional, path: ['configMap', 'name'] });
  if (claim !== undefined)
    wanted.push({
      kind: 'PersistentVolumeClaim',
      name: claim.claimName,
      optional: false,
      path: ['persistentVolumeClaim', 'claimName'],
    });
  for (const [at, source] of (projected?.sources ?? []).entries())
    for (const [field, kind] of [['secret', 'Secret'] as const, ['configMap', 'ConfigMap'] as const])
      if (source[field] !== undefined)
        wanted.push({
          kind,
          name: source[field].name,
          optional: source[field].optional,
          path: ['projected', 'sources', at, field, 'name'],
        });
  return wanted;
}

/** The usual slip: the same name in small letters and with dashes. */
function spelled(name: string, path: FieldPath): readonly Fix[] {
  const value = name.toLowerCase().replaceAll(/[_\s]+/g, '-');
  if (dnsSubdomainProblems(value).length > 0) return [];
  return [{ title: `Change it to ${value}`, edits: [{ kind: 'set', path, value }] }];
}
