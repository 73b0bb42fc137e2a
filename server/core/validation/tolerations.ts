import type { Toleration } from '../kubernetes/generated/types.ts';
import { labelValueProblems, qualifiedNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

const OPERATORS = ['Equal', 'Exists'];
/** Known to the server, and behind a feature gate that is off. */
const COMPARISONS = ['Lt', 'Gt'];
const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** `tolerations` of the pod; `at` is the list. */
export function checkTolerations(tolerations: readonly Toleration[], at: FieldPath, report: Report): void {
  for (const [index, toleration] of tolerations.entries()) checkToleration(toleration, [...at, index], report);
}

function checkToleration(toleration: Toleration, at: FieldPath, report: Report): void {
  const { effect = '', key = '', operator = '', tolerationSeconds, value = '' } = toleration;
  const place = [...at, 'operator'];
  if (key !== '') report.names([...at, 'key'], key, qualifiedNameProblems(key));
  else if (operator !== 'Exists')
    report.invalid(
      place,
      operator,
      'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      {
        fixes: [
          { title: 'Set operator to Exists', edits: [{ kind: 'set', path: place, value: 'Exists' }], preferred: true },
        ],
      },
    );
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    report.invalid([...at, 'effect'], effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
  if (operator === '' || operator === 'Equal') {
    const problems = labelValueProblems(value);
    if (problems.length > 0) report.invalid(place, value, problems.join(';'), { shownAt: [...at, 'value'] });
  } else if (operator === 'Exists') {
    if (value !== '')
      report.invalid(place, value, "value must be empty when `operator` is 'Exists'", { shownAt: [...at, 'value'] });
  } else
    report.notSupported(place, operator, COMPARISONS.includes(operator) ? [...OPERATORS, ...COMPARISONS] : OPERATORS);
  if (effect !== '' && !EFFECTS.includes(effect)) report.notSupported([...at, 'effect'], effect, EFFECTS);
}
