/** A Kubernetes version that manifests can be checked for: 1 and this minor. */
export interface KubernetesVersion {
  readonly minor: number;
}

export const OLDEST_MINOR = 29;
export const NEWEST_MINOR = 37;

/** What is checked when nobody chooses. */
export const NEWEST: KubernetesVersion = { minor: NEWEST_MINOR };

/** Every known version, `1.29` first. */
export const KNOWN_VERSIONS: readonly string[] = Array.from(
  { length: NEWEST_MINOR - OLDEST_MINOR + 1 },
  (_, at) => `1.${OLDEST_MINOR + at}`,
);

/**
 * Reads `1.34`, `v1.34` or what a cluster says of itself (`v1.34.2+k3s1`, `1.34.2-gke.100`). Null for what is no version
 * or none of those known.
 */
export function parseVersion(text: string): KubernetesVersion | null {
  const match = /^v?1\.(\d{1,3})\+?(?:\.\d+)?(?:[-+][\w.+-]*)?$/.exec(text.trim());
  const minor = match === null ? NaN : Number(match[1]);
  return minor >= OLDEST_MINOR && minor <= NEWEST_MINOR ? { minor } : null;
}

export function formatVersion({ minor }: KubernetesVersion): string {
  return `1.${minor}`;
}
