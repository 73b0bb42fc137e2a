import type { PodSpec } from '../kubernetes/generated/types.ts';
import { isIndexMentioned, isTransparent } from './container-text.ts';
import type { Advice, AdviceRule } from './rule.ts';

export const INDEX_NEVER_READ: AdviceRule = {
  id: 'advice/index-never-read',
  title: 'Indexed Job whose pods never read their index',
  why: 'In an Indexed Job each pod is told its index, in the variable JOB_COMPLETION_INDEX, an annotation, a label and its host name. Pods that look at none of them all do the same work. Jobwright sees command, arguments and variables, not the program inside the image, which may well read the variable.',
  severity: 'information',
  group: 'correctness',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const { work, spec } = forecast;
    const pod = job.spec?.template?.spec;
    if (work.kind !== 'indexes' || work.completions < 2 || pod === undefined) return [];
    if (isIndexMentioned(pod) || isKnownOtherwise(pod)) return [];
    const containers = pod.containers ?? [];
    if (containers.length === 0) return [];
    const path = ['spec', 'completionMode'];
    if (containers.every(isTransparent))
      return [
        {
          path,
          severity: 'warning',
          message: `No container reads its index, so all ${work.completions} pods do the same: use $JOB_COMPLETION_INDEX (0 to ${work.completions - 1}).`,
          fixes: nonIndexedFixes(spec),
        },
      ];
    if (containers.every(({ command = [] }) => command.length === 0))
      return [
        {
          path,
          severity: 'hint',
          message: `Each of the ${work.completions} pods has its own JOB_COMPLETION_INDEX; nothing in this manifest uses it, so the program in the image has to.`,
        },
      ];
    return [
      {
        path,
        message: `Neither command, arguments nor variables use JOB_COMPLETION_INDEX: unless the program itself reads it, all ${work.completions} pods do the same work.`,
      },
    ];
  },
};

/**
 * The index may come another way: from a mounted script that is not in this manifest, from the host names of pods that
 * find each other through a Service, or from the machine, as with TPUs.
 */
function isKnownOtherwise({ volumes = [], subdomain, containers = [] }: PodSpec): boolean {
  return (
    subdomain !== undefined ||
    volumes.some(({ configMap, secret, projected }) => (configMap ?? secret ?? projected) !== undefined) ||
    containers.some(({ resources }) => resources?.limits?.['google.com/tpu'] !== undefined)
  );
}

function nonIndexedFixes(spec: {
  readonly backoffLimitPerIndex?: number | undefined;
  readonly successPolicy?: object | undefined;
}): NonNullable<Advice['fixes']> {
  if (spec.backoffLimitPerIndex !== undefined || spec.successPolicy !== undefined) return [];
  return [
    {
      title: 'Change completionMode to NonIndexed',
      edits: [{ kind: 'set', path: ['spec', 'completionMode'], value: 'NonIndexed' }],
    },
  ];
}
