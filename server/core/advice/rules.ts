import { ANNOTATION_NOT_ON_POD } from './annotation-not-on-pod.ts';
import { COMPLETIONS_FORGOTTEN } from './completions-forgotten.ts';
import { CONTAINER_RESTARTS_ALWAYS } from './container-restarts-always.ts';
import { CRON_BOTH_DAYS } from './cron-both-days.ts';
import { CRON_CLOCK_CHANGE } from './cron-clock-change.ts';
import { CRON_IMPOSSIBLE_DATE } from './cron-impossible-date.ts';
import { CRON_JOBS_REFUSED } from './cron-jobs-refused.ts';
import { CRON_UNEVEN_STEP } from './cron-uneven-step.ts';
import { DEADLINE_BELOW_RETRIES } from './deadline-below-retries.ts';
import { DEADLINE_ON_POD_ONLY } from './deadline-on-pod-only.ts';
import { DISRUPTION_FAILS_JOB } from './disruption-fails-job.ts';
import { ENDLESS_SIDECAR } from './endless-sidecar.ts';
import { EXIT_CODES_NOT_TOLD_APART } from './exit-codes-not-told-apart.ts';
import { FAILED_HISTORY_ZERO } from './failed-history-zero.ts';
import { FAILURE_POLICY_REVERSED } from './failure-policy-reversed.ts';
import { FAILURES_TOGETHER } from './failures-together.ts';
import { GRACE_TOO_SHORT } from './grace-too-short.ts';
import { HOST_NAME_TOO_LONG } from './host-name-too-long.ts';
import { IGNORED_EXIT_CODE } from './ignored-exit-code.ts';
import { IMAGE_TAG } from './image-tag.ts';
import { IMPOSSIBLE_EXIT_CODE } from './impossible-exit-code.ts';
import { IMPOSSIBLE_IMAGE } from './impossible-image.ts';
import { IMPOSSIBLE_NAME } from './impossible-name.ts';
import { INDEX_NEVER_READ } from './index-never-read.ts';
import { INDEX_NOT_EXPANDED, INDEX_VARIABLE_SET } from './index-variable.ts';
import { LEFT_UNSET } from './left-unset.ts';
import { MATCHES_NO_NODE } from './matches-no-node.ts';
import { MISSING_KEY } from './missing-key.ts';
import { NEVER_STARTS } from './never-starts.ts';
import { ON_FAILURE_LIMIT } from './on-failure-limit.ts';
import { ON_FAILURE_LOSES_LOGS } from './on-failure-loses-logs.ts';
import { PARALLELISM_CAPPED } from './parallelism-capped.ts';
import { PER_INDEX_ON_FAILURE } from './per-index-on-failure.ts';
import { PODS_OVERLAP } from './pods-overlap.ts';
import { POD_SECURITY } from './pod-security.ts';
import type { AdviceRule } from './rule.ts';
import { SCHEDULING_DROPPED } from './scheduling-dropped.ts';
import { SHARED_RETRIES } from './shared-retries.ts';
import { SHELL_KEEPS_TERM } from './shell-keeps-term.ts';
import { SIDECAR_USES_RETRIES } from './sidecar-uses-retries.ts';
import { SPOT_USES_RETRIES } from './spot-uses-retries.ts';
import { STARTING_DEADLINE_SHORT } from './starting-deadline-short.ts';
import { SYNCED_JOB } from './synced-job.ts';
import { TTL_ZERO } from './ttl-zero.ts';
import { UNREACHABLE_RULE } from './unreachable-rule.ts';
import { WAITS_FOR_LOST_NODE } from './waits-for-lost-node.ts';

/** All advice, in the order in which its page lists it: what goes wrong first, what is merely absent last. */
export const ADVICE_RULES: readonly AdviceRule[] = [
  PARALLELISM_CAPPED,
  COMPLETIONS_FORGOTTEN,
  INDEX_NEVER_READ,
  INDEX_VARIABLE_SET,
  INDEX_NOT_EXPANDED,
  FAILURE_POLICY_REVERSED,
  UNREACHABLE_RULE,
  IMPOSSIBLE_EXIT_CODE,
  PER_INDEX_ON_FAILURE,
  ON_FAILURE_LIMIT,
  ENDLESS_SIDECAR,
  ANNOTATION_NOT_ON_POD,
  PODS_OVERLAP,
  POD_SECURITY,
  SCHEDULING_DROPPED,
  CONTAINER_RESTARTS_ALWAYS,
  NEVER_STARTS,
  MATCHES_NO_NODE,
  MISSING_KEY,
  IMPOSSIBLE_NAME,
  IMPOSSIBLE_IMAGE,
  HOST_NAME_TOO_LONG,
  CRON_JOBS_REFUSED,
  CRON_IMPOSSIBLE_DATE,
  CRON_BOTH_DAYS,
  CRON_UNEVEN_STEP,
  IGNORED_EXIT_CODE,
  DISRUPTION_FAILS_JOB,
  EXIT_CODES_NOT_TOLD_APART,
  FAILURES_TOGETHER,
  SHARED_RETRIES,
  SIDECAR_USES_RETRIES,
  SPOT_USES_RETRIES,
  SYNCED_JOB,
  GRACE_TOO_SHORT,
  SHELL_KEEPS_TERM,
  WAITS_FOR_LOST_NODE,
  DEADLINE_BELOW_RETRIES,
  DEADLINE_ON_POD_ONLY,
  STARTING_DEADLINE_SHORT,
  CRON_CLOCK_CHANGE,
  TTL_ZERO,
  FAILED_HISTORY_ZERO,
  ON_FAILURE_LOSES_LOGS,
  IMAGE_TAG,
  LEFT_UNSET,
];
