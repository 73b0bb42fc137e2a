import type { Job } from '../kubernetes/generated/types.ts';

/** Labels and annotations of tools that make, compare and delete Jobs themselves. */
const TOOLS =
  /^(argocd\.argoproj\.io|helm\.sh|meta\.helm\.sh|kustomize\.toolkit\.fluxcd\.io|helm\.toolkit\.fluxcd\.io|workflows\.argoproj\.io)\//;

/**
 * True when a release tool or pipeline looks after the Job: it deletes its Jobs as it needs, and would make again, or
 * report as drift, one that deletes itself.
 */
export function isTidiedByOthers({ metadata }: Job): boolean {
  const keys = [...Object.keys(metadata?.annotations ?? {}), ...Object.keys(metadata?.labels ?? {})];
  return (
    keys.some((key) => TOOLS.test(key)) ||
    metadata?.labels?.['app.kubernetes.io/managed-by'] !== undefined ||
    (metadata?.ownerReferences ?? []).length > 0
  );
}
