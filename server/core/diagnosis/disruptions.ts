import { IGNORE_DISRUPTIONS } from '../kubernetes/failure-policy.ts';
import { conditionOf, failureMatchOf } from '../timeline/observed-pod.ts';
import { capitalised, EVIDENCE_LIMIT, sayPods, verbFor, type Diagnosis } from './diagnosis.ts';
import { groupBy, podEvidence, type Facts } from './facts.ts';

/** What a disruption was, by the reason of the DisruptionTarget condition. */
const DISRUPTIONS: Readonly<Record<string, string>> = {
  DeletionByPodGC: 'the node was gone',
  DeletionByTaintManager: 'the node was tainted (drained, unreachable or out of resources)',
  EvictionByEvictionAPI: 'by an eviction, as when a node is drained',
  PreemptionByScheduler: 'a pod of higher priority needed the place',
  TerminationByKubelet: 'the node ran out of resources or was shut down',
};

/** Pods that were taken away rather than failed. */
export function explainDisruptions({ pods, spec }: Facts): Diagnosis[] {
  const disrupted = pods.flatMap((pod) => {
    const condition = conditionOf(pod.status, 'DisruptionTarget');
    if (condition === undefined && pod.status?.reason !== 'Evicted') return [];
    const { reason = 'Evicted', message = pod.status?.message ?? '', lastTransitionTime } = condition ?? {};
    return [{ pod, reason, message, at: lastTransitionTime }];
  });
  return groupBy(disrupted, ({ reason }) => reason).map(([reason, group]): Diagnosis => {
    const which = sayPods(group.map(({ pod }) => pod.metadata.name));
    const ignored = group.some(({ pod }) => failureMatchOf(pod, spec)?.action === 'Ignore');
    return {
      rule: 'why/disruption',
      severity: 'warning',
      summary: `${capitalised(which)} ${verbFor(group, 'was', 'were')} taken away (${reason}): ${DISRUPTIONS[reason] ?? 'not by a failure of the work'}.${
        ignored ? ' podFailurePolicy ignores that.' : ' That counts towards backoffLimit like a failure.'
      }`,
      evidence: group
        .slice(-EVIDENCE_LIMIT)
        .map(({ pod, message, at }) =>
          podEvidence(pod, 'status.conditions[?(@.type=="DisruptionTarget")]', message === '' ? reason : message, at),
        ),
      field: 'spec.podFailurePolicy',
      ...(ignored || spec.template?.spec?.restartPolicy !== 'Never'
        ? {}
        : {
            suggestion:
              'Let a podFailurePolicy ignore disruptions, so that they cost no retry. It cannot be changed in a Job that exists.',
            fixes: [
              {
                title: 'Ignore disruptions in podFailurePolicy',
                preferred: true,
                edits: [
                  {
                    kind: 'insert',
                    path: ['spec', 'podFailurePolicy', 'rules'],
                    index: 0,
                    value: IGNORE_DISRUPTIONS,
                  },
                ],
              },
            ],
          }),
    };
  });
}
