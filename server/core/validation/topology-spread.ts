import type { TopologySpreadConstraint } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkLabelKeys } from './affinity.ts';
import { checkLabelSelector } from './label-selector.ts';
import type { Report } from './report.ts';

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const INCLUSION_POLICIES = ['Honor', 'Ignore'];

/** `topologySpreadConstraints` of the pod; `at` is the list. */
export function checkTopologySpread(
  constraints: readonly TopologySpreadConstraint[],
  at: FieldPath,
  report: Report,
): void {
  const keyOf = ({ topologyKey = '', whenUnsatisfiable = '' }: TopologySpreadConstraint): string =>
    `{${topologyKey}, ${whenUnsatisfiable}}`;
  const last = new Map(constraints.map((constraint, index) => [keyOf(constraint), index]));
  for (const [index, constraint] of constraints.entries()) {
    const place: FieldPath = [...at, index];
    checkConstraint(constraint, place, report);
    // The server names each that is repeated later.
    if (last.get(keyOf(constraint)) !== index)
      report.duplicate([...place, '{topologyKey, whenUnsatisfiable}'], keyOf(constraint), {
        shownAt: [...place, 'topologyKey'],
      });
  }
}

function checkConstraint(constraint: TopologySpreadConstraint, at: FieldPath, report: Report): void {
  const { labelSelector, maxSkew = 0, minDomains, topologyKey = '', whenUnsatisfiable = '' } = constraint;
  const positive = (value: number, field: string): void => {
    if (value <= 0) report.invalid([...at, field], value, 'must be greater than zero');
  };
  positive(maxSkew, 'maxSkew');
  if (topologyKey === '') report.required([...at, 'topologyKey'], 'can not be empty');
  if (!ACTIONS.includes(whenUnsatisfiable))
    report.notSupported([...at, 'whenUnsatisfiable'], whenUnsatisfiable, ACTIONS);
  if (minDomains !== undefined) {
    positive(minDomains, 'minDomains');
    if (whenUnsatisfiable !== 'DoNotSchedule')
      report.invalid(
        [...at, 'minDomains'],
        minDomains,
        `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`,
      );
  }
  for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
    const policy = constraint[field];
    if (policy !== undefined && !INCLUSION_POLICIES.includes(policy))
      report.notSupported([...at, field], policy, INCLUSION_POLICIES);
  }
  checkLabelKeys(constraint.matchLabelKeys ?? [], [], labelSelector, at, report);
  checkLabelSelector(labelSelector, [...at, 'labelSelector'], report);
}
