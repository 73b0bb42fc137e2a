/** The Job controller's wait after the first failure, and its greatest wait, in seconds. */
export const POD_BACKOFF_BASE_SECONDS = 10;
export const POD_BACKOFF_CAP_SECONDS = 600;

/** The kubelet's greatest wait before it restarts a container in place, in seconds. */
export const RESTART_CAP_SECONDS = 300;

/**
 * How long the Job controller waits, in seconds from the last failure, before it makes pods again after `failures`
 * failures in a row (those since the last success; per index: those of that index). 0 without a failure.
 */
export function podBackoffSeconds(failures: number): number {
  if (failures <= 0) return 0;
  return failures > 6 ? POD_BACKOFF_CAP_SECONDS : POD_BACKOFF_BASE_SECONDS * 2 ** (failures - 1);
}

/** All waits of `failures` failures that come one after the other, each with its own wait: seconds. */
export function podBackoffTotalSeconds(failures: number): number {
  const doubling = Math.min(Math.max(failures, 0), 6);
  return POD_BACKOFF_BASE_SECONDS * (2 ** doubling - 1) + Math.max(failures - 6, 0) * POD_BACKOFF_CAP_SECONDS;
}

/**
 * How long the kubelet waits, in seconds, before the n-th restart (1-based) of a container in place: the first at once,
 * then 10 s doubling to 300 s.
 */
export function restartDelaySeconds(restart: number): number {
  if (restart <= 1) return 0;
  return restart > 6 ? RESTART_CAP_SECONDS : Math.min(10 * 2 ** (restart - 2), RESTART_CAP_SECONDS);
}

/** All waits before the first `restarts` restarts in place: seconds. */
export function restartTotalSeconds(restarts: number): number {
  let total = 0;
  for (let at = 1; at <= Math.min(restarts, 6); at++) total += restartDelaySeconds(at);
  return total + Math.max(restarts - 6, 0) * RESTART_CAP_SECONDS;
}
