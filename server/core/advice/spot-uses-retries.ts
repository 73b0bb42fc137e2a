import { IGNORE_DISRUPTIONS } from '../kubernetes/failure-policy.ts';
import type { PodSpec } from '../kubernetes/generated/types.ts';
import type { Fix } from '../manifest/edit.ts';
import { RULES, isAboutDisruption } from './failure-policy-reversed.ts';
import type { AdviceRule } from './rule.ts';

/** Labels and taints by which clouds and autoscalers name machines that may go at any time. */
const SPOT =
  /^(cloud\.google\.com\/gke-(spot|preemptible)|eks\.amazonaws\.com\/capacityType|karpenter\.sh\/capacity-type|kubernetes\.azure\.com\/scalesetpriority|node\.kubernetes\.io\/lifecycle)$/;
const VALUE = /^(true|spot|preemptible)$/i;

export const SPOT_USES_RETRIES: AdviceRule = {
  id: 'advice/spot-uses-retries',
  title: 'Evictions from spot machines use up the retries',
  why: 'Spot and preemptible machines go away at short notice, and each pod on them that is evicted counts as failed, up to backoffLimit. A failure rule that ignores the condition DisruptionTarget leaves the retries for errors of the program.',
  severity: 'information',
  group: 'reliability',
  fixable: true,
  inJobSets: false,
  judgeJob({ job, forecast }) {
    const spec = job.spec ?? {};
    const pod = spec.template?.spec;
    const rules = spec.podFailurePolicy?.rules ?? [];
    if (pod?.restartPolicy !== 'Never' || forecast.retries.endless || !isForSpot(pod)) return [];
    if (rules.some(isAboutDisruption)) return [];
    const fixes = spec.podReplacementPolicy === 'TerminatingOrFailed' ? [] : [ignoreDisruptions(rules.length)];
    return [
      {
        path: ['spec', 'template', 'spec'],
        message: `The pods run on machines that may go at any time, and each eviction counts as one of the ${forecast.retries.limit} retries: let a podFailurePolicy ignore DisruptionTarget.`,
        fixes,
      },
    ];
  },
};

function isForSpot({ nodeSelector = {}, affinity }: PodSpec): boolean {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const wanted = terms.length === 1 ? (terms[0]?.matchExpressions ?? []) : [];
  return (
    Object.entries(nodeSelector).some(([key, value]) => SPOT.test(key) && VALUE.test(value)) ||
    wanted.some(
      ({ key = '', operator, values = [] }) =>
        SPOT.test(key) && operator === 'In' && values.length > 0 && values.every((value) => VALUE.test(value)),
    )
  );
}

function ignoreDisruptions(rules: number): Fix {
  return {
    title: 'Ignore disruptions',
    edits: [
      rules === 0
        ? { kind: 'set', path: RULES.slice(0, -1), value: { rules: [IGNORE_DISRUPTIONS] } }
        : { kind: 'insert', path: RULES, index: 0, value: IGNORE_DISRUPTIONS },
    ],
  };
}
