import type { JobSpec } from '../kubernetes/generated/types.ts';
import type { ParallelismForecast, Work } from './parallelism.ts';
import type { RetryForecast } from './retries.ts';

/** The most that a Job can take, as far as its spec alone says. */
export interface WorstCase {
  /** `activeDeadlineSeconds`: the controller ends the Job then, whatever it does. Null: no such limit. */
  readonly deadline: number | null;
  /**
   * The most seconds that the Job can spend waiting between retries. Where each index or pod has retries of its own, all
   * of them may need theirs, wave after wave. The run time of the pods comes on top. Null where nothing ends the retries.
   */
  readonly waits: number | null;
  /** The deadline ends the Job before its retries are used up, since the waits alone are longer. */
  readonly deadlineCutsRetries: boolean;
  /** The most pods that the Job can make. Null where nothing limits them. */
  readonly pods: number | null;
  /** What makes retries endless: a podFailurePolicy rule with action Ignore (its 0-based place), or a huge limit. */
  readonly endless: { readonly why: 'ignore'; readonly rule: number } | { readonly why: 'limit' } | null;
}

/**
 * The worst case of a spec with the API's defaults. Evictions and pods deleted by people count as failures here;
 * pods that were suspended or scaled away do not.
 */
export function forecastWorstCase(
  spec: JobSpec,
  work: Work,
  parallelism: ParallelismForecast,
  retries: RetryForecast,
): WorstCase {
  const ignore = (spec.podFailurePolicy?.rules ?? []).findIndex((rule) => rule.action === 'Ignore');
  const endless =
    ignore >= 0 ? ({ why: 'ignore', rule: ignore } as const) : retries.endless ? ({ why: 'limit' } as const) : null;
  const deadline = spec.activeDeadlineSeconds ?? null;
  const eachHasItsOwn = retries.by !== 'pods';
  const fastest = Math.min(retries.waits, retries.together?.waits ?? retries.waits);
  return {
    deadline,
    waits: endless === null ? retries.waits * (eachHasItsOwn ? (parallelism.waves ?? 1) : 1) : null,
    deadlineCutsRetries: deadline !== null && deadline > 0 && !retries.endless && fastest >= deadline,
    pods: endless === null ? mostPods(spec, work, parallelism.asked, retries) : null,
    endless,
  };
}

/**
 * While a Job goes on, at most `limit` of its pods have failed, and those that succeeded or work are never more than
 * the completions: together the most pods ever made. A work queue keeps `parallelism` pods instead. With retries per
 * index, each index makes its own, and the Job's limit holds too where it is set.
 */
function mostPods(spec: JobSpec, work: Work, asked: number, retries: RetryForecast): number {
  const wanted = work.kind === 'queue' ? asked : work.completions;
  if (wanted === 0 || asked === 0) return 0;
  if (retries.by === 'index') {
    const each = wanted * (retries.limit + 1);
    return retries.wholeJobLimit === null ? each : Math.min(each, wanted + retries.wholeJobLimit);
  }
  return retries.by === 'containers' ? wanted : wanted + (spec.backoffLimit ?? 6);
}
