import type { PodFailurePolicyRule } from '../kubernetes/generated/types.ts';
import type { ManifestEdit } from '../manifest/edit.ts';
import type { JobRefactoring } from './refactoring.ts';

/** The first rule that matches decides, so what is most special goes first: conditions, single codes, all other codes. */
export const sortFailureRules: JobRefactoring = ({ job, prefix }) => {
  const rules = job.spec?.podFailurePolicy?.rules ?? [];
  const wanted = rules.map((_, at) => at).sort((a, b) => rank(rules[a]!) - rank(rules[b]!) || a - b);
  if (wanted.every((from, at) => from === at)) return [];
  const path = [...prefix, 'spec', 'podFailurePolicy', 'rules'];
  const now = rules.map((_, at) => at);
  const edits: ManifestEdit[] = [];
  for (const [at, rule] of wanted.entries()) {
    const from = now.indexOf(rule);
    if (from === at) continue;
    now.splice(at, 0, ...now.splice(from, 1));
    edits.push({ kind: 'move', path: [...path, from], to: [...path, at] });
  }
  const near = path.slice(0, -1);
  return [{ kind: 'rewrite', near, title: 'Sort the rules: conditions, single codes, all other codes', edits }];
};

function rank({ onPodConditions, onExitCodes }: PodFailurePolicyRule): number {
  if ((onPodConditions ?? []).length > 0) return 0;
  return onExitCodes?.operator === 'NotIn' ? 2 : 1;
}
