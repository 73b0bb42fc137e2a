import type {
  Affinity,
  LabelSelector,
  NodeAffinity,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../kubernetes/generated/types.ts';
import {
  dnsLabelProblems,
  dnsSubdomainProblems,
  labelValueProblems,
  qualifiedNameProblems,
} from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import { checkLabelSelector } from './label-selector.ts';
import type { Report } from './report.ts';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const NODE_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];
const HEAVIEST = 100;

/** `affinity` of the pod. */
export function checkAffinity(affinity: Affinity | undefined, at: FieldPath, report: Report): void {
  if (affinity?.nodeAffinity) checkNodeAffinity(affinity.nodeAffinity, [...at, 'nodeAffinity'], report);
  for (const field of ['podAffinity', 'podAntiAffinity'] as const)
    if (affinity?.[field]) checkPodAffinity(affinity[field], [...at, field], report);
}

function checkWeight(weight: number, at: FieldPath, report: Report): void {
  if (weight < 1 || weight > HEAVIEST) report.invalid(at, weight, `must be in the range 1-${HEAVIEST}`);
}

function checkNodeAffinity(affinity: NodeAffinity, at: FieldPath, report: Report): void {
  const required = affinity[REQUIRED];
  if (required !== undefined) {
    const place = [...at, REQUIRED, 'nodeSelectorTerms'];
    const terms = required.nodeSelectorTerms ?? [];
    if (terms.length === 0) report.required(place, 'must have at least one node selector term');
    for (const [index, term] of terms.entries()) checkNodeTerm(term, 'required', [...place, index], report);
  }
  for (const [index, { weight = 0, preference = {} }] of (affinity[PREFERRED] ?? []).entries()) {
    checkWeight(weight, [...at, PREFERRED, index, 'weight'], report);
    checkNodeTerm(preference, 'preferred', [...at, PREFERRED, index, 'preference'], report);
  }
}

function checkNodeTerm(term: NodeSelectorTerm, kind: 'required' | 'preferred', at: FieldPath, report: Report): void {
  for (const [index, requirement] of (term.matchExpressions ?? []).entries())
    checkNodeRequirement(requirement, kind, [...at, 'matchExpressions', index], report);
  for (const [index, requirement] of (term.matchFields ?? []).entries())
    checkNodeField(requirement, [...at, 'matchFields', index], report);
}

function checkNodeRequirement(
  requirement: NodeSelectorRequirement,
  kind: 'required' | 'preferred',
  at: FieldPath,
  report: Report,
): void {
  const { key = '', operator = '', values = [] } = requirement;
  const place = [...at, 'values'];
  if (!NODE_OPERATORS.includes(operator)) badOperator(operator, NODE_OPERATORS, [...at, 'operator'], report);
  else if (operator === 'Gt' || operator === 'Lt') {
    if (values.length !== 1) report.required(place, "must be specified single value when `operator` is 'Lt' or 'Gt'");
  } else if (operator.endsWith('In')) {
    if (values.length === 0) report.required(place, "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (values.length > 0)
    report.forbidden(place, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  report.names([...at, 'key'], key, qualifiedNameProblems(key));
  // A preference that no label can ever match does no harm, so the server lets it pass.
  if (kind === 'required')
    for (const [index, value] of values.entries()) report.names([...place, index], value, labelValueProblems(value));
}

/** Fields of a node: there is one, its name. */
function checkNodeField(
  { key = '', operator = '', values = [] }: NodeSelectorRequirement,
  at: FieldPath,
  report: Report,
): void {
  if (operator !== 'In' && operator !== 'NotIn') badOperator(operator, ['In', 'NotIn'], [...at, 'operator'], report);
  else if (values.length !== 1)
    report.required(
      [...at, 'values'],
      "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
    );
  if (key !== 'metadata.name') report.invalid([...at, 'key'], key, 'not a valid field selector key');
  else
    for (const [index, value] of values.entries())
      report.names([...at, 'values', index], value, dnsSubdomainProblems(value));
}

function badOperator(operator: string, choices: readonly string[], at: FieldPath, report: Report): void {
  report.invalid(at, operator, 'not a valid selector operator', { fixes: () => choiceFixes(at, operator, choices) });
}

function checkPodAffinity(affinity: PodAffinity, at: FieldPath, report: Report): void {
  for (const [index, term] of (affinity[REQUIRED] ?? []).entries())
    checkPodTerm(term, [...at, REQUIRED, index], report);
  for (const [index, { weight = 0, podAffinityTerm = {} }] of (affinity[PREFERRED] ?? []).entries()) {
    checkWeight(weight, [...at, PREFERRED, index, 'weight'], report);
    checkPodTerm(podAffinityTerm, [...at, PREFERRED, index, 'podAffinityTerm'], report);
  }
}

function checkPodTerm(term: PodAffinityTerm, at: FieldPath, report: Report): void {
  const { labelSelector, namespaceSelector, namespaces = [], topologyKey = '' } = term;
  checkLabelSelector(labelSelector, [...at, 'labelSelector'], report);
  checkLabelSelector(namespaceSelector, [...at, 'namespaceSelector'], report);
  for (const [index, namespace] of namespaces.entries())
    report.names([...at, 'namespace'], namespace, dnsLabelProblems(namespace), {
      shownAt: [...at, 'namespaces', index],
    });
  checkLabelKeys(term.matchLabelKeys ?? [], term.mismatchLabelKeys ?? [], labelSelector, at, report);
  if (topologyKey === '') report.required([...at, 'topologyKey'], 'can not be empty');
  report.names([...at, 'topologyKey'], topologyKey, qualifiedNameProblems(topologyKey));
}

/** `matchLabelKeys` and `mismatchLabelKeys`, which add to the label selector beside them; `at` is what holds all three. */
export function checkLabelKeys(
  match: readonly string[],
  mismatch: readonly string[],
  selector: LabelSelector | undefined,
  at: FieldPath,
  report: Report,
): void {
  for (const [field, keys] of [
    ['matchLabelKeys', match],
    ['mismatchLabelKeys', mismatch],
  ] as const) {
    if (keys.length === 0) continue;
    if (selector === undefined) report.forbidden([...at, field], 'must not be specified when labelSelector is not set');
    else
      for (const [index, key] of keys.entries()) report.names([...at, field, index], key, qualifiedNameProblems(key));
  }
  checkRepeatedKeys(match, selector, at, report);
  const mismatched = new Set(mismatch);
  for (const [index, key] of match.entries())
    if (mismatched.has(key))
      report.invalid([...at, 'matchLabelKeys', index], key, 'exists in both matchLabelKeys and mismatchLabelKeys');
}

/**
 * The server itself adds each of matchLabelKeys to the selector as an expression, so it minds an expression only when
 * the key stands in the selector before it too; and it reports the index of the key at the term.
 */
function checkRepeatedKeys(
  match: readonly string[],
  selector: LabelSelector | undefined,
  at: FieldPath,
  report: Report,
): void {
  const indexes = new Map(match.map((key, index) => [key, index]));
  const seen = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key = '' } of selector?.matchExpressions ?? []) {
    const index = indexes.get(key);
    if (index !== undefined && seen.has(key))
      report.invalid([...at, index], key, 'exists in both matchLabelKeys and labelSelector', {
        shownAt: [...at, 'matchLabelKeys', index],
      });
    seen.add(key);
  }
}
