import type { Forecast } from '../forecast/forecast.ts';
import type { Job } from '../kubernetes/generated/types.ts';

/** Kueue places the pods of a Job near each other, because they talk to each other. */
const NEAR_EACH_OTHER = /^kueue\.x-k8s\.io\/podset-(?:required|preferred|slice-required)-topology$/;

/**
 * True for pods that work as one: all of them at once, and they find each other, or are placed near each other. Where one
 * of them fails the others cannot go on, so that what holds for parts that know nothing of each other does not for them.
 */
export function isGang({ spec }: Job, { work, parallelism }: Forecast): boolean {
  if (work.kind !== 'indexes' || parallelism.peak < work.completions) return false;
  const { metadata, spec: pod } = spec?.template ?? {};
  return (
    pod?.subdomain !== undefined || Object.keys(metadata?.annotations ?? {}).some((key) => NEAR_EACH_OTHER.test(key))
  );
}
