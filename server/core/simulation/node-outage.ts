import type { Job } from '../kubernetes/generated/types.ts';

/** Taint of a node whose kubelet is not heard of. */
const UNREACHABLE = 'node.kubernetes.io/unreachable';
/** What the API server adds to every pod that says nothing of that taint (DefaultTolerationSeconds). */
const DEFAULT_TOLERATION_SECONDS = 300;

/**
 * Seconds that pods of this Job stay on a node once it has the taint of an unreachable one; null: for ever. Of several
 * tolerations the shortest counts (taint-eviction-controller).
 */
export function unreachableTolerationSeconds(job: Job): number | null {
  const tolerations = (job.spec?.template?.spec?.tolerations ?? []).filter(
    ({ key, operator, effect, value }) =>
      (effect === undefined || effect === '' || effect === 'NoExecute') &&
      (key === undefined || key === '' ? operator === 'Exists' : key === UNREACHABLE) &&
      (operator === 'Exists' || (value ?? '') === ''),
  );
  if (tolerations.length === 0) return DEFAULT_TOLERATION_SECONDS;
  const limited = tolerations.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return limited.length === 0 ? null : Math.max(0, Math.min(...limited.map(Number)));
}
