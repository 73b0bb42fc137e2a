/** A namespace's limit on pods that have not ended; null: none. */
export interface NamespaceQuota {
  readonly pods: number | null;
  used: number;
}

/** True when one more pod is admitted. */
export function quotaAdmits({ pods, used }: NamespaceQuota): boolean {
  return pods === null || used < pods;
}
