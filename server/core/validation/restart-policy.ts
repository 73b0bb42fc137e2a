import type { Fix } from '../manifest/edit.ts';
import type { JobSpec } from '../kubernetes/generated/types.ts';
import type { FieldPath } from '../manifest/path.ts';
import { choiceFixes } from './choice-fixes.ts';
import type { Report } from './report.ts';

const POLICIES = ['OnFailure', 'Never'];

/** `template.spec.restartPolicy` of a Job; pods default to Always, which a Job cannot have. */
export function checkRestartPolicy(spec: JobSpec, at: FieldPath, report: Report): void {
  const policy = spec.template?.spec?.restartPolicy ?? '';
  const use = (choice: string, preferred: boolean): Fix => ({
    title: `Set restartPolicy to ${choice}`,
    edits: [{ kind: 'set', path: at, value: choice }],
    preferred,
  });
  if (policy === '' || policy === 'Always') {
    const fixes =
      spec.podFailurePolicy === undefined ? [use('Never', true), use('OnFailure', false)] : [use('Never', true)];
    report.required(at, 'valid values: "OnFailure", "Never"', { fixes });
  } else if (!POLICIES.includes(policy)) {
    report.notSupported(at, policy, POLICIES, { fixes: () => choiceFixes(at, policy, POLICIES) });
  } else if (policy !== 'Never' && spec.podFailurePolicy !== undefined) {
    report.invalid(at, policy, 'only "Never" is supported when podFailurePolicy is specified', {
      fixes: [use('Never', true)],
    });
  }
}
