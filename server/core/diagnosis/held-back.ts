import { countOf } from '../forecast/words.ts';
import type { ManagedFieldsEntry } from '../kubernetes/generated/types.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import type { Workload } from '../timeline/observed-objects.ts';
import { EVIDENCE_LIMIT, type Diagnosis, type Evidence } from './diagnosis.ts';
import { conditionEvidence, eventEvidence, eventTime, type Facts } from './facts.ts';

/** The controller that handles Jobs unless spec.managedBy names another. */
const JOB_CONTROLLER = 'kubernetes.io/job-controller';

/** Suspended, and by whom. */
export function explainSuspension({ job, spec, ended, workloads = [] }: Facts): Diagnosis[] {
  if (ended || spec.suspend !== true) return [];
  const owner = suspender(job.metadata.managedFields ?? []);
  const queue = job.metadata.labels?.['kueue.x-k8s.io/queue-name'];
  const by = owner?.manager === undefined ? '' : ` ${owner.manager} set that`;
  const said = workloads.flatMap(queueWords);
  const kueue = said.length > 0 || queue !== undefined || owner?.manager?.startsWith('kueue') === true;
  return [
    {
      rule: 'why/suspended',
      severity: 'information',
      summary: `The Job is suspended: it has no pods until spec.suspend is false.${by === '' ? '' : `${by}${owner?.time === undefined ? '' : ` (${owner.time})`}.`}${
        kueue
          ? ` Kueue holds it back until its queue${queue === undefined ? '' : ` ${queue}`} has room${saidBy(workloads)}.`
          : ''
      }`,
      evidence: [
        ...conditionEvidence(job, 'Suspended'),
        ...(owner === undefined
          ? []
          : [
              {
                object: `job/${job.metadata.name}`,
                field: 'metadata.managedFields',
                text: `spec.suspend belongs to ${owner.manager ?? 'nobody named'} (${owner.operation ?? ''})`,
                ...(owner.time === undefined ? {} : { at: owner.time }),
              },
            ]),
        ...said,
      ],
      field: 'spec.suspend',
      ...(kueue
        ? { suggestion: 'See the Workload that Kueue made for it; resuming it by hand works around the queue.' }
        : {
            suggestion: 'Resume it by setting spec.suspend to false.',
            fixes: [
              {
                title: 'Resume the Job',
                preferred: true,
                edits: [{ kind: 'set', path: ['spec', 'suspend'], value: false }],
              },
            ],
          }),
    },
  ];
}

/** Conditions that tell why a Workload does not run, the one that tells most first. */
const TELLING = [
  { type: 'Evicted', status: 'True' },
  { type: 'QuotaReserved', status: 'False' },
  { type: 'Admitted', status: 'False' },
] as const;

/** `: “couldn't assign flavors: cpu”`, in Kueue's own words; empty where it says nothing. */
function saidBy(workloads: readonly Workload[]): string {
  const conditions = workloads.flatMap(({ status }) => status?.conditions ?? []);
  for (const { type, status } of TELLING) {
    const found = conditions.find((each) => each.type === type && each.status === status);
    if (found?.message !== undefined && found.message !== '') return `: “${found.message}”`;
  }
  return '';
}

/** What a Kueue Workload's conditions say, quoted: of those that hold and those that name a reason why not. */
function queueWords({ metadata, status }: Workload): Evidence[] {
  return (status?.conditions ?? []).map(
    ({ type = '', status: holds = '', reason = '', message = '', lastTransitionTime }) => ({
      object: `workload/${metadata.name}`,
      field: `status.conditions[?(@.type=="${type}")]`,
      text: [`${holds} (${reason})`, message].filter((text) => text !== '').join(': '),
      ...(lastTransitionTime === undefined ? {} : { at: lastTransitionTime }),
    }),
  );
}

/** Who owns spec.suspend by the server's own account; of several, the last to write. */
function suspender(entries: readonly ManagedFieldsEntry[]): ManagedFieldsEntry | undefined {
  const owners = entries.filter(({ fieldsV1 }) => {
    const spec = fieldsV1?.['f:spec'];
    return typeof spec === 'object' && spec !== null && 'f:suspend' in spec;
  });
  return owners.sort((a, b) => (stampMilliseconds(a.time) ?? 0) - (stampMilliseconds(b.time) ?? 0)).at(-1);
}

/** Handled by somebody else than Kubernetes' own controller. */
export function explainManagedBy({ job, spec, ended }: Facts): Diagnosis[] {
  if (ended || spec.managedBy === undefined || spec.managedBy === JOB_CONTROLLER) return [];
  return [
    {
      rule: 'why/managed-by',
      severity: 'information',
      summary: `The Job is left to ${spec.managedBy} (spec.managedBy): Kubernetes' own Job controller does nothing about it.`,
      evidence: [{ object: `job/${job.metadata.name}`, field: 'spec.managedBy', text: spec.managedBy }],
      suggestion: `If nothing happens, see whether ${spec.managedBy} runs in this cluster. The field cannot be changed.`,
      field: 'spec.managedBy',
    },
  ];
}

/** What events about pods that could not be created usually mean, the first that fits. */
const CREATION_TROUBLES: readonly (readonly [pattern: RegExp, cause: string, suggestion: string])[] = [
  [
    /exceeded quota/,
    'a ResourceQuota of the namespace is used up',
    'Free some of the quota, ask for less, or lower parallelism.',
  ],
  [
    /must specify/,
    'a ResourceQuota wants requests or limits that the pods do not name',
    'Set resources in the pod template.',
  ],
  [
    /violates PodSecurity/,
    'the namespace’s Pod Security level forbids such pods',
    'Set the securityContext that the message asks for.',
  ],
  [
    /serviceaccount .* not found|service account .* not found/i,
    'its service account does not exist',
    'Create it, or name another serviceAccountName.',
  ],
  [/admission webhook/, 'an admission webhook refused them', 'The message is the webhook’s own; ask whoever runs it.'],
  [/namespace .* is being terminated/, 'the namespace is being deleted', 'The Job goes with it.'],
];

/** Pods that the API server refuses to create: only events tell, so they are believed only while pods are missing. */
export function explainCreation({ events, spec, status, ended, active, pods }: Facts): Diagnosis[] {
  if (ended || spec.suspend === true) return [];
  const wanted = Math.min(spec.parallelism ?? 1, (spec.completions ?? Infinity) - (status.succeeded ?? 0));
  const refusals = events.filter(
    ({ reason, involvedObject }) => reason === 'FailedCreate' && (involvedObject?.kind ?? 'Job') === 'Job',
  );
  const last = [...refusals].sort(byTime).at(-1);
  if (last === undefined || active.length >= wanted) return [];
  const created = Math.max(0, ...pods.map(({ metadata }) => stampMilliseconds(metadata.creationTimestamp) ?? 0));
  if (created > (stampMilliseconds(eventTime(last)) ?? 0)) return [];
  const known = CREATION_TROUBLES.find(([pattern]) => pattern.test(last.message ?? ''));
  return [
    {
      rule: 'why/failed-create',
      severity: 'error',
      summary: `The Job's pods cannot be created: ${known?.[1] ?? last.message ?? 'the API server refuses them'}. ${countOf(active.length, 'pod runs', 'pods run')} of ${wanted}.`,
      evidence: refusals.slice(-EVIDENCE_LIMIT).map(eventEvidence),
      suggestion: known?.[2] ?? 'The message is the API server’s own.',
    },
  ];
}

function byTime(a: Parameters<typeof eventTime>[0], b: Parameters<typeof eventTime>[0]): number {
  return (stampMilliseconds(eventTime(a)) ?? 0) - (stampMilliseconds(eventTime(b)) ?? 0);
}

/** Fewer pods at once than parallelism says. */
export function explainParallelism({ job, spec, status, ended }: Facts): Diagnosis[] {
  const { parallelism = 1, completions } = spec;
  if (ended || spec.suspend === true || jobCondition(job, 'FailureTarget') !== undefined) return [];
  const evidence = (field: string, value: number): { object: string; field: string; text: string } => ({
    object: `job/${job.metadata.name}`,
    field,
    text: String(value),
  });
  if (parallelism === 0)
    return [
      {
        rule: 'why/paused',
        severity: 'information',
        summary: 'The Job is paused: parallelism is 0, so no pod is made.',
        evidence: [evidence('spec.parallelism', 0)],
        suggestion: 'Set parallelism to the number of pods that may run at once.',
        field: 'spec.parallelism',
      },
    ];
  const terminating = status.terminating ?? 0;
  const held = terminating > 0 && spec.podReplacementPolicy === 'Failed';
  const replaced: Diagnosis[] = held
    ? [
        {
          rule: 'why/waiting-for-terminating',
          severity: 'information',
          summary: `${countOf(terminating, 'pod is', 'pods are')} still ending; podReplacementPolicy Failed replaces a pod only once it has ended.`,
          evidence: [evidence('status.terminating', terminating)],
          field: 'spec.podReplacementPolicy',
        },
      ]
    : [];
  const left = completions === undefined ? Infinity : Math.max(0, completions - (status.succeeded ?? 0));
  if (completions === undefined || left >= parallelism) return replaced;
  return [
    ...replaced,
    {
      rule: 'why/parallelism-capped',
      severity: 'information',
      summary: `At most ${countOf(left, 'pod runs', 'pods run')} at once, not ${parallelism}: only ${countOf(left, 'completion is', 'completions are')} missing.`,
      evidence: [evidence('spec.parallelism', parallelism), evidence('status.succeeded', status.succeeded ?? 0)],
      field: 'spec.parallelism',
    },
  ];
}
