import { IGNORE_DISRUPTIONS } from '../kubernetes/failure-policy.ts';
import { literalExitCodes } from '../advice/container-text.ts';
import { sayList } from '../forecast/words.ts';
import type { Json, ManifestEdit } from '../manifest/edit.ts';
import type { JobRefactoring } from './refactoring.ts';

/** A rule for the codes that an inline script ends with, `exit N`, and that no rule names yet. */
export const failurePolicyForCodes: JobRefactoring = ({ job, prefix }) => {
  const spec = job.spec ?? {};
  const pod = spec.template?.spec;
  if (pod?.restartPolicy !== 'Never') return [];
  const rules = spec.podFailurePolicy?.rules;
  const named = new Set((rules ?? []).flatMap(({ onExitCodes }) => onExitCodes?.values ?? []));
  const codes = literalExitCodes(pod).filter((code) => !named.has(code));
  if (codes.length === 0) return [];
  const container = pod.containers?.length === 1 ? pod.containers[0]?.name : undefined;
  const rule: Json = {
    action: 'FailJob',
    onExitCodes: { ...(container === undefined ? {} : { containerName: container }), operator: 'In', values: codes },
  };
  const path = [...prefix, 'spec', 'podFailurePolicy'];
  const edit: ManifestEdit =
    rules === undefined
      ? {
          kind: 'set',
          path,
          value: { rules: [IGNORE_DISRUPTIONS, rule] },
        }
      : { kind: 'insert', path: [...path, 'rules'], index: rules.length, value: rule };
  const said = sayList(
    codes.map((code) => `exit ${code}`),
    'and',
  );
  return [{ kind: 'rewrite', near: [], title: `Fail the Job at once on ${said} of its script`, edits: [edit] }];
};
