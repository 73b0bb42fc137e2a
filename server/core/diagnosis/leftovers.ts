import { sayDuration } from '../kubernetes/duration-words.ts';
import type { ObjectMeta } from '../kubernetes/generated/types.ts';
import { TRACKING_FINALIZER } from '../timeline/observed-pod.ts';
import { stampMilliseconds } from '../timeline/observed-time.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { capitalised, EVIDENCE_LIMIT, sayPods, type Diagnosis } from './diagnosis.ts';
import { podEvidence, secondsSince, type Facts } from './facts.ts';

/** So long after what should have removed them, finalizers count as stuck. */
const STUCK_SECONDS = 60;
/** A TTL that leaves less than this is worth a warning: what it deletes is the evidence. */
const TTL_SECONDS = 600;

/** A Job that is being deleted and does not go away. */
export function explainDeletion({ job, now }: Facts): Diagnosis[] {
  const { deletionTimestamp, finalizers = [], name } = job.metadata;
  const since = secondsSince(deletionTimestamp, now);
  if (deletionTimestamp === undefined || since === null) return [];
  const own = finalizers.filter((finalizer) => finalizer !== 'foregroundDeletion');
  const waitsFor =
    own.length > 0
      ? `its finalizer ${own.join(', ')} is still there`
      : finalizers.length > 0
        ? 'its pods go first'
        : 'it goes any moment';
  const stuck = since > STUCK_SECONDS && finalizers.length > 0;
  return [
    {
      rule: stuck ? 'why/deletion-stuck' : 'why/deleting',
      severity: stuck ? 'warning' : 'information',
      summary: `The Job is being deleted since ${sayDuration(Math.max(0, since))}: ${waitsFor}.`,
      evidence: [
        { object: `job/${name}`, field: 'metadata.finalizers', text: finalizers.join(', '), at: deletionTimestamp },
      ],
      ...(stuck && own.length > 0
        ? { suggestion: `See whether the controller that owns ${own[0] ?? ''} runs; it has to take the finalizer off.` }
        : {}),
    },
  ];
}

/** Pods that should be gone, or let go, and are not. */
export function explainStuckPods({ pods, ended, now, job }: Facts): Diagnosis[] {
  const ending = pods.flatMap((pod) => {
    const late = secondsSince(pod.metadata.deletionTimestamp, now);
    const over = pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    return late !== null && late > STUCK_SECONDS && !over ? [{ pod, late }] : [];
  });
  const finish = jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed');
  const sinceEnd = secondsSince(finish?.lastTransitionTime, now) ?? 0;
  const held = pods.filter(
    ({ metadata }) => ended && sinceEnd > STUCK_SECONDS && metadata.finalizers?.includes(TRACKING_FINALIZER) === true,
  );
  return [
    ...(ending.length === 0
      ? []
      : [
          {
            rule: 'why/pod-stuck',
            severity: 'warning',
            summary: `${capitalised(sayPods(ending.map(({ pod }) => pod.metadata.name)))} should have ended ${sayDuration(ending[0]!.late)} ago: its node may be gone.`,
            evidence: ending
              .slice(0, EVIDENCE_LIMIT)
              .map(({ pod }) =>
                podEvidence(
                  pod,
                  'metadata.deletionTimestamp',
                  `on node ${pod.spec?.nodeName ?? 'none'}`,
                  pod.metadata.deletionTimestamp,
                ),
              ),
            suggestion:
              'See whether the node answers. If it is gone for good, delete its Node object or taint it out-of-service.',
          } satisfies Diagnosis,
        ]),
    ...(held.length === 0
      ? []
      : [
          {
            rule: 'why/finalizer-stuck',
            severity: 'warning',
            summary: `${capitalised(sayPods(held.map(({ metadata }) => metadata.name)))} cannot be deleted: the finalizer ${TRACKING_FINALIZER} is still there although the Job has ended.`,
            evidence: held
              .slice(0, EVIDENCE_LIMIT)
              .map((pod) => podEvidence(pod, 'metadata.finalizers', TRACKING_FINALIZER)),
            suggestion: 'The Job controller takes it off; see whether the controller manager runs.',
          } satisfies Diagnosis,
        ]),
  ];
}

/** Tools that make an object again that is in their repository and not in the cluster, and the marks that they leave. */
const GIT_OPS: readonly {
  readonly name: string;
  readonly instead: string;
  readonly annotation?: RegExp;
  readonly label?: RegExp;
}[] = [
  {
    name: 'Argo CD',
    instead: ' Or make it a hook of Argo CD, with argocd.argoproj.io/hook-delete-policy.',
    annotation: /^argocd\.argoproj\.io\/tracking-id$/,
    label: /^argocd\.argoproj\.io\/instance$/,
  },
  {
    name: 'Flux',
    instead: '',
    label: /^(?:kustomize|helm)\.toolkit\.fluxcd\.io\/name$/,
  },
];

interface Keeper {
  readonly name: string;
  readonly instead: string;
  readonly place: string;
  readonly text: string;
}

/** Who keeps an object as a repository says, and so makes it again once it is deleted; null where no mark tells of anybody. */
export function gitOpsOf({ annotations = {}, labels = {} }: ObjectMeta): Keeper | null {
  for (const { name, instead, annotation, label } of GIT_OPS) {
    for (const [place, notes, pattern] of [
      ['annotations', annotations, annotation],
      ['labels', labels, label],
    ] as const) {
      const found = Object.entries(notes).find(([key]) => pattern?.test(key) === true);
      if (found !== undefined) return { name, instead, place, text: `${found[0]}: ${found[1]}` };
    }
  }
  return null;
}

/** When ttlSecondsAfterFinished deletes the Job, its pods and their logs. */
export function explainTtl({ job, spec, now }: Facts): Diagnosis[] {
  const keeper = gitOpsOf(job.metadata);
  const finish = jobCondition(job, 'Complete') ?? jobCondition(job, 'Failed');
  const ended = stampMilliseconds(finish?.lastTransitionTime);
  const ttl = spec.ttlSecondsAfterFinished;
  if (ended === null || ttl === undefined) return [];
  const until = ended + ttl * 1000;
  const left = (until - now) / 1000;
  const soon = left < TTL_SECONDS && finish?.type === 'Failed';
  return [
    {
      rule: soon ? 'why/ttl-near' : 'why/ttl',
      severity: soon ? 'warning' : 'information',
      summary:
        (left > 0
          ? `The Job is deleted in ${sayDuration(left)}, with its pods and their logs (ttlSecondsAfterFinished ${ttl}).`
          : `The Job's time to live is over (ttlSecondsAfterFinished ${ttl}): it is deleted any moment, with its pods and their logs.`) +
        (keeper === null ? '' : ` ${keeper.name} keeps it: it makes the Job again, and so it runs again.`),
      evidence: [
        { object: `job/${job.metadata.name}`, field: 'spec.ttlSecondsAfterFinished', text: String(ttl) },
        ...(keeper === null
          ? []
          : [{ object: `job/${job.metadata.name}`, field: `metadata.${keeper.place}`, text: keeper.text }]),
      ],
      suggestion:
        keeper === null
          ? 'To keep the evidence, raise ttlSecondsAfterFinished now, or save logs and events first.'
          : `Without ttlSecondsAfterFinished the Job stays and runs once.${keeper.instead} To keep the evidence, save logs and events first.`,
      field: 'spec.ttlSecondsAfterFinished',
      until,
    },
  ];
}
