import type { NodeSelectorRequirement, NodeSelectorTerm, PodSpec } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Advice, AdviceRule } from './rule.ts';

const POD: FieldPath = ['spec', 'template', 'spec'];
const TERMS: FieldPath = [
  ...POD,
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
];

export const MATCHES_NO_NODE: AdviceRule = {
  id: 'advice/matches-no-node',
  title: 'Pods that no node can take',
  why: 'A required node affinity is met when one of its terms is. An empty term is met by no node, and neither is one that contradicts itself or the nodeSelector beside it. The server accepts all that, the pods stay pending, and without a deadline the Job never fails.',
  severity: 'warning',
  group: 'correctness',
  fixable: false,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    return pod === undefined ? [] : [...osAdvice(pod), ...affinityAdvice(pod)];
  },
};

function osAdvice({ os, nodeSelector }: PodSpec): Advice[] {
  const wanted = nodeSelector?.['kubernetes.io/os'];
  if (os?.name === undefined || wanted === undefined || wanted === os.name) return [];
  return [
    {
      path: [...POD, 'nodeSelector', { key: 'kubernetes.io/os' }],
      message: `The pod says that it is for ${os.name}, and the node selector asks for ${wanted}: a node of ${wanted} refuses it.`,
    },
  ];
}

/** Only when every term is hopeless: one that is not is enough. */
function affinityAdvice({ affinity, nodeSelector = {} }: PodSpec): Advice[] {
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const reasons = terms.map((term) => hopeless(term, nodeSelector));
  if (reasons.length === 0 || reasons.some((reason) => reason === null)) return [];
  return [
    { path: [...TERMS, 0], message: `No node can match: ${reasons[0] ?? ''}. The pods would stay pending for ever.` },
  ];
}

/** Why no node can match a term; null when one may. */
function hopeless(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  labels: Readonly<Record<string, string>>,
) {
  if (matchExpressions.length === 0 && matchFields.length === 0) return 'an empty term matches nothing';
  for (const [at, { key = '', operator, values = [] }] of matchExpressions.entries()) {
    const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (label !== undefined && !allows({ key, operator, values }, label))
      return `the node selector asks for ${key}=${label}, and this term forbids that`;
    for (const other of matchExpressions.slice(at + 1))
      if (other.key === key && contradict({ key, operator, values }, other))
        return `${key} ${operator ?? ''} and ${other.operator ?? ''} contradict each other`;
  }
  return null;
}

/** Whether a node with this value of the label meets a requirement; true where that needs numbers. */
function allows({ operator, values = [] }: NodeSelectorRequirement, label: string): boolean {
  if (operator === 'In') return values.includes(label);
  if (operator === 'NotIn') return !values.includes(label);
  return operator !== 'DoesNotExist';
}

function contradict(a: NodeSelectorRequirement, b: NodeSelectorRequirement): boolean {
  if (a.operator === 'DoesNotExist') return b.operator === 'In' || b.operator === 'Exists';
  if (b.operator === 'DoesNotExist') return a.operator === 'In' || a.operator === 'Exists';
  if (a.operator === 'In') return !(a.values ?? []).some((value) => allows(b, value));
  return b.operator === 'In' && !(b.values ?? []).some((value) => allows(a, value));
}
