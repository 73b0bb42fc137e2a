import { apiFieldAt, fieldDoc } from '../../core/kubernetes/field-docs.ts';
import type { Shape } from '../../core/kubernetes/shape.ts';
import type { FieldPath } from '../../core/manifest/path.ts';
import { nodeAt } from '../../core/manifest/tree.ts';
import { textOf, type Manifest } from './identity.ts';

/** A value that a field may have. */
export interface ValueChoice {
  readonly value: string;
  readonly meaning?: string | undefined;
  /** Plain, YAML would read it as something else. */
  readonly quote?: boolean;
}

/** The values worth offering for a field; none where any value may be right. `path` starts at the object's root. */
export function valuesAt(manifest: Manifest, path: FieldPath, shape: Shape): readonly ValueChoice[] {
  const field = path.findLast((segment) => typeof segment === 'string') ?? '';
  const place = path
    .map((segment) => (typeof segment === 'number' ? '*' : typeof segment === 'string' ? segment : ''))
    .join('.');
  if (place === 'apiVersion') return [{ value: 'batch/v1' }];
  if (place === 'kind') return [{ value: 'Job' }, { value: 'CronJob' }];
  if (field === 'containerName') return containersOf(manifest).map((value) => ({ value }));
  const known = KNOWN.find(({ ending }) => place.endsWith(ending));
  if (known !== undefined) return known.choices;
  if (shape.type === 'boolean') return [{ value: 'true' }, { value: 'false' }];
  if (shape.type !== 'string' || shape.enum === undefined) return [];
  const meanings = apiFieldAt(manifest.kind, path)?.doc?.values ?? {};
  return shape.enum.filter((value) => value !== '').map((value) => ({ value, meaning: meanings[value] }));
}

/** Values beyond the enums of the published schema, or fewer than those where a Job allows fewer. */
const KNOWN: readonly { readonly ending: string; readonly choices: readonly ValueChoice[] }[] = [
  {
    ending: 'template.spec.restartPolicy',
    choices: ['Never', 'OnFailure'].map((value) => ({
      value,
      meaning: fieldDoc('PodSpec', 'restartPolicy')?.values?.[value],
    })),
  },
  {
    ending: 'onPodConditions.*.type',
    choices: [
      {
        value: 'DisruptionTarget',
        meaning: 'the pod was evicted, preempted or lost with its node: not the fault of the program',
      },
    ],
  },
  {
    ending: 'spec.schedule',
    choices: [
      { value: '*/5 * * * *', meaning: 'every five minutes', quote: true },
      { value: '0 * * * *', meaning: 'every hour, on the hour', quote: true },
      { value: '0 3 * * *', meaning: 'every day at 3:00', quote: true },
      { value: '0 3 * * 1-5', meaning: 'Monday to Friday at 3:00', quote: true },
      { value: '0 3 1 * *', meaning: 'on the first day of each month at 3:00', quote: true },
      { value: '@hourly', meaning: 'every hour, on the hour', quote: true },
      { value: '@daily', meaning: 'every day at midnight', quote: true },
    ],
  },
  { ending: 'spec.timeZone', choices: [{ value: 'Etc/UTC' }] },
];

/** Names of the pod's containers and init containers, in order. */
function containersOf({ root, kind }: Manifest): readonly string[] {
  const pod = kind === 'Job' ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  return ['containers', 'initContainers'].flatMap((list) => {
    const node = nodeAt(root, [...pod, 'template', 'spec', list]);
    return node?.kind === 'sequence'
      ? node.items.map((item) => textOf(item, 'name')).filter((name) => name !== '')
      : [];
  });
}
