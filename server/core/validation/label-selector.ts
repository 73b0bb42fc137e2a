import type { LabelSelector, LabelSelectorRequirement } from '../kubernetes/generated/types.ts';
import { labelValueProblems, qualifiedNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import type { Extra, Report } from './report.ts';

export type Labels = Readonly<Record<string, string>>;

export const SELECTOR_OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Labels of an object or a `matchLabels`: the server reports all of them at the map itself. */
export function checkLabels(labels: Labels | undefined, at: FieldPath, report: Report, extra?: Extra): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const shown: Extra = extra ?? { shownAt: [...at, { key }] };
    report.names(at, key, qualifiedNameProblems(key), shown);
    report.names(at, value, labelValueProblems(value), shown);
  }
}

/** `metav1.LabelSelector`, wherever it stands. */
export function checkLabelSelector(selector: LabelSelector | undefined, at: FieldPath, report: Report): void {
  if (selector === undefined) return;
  checkLabels(selector.matchLabels, [...at, 'matchLabels'], report);
  for (const [index, requirement] of (selector.matchExpressions ?? []).entries())
    checkRequirement(requirement, [...at, 'matchExpressions', index], report);
}

function checkRequirement(requirement: LabelSelectorRequirement, at: FieldPath, report: Report): void {
  const { key = '', operator = '', values = [] } = requirement;
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) report.required([...at, 'values'], "must be specified when `operator` is 'In' or 'NotIn'");
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      report.forbidden([...at, 'values'], "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
  } else {
    const place = [...at, 'operator'];
    report.invalid(place, operator, 'not a valid selector operator', {
      fixes: () => choiceFixes(place, operator, SELECTOR_OPERATORS),
    });
  }
  report.names([...at, 'key'], key, qualifiedNameProblems(key));
  for (const [index, value] of values.entries())
    report.names([...at, 'values', index], value, labelValueProblems(value));
}

/**
 * Whether a selector picks an object with these labels; null when the selector cannot be read (then the server asks no
 * further). No selector picks nothing, an empty one everything.
 */
export function selectorMatches(selector: LabelSelector | undefined, labels: Labels): boolean | null {
  if (selector === undefined) return false;
  const picks: boolean[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
    if (qualifiedNameProblems(key).length > 0 || labelValueProblems(value).length > 0) return null;
    picks.push(labels[key] === value);
  }
  for (const { key = '', operator = '', values = [] } of selector.matchExpressions ?? []) {
    if (!SELECTOR_OPERATORS.includes(operator) || qualifiedNameProblems(key).length > 0) return null;
    if (values.some((value) => labelValueProblems(value).length > 0)) return null;
    if (operator.endsWith('In') ? values.length === 0 : values.length > 0) return null;
    const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
    if (operator === 'Exists') picks.push(label !== undefined);
    else if (operator === 'DoesNotExist') picks.push(label === undefined);
    else picks.push((label !== undefined && values.includes(label)) === (operator === 'In'));
  }
  return picks.every(Boolean);
}
