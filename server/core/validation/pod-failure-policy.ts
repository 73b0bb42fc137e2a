import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
} from '../kubernetes/generated/types.ts';
import { qualifiedNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import { OMITTED, type Report } from './report.ts';

const MOST_RULES = 20;
const MOST_VALUES = 255;
const MOST_PATTERNS = 20;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** How the server lists choices in a Required message. */
const listed = (choices: readonly string[]): string =>
  `valid values: [${choices.map((choice) => `"${choice}"`).join(' ')}]`;

/** `spec.podFailurePolicy`; `at` is its path. */
export function checkPodFailurePolicy(spec: JobSpec, at: FieldPath, report: Report): void {
  if (spec.podFailurePolicy === undefined) return;
  const rules = spec.podFailurePolicy.rules ?? [];
  const place: FieldPath = [...at, 'rules'];
  if (rules.length > MOST_RULES) report.tooMany(place, rules.length, MOST_RULES);
  const pod = spec.template?.spec;
  const containers = new Set([...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].map(({ name = '' }) => name));
  for (const [index, rule] of rules.entries()) {
    checkAction(rule, spec, [...at.slice(0, -1), 'backoffLimitPerIndex'], [...place, index, 'action'], report);
    checkRule(rule, containers, [...place, index], report);
  }
}

function checkAction(
  { action = '' }: PodFailurePolicyRule,
  spec: JobSpec,
  limit: FieldPath,
  at: FieldPath,
  report: Report,
): void {
  if (action === '') report.required(at, listed(ACTIONS));
  else if (!ACTIONS.includes(action)) report.notSupported(at, action, ACTIONS);
  else if (action === 'FailIndex' && spec.backoffLimitPerIndex === undefined)
    report.invalid(at, action, 'requires the backoffLimitPerIndex to be set', {
      fixes: [
        { title: 'Change action to FailJob', edits: [{ kind: 'set', path: at, value: 'FailJob' }] },
        { title: 'Add backoffLimitPerIndex: 1', edits: [{ kind: 'set', path: limit, value: 1 }] },
      ],
    });
}

function checkRule(rule: PodFailurePolicyRule, containers: ReadonlySet<string>, at: FieldPath, report: Report): void {
  const conditions = rule.onPodConditions ?? [];
  if (rule.onExitCodes !== undefined) checkExitCodes(rule.onExitCodes, containers, [...at, 'onExitCodes'], report);
  checkConditions(conditions, [...at, 'onPodConditions'], report);
  if (rule.onExitCodes !== undefined && conditions.length > 0)
    report.invalid(at, OMITTED, 'specifying both OnExitCodes and OnPodConditions is not supported');
  if (rule.onExitCodes === undefined && conditions.length === 0)
    report.invalid(at, OMITTED, 'specifying one of OnExitCodes and OnPodConditions is required');
}

function checkExitCodes(
  requirement: PodFailurePolicyOnExitCodesRequirement,
  containers: ReadonlySet<string>,
  at: FieldPath,
  report: Report,
): void {
  const { containerName, operator = '' } = requirement;
  const operatorPath = [...at, 'operator'];
  if (operator === '')
    report.required(operatorPath, listed(OPERATORS), { fixes: () => choiceFixes(operatorPath, '', OPERATORS) });
  else if (!OPERATORS.includes(operator)) report.notSupported(operatorPath, operator, OPERATORS);
  if (containerName !== undefined && !containers.has(containerName)) {
    const place = [...at, 'containerName'];
    report.invalid(place, containerName, 'must be one of the container or initContainer names in the pod template', {
      fixes: () => choiceFixes(place, containerName, [...containers]),
    });
  }
  checkValues(requirement.values, operator, [...at, 'values'], report);
}

function checkValues(values: readonly number[] | undefined, operator: string, at: FieldPath, report: Report): void {
  const codes = values ?? [];
  if (codes.length === 0) report.invalid(at, values, 'at least one value is required');
  else if (codes.length > MOST_VALUES) report.tooMany(at, codes.length, MOST_VALUES);
  const tidy = [...new Set(codes)].filter((code) => code !== 0 || operator !== 'In').sort((a, b) => a - b);
  const seen = new Set<number>();
  for (const [index, code] of codes.entries()) {
    const place = [...at, index];
    if (operator === 'In' && code === 0) {
      const remove = {
        title: 'Remove exit code 0',
        edits: [{ kind: 'remove', path: place }],
        preferred: true,
      } as const;
      report.invalid(place, code, 'must not be 0 for the In operator', { fixes: codes.length > 1 ? [remove] : [] });
    }
    if (seen.has(code)) {
      const remove = {
        title: 'Remove the repeated exit code',
        edits: [{ kind: 'remove', path: place }],
        preferred: true,
      } as const;
      report.duplicate(place, code, { fixes: [remove] });
    }
    seen.add(code);
  }
  if (codes.some((code, index) => index > 0 && codes[index - 1]! > code)) {
    const sort = {
      title: 'Sort the exit codes',
      edits: [{ kind: 'set', path: at, value: tidy }],
      preferred: true,
    } as const;
    report.invalid(at, codes, 'must be ordered', { fixes: [sort] });
  }
}

function checkConditions(
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
  at: FieldPath,
  report: Report,
): void {
  if (patterns.length > MOST_PATTERNS) report.tooMany(at, patterns.length, MOST_PATTERNS);
  for (const [index, { type = '', status = '' }] of patterns.entries()) {
    report.names([...at, index, 'type'], type, qualifiedNameProblems(type));
    // An empty status becomes True before validation.
    if (status !== '' && !STATUSES.includes(status)) report.notSupported([...at, index, 'status'], status, STATUSES);
  }
}
