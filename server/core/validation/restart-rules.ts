import type { Container, ContainerResizePolicy } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const OPERATORS = ['In', 'NotIn'];
const MOST_RULES = 20;
const MOST_VALUES = 255;
const RESIZED_RESOURCES = ['cpu', 'memory'];
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'];

/** `restartPolicy` and `restartPolicyRules` of one container of any kind; `at` is the container. */
export function checkContainerRestart(container: Container, at: FieldPath, report: Report): void {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  const place = [...at, 'restartPolicy'];
  if (restartPolicy === undefined) {
    if (rules.length > 0) report.required(place, 'must specify restartPolicy when restart rules are used');
  } else if (!POLICIES.includes(restartPolicy)) report.notSupported(place, restartPolicy, POLICIES);
  const rulesPath = [...at, 'restartPolicyRules'];
  if (rules.length > MOST_RULES) report.tooMany(rulesPath, rules.length, MOST_RULES);
  for (const [index, { action = '', exitCodes }] of rules.entries()) {
    const rulePath: FieldPath = [...rulesPath, index];
    if (!ACTIONS.includes(action)) report.notSupported([...rulePath, 'action'], action, ACTIONS);
    if (exitCodes === undefined) {
      report.required([...rulePath, 'exitCodes'], 'must be specified');
      continue;
    }
    const { operator = '', values = [] } = exitCodes;
    if (!OPERATORS.includes(operator)) report.notSupported([...rulePath, 'exitCodes', 'operator'], operator, OPERATORS);
    if (values.length > MOST_VALUES) report.tooMany([...rulePath, 'exitCodes', 'values'], values.length, MOST_VALUES);
  }
}

/** Rules of an init container count only beside a restart policy. */
export function checkInitContainerRestart(container: Container, at: FieldPath, report: Report): void {
  if (container.restartPolicy !== undefined) checkContainerRestart(container, at, report);
  else if ((container.restartPolicyRules ?? []).length > 0)
    report.required([...at, 'restartPolicy'], 'must specify restartPolicy when restart rules are used');
}

/** `resizePolicy` of one container; the server reports most of it at the list itself. */
export function checkResizePolicy(
  policies: readonly ContainerResizePolicy[],
  pod: PodContext,
  at: FieldPath,
  report: Report,
): void {
  const resources = new Set<string>();
  for (const [index, { resourceName = '', restartPolicy = '' }] of policies.entries()) {
    const place: FieldPath = [...at, index];
    if (resources.has(resourceName)) report.duplicate(place, resourceName);
    resources.add(resourceName);
    choose(resourceName, RESIZED_RESOURCES, 'resourceName');
    choose(restartPolicy, RESIZE_POLICIES, 'restartPolicy');
    if (pod.restartPolicy === 'Never' && restartPolicy !== 'NotRequired') {
      const path = [...place, 'restartPolicy'];
      report.invalid(at, restartPolicy, "must be 'NotRequired' when pod `restartPolicy` is 'Never'", {
        shownAt: path,
        fixes: [
          {
            title: 'Set restartPolicy to NotRequired',
            edits: [{ kind: 'set', path, value: 'NotRequired' }],
            preferred: true,
          },
        ],
      });
    }
    function choose(value: string, choices: readonly string[], field: string): void {
      const extra = { shownAt: [...place, field], fixes: () => choiceFixes([...place, field], value, choices) };
      if (value === '') report.required(at, '', extra);
      else if (!choices.includes(value)) report.notSupported(at, value, choices, extra);
    }
  }
}
