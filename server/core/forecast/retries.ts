import {
  podBackoffSeconds,
  podBackoffTotalSeconds,
  restartDelaySeconds,
  restartTotalSeconds,
} from '../kubernetes/backoff.ts';
import type { JobSpec } from '../kubernetes/generated/types.ts';

/** A limit from here on is "no limit" in practice: with a wait of 10 min each it is centuries away. */
export const ENDLESS_RETRIES = 1_000_000;

/** How many waits a ladder lists one by one. */
const LADDER_LENGTH = 10;

/** How a Job deals with failures, if nothing but its limits decides. */
export interface RetryForecast {
  /**
   * Who starts again, and what is counted: `pods` the Job controller makes a new pod and counts failed pods of the whole
   * Job; `index` the same for each index by itself; `containers` the kubelet restarts the container inside its pod
   * (restartPolicy OnFailure), and the Job counts restarts of all its pods together.
   */
  readonly by: 'pods' | 'index' | 'containers';
  /** `backoffLimit`, or `backoffLimitPerIndex` where that counts. */
  readonly limit: number;
  /** Runs that one piece of work which always fails gets, the first included. */
  readonly attempts: number;
  /** Waits in seconds before the 2nd, 3rd, … run, at most ten of them. */
  readonly ladder: readonly number[];
  /**
   * Sum of all waits, in seconds, of failures that come one after the other with no success between; under OnFailure
   * with the wait before the restart that ends the Job.
   */
  readonly waits: number;
  /** The limit is so large that it will never be reached. */
  readonly endless: boolean;
  /**
   * When all pods that work at once fail together, every time: rounds until the limit, and the waits between them in
   * seconds (the wait grows with every failed pod, so ten at once wait 10 min). Null for `index` and `containers`, or
   * where one pod works at a time.
   */
  readonly together: { readonly rounds: number; readonly failures: number; readonly waits: number } | null;
  /** With retries per index: the limit of the Job as a whole, when `backoffLimit` was set too. */
  readonly wholeJobLimit: number | null;
  /** With retries per index: how many indexes may fail before the Job stops at once (`maxFailedIndexes`); null: any. */
  readonly maxFailedIndexes: number | null;
}

/**
 * The retries that a spec with the API's defaults allows (`spec.backoffLimit`, `spec.backoffLimitPerIndex`,
 * `spec.template.spec.restartPolicy`), with `peak` pods at once.
 */
export function forecastRetries(spec: JobSpec, peak: number): RetryForecast {
  const jobLimit = spec.backoffLimit ?? 6;
  const perIndex = spec.backoffLimitPerIndex;
  const common = {
    wholeJobLimit: perIndex !== undefined && jobLimit < ENDLESS_RETRIES ? jobLimit : null,
    maxFailedIndexes: perIndex === undefined ? null : (spec.maxFailedIndexes ?? null),
  };
  if (spec.template?.spec?.restartPolicy === 'OnFailure') {
    // The Job fails as soon as the restarts reach the limit, and at the first restart for limit 0: 0 and 1 are alike.
    const attempts = Math.max(jobLimit, 1);
    return {
      by: 'containers',
      limit: jobLimit,
      attempts,
      ladder: ladder(attempts - 1, restartDelaySeconds),
      waits: restartTotalSeconds(attempts),
      endless: jobLimit >= ENDLESS_RETRIES,
      together: null,
      ...common,
    };
  }
  const limit = perIndex ?? jobLimit;
  return {
    by: perIndex === undefined ? 'pods' : 'index',
    limit,
    attempts: limit + 1,
    ladder: ladder(limit, podBackoffSeconds),
    waits: podBackoffTotalSeconds(limit),
    endless: limit >= ENDLESS_RETRIES,
    together: perIndex === undefined && peak > 1 ? failTogether(limit, peak) : null,
    ...common,
  };
}

function ladder(waits: number, delay: (n: number) => number): number[] {
  return Array.from({ length: Math.min(Math.max(waits, 0), LADDER_LENGTH) }, (_, at) => delay(at + 1));
}

/** Rounds of `peak` failures until more than `limit` have failed. From the 7th failure on every wait is the cap. */
function failTogether(limit: number, peak: number): { rounds: number; failures: number; waits: number } {
  const rounds = Math.ceil((limit + 1) / peak);
  let waits = 0;
  let round = 1;
  for (; round < rounds && round * peak <= 6; round++) waits += podBackoffSeconds(round * peak);
  waits += Math.max(rounds - round, 0) * podBackoffSeconds(7);
  return { rounds, failures: rounds * peak, waits };
}
