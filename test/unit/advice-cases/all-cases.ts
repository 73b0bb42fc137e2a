import type { AdviceCase } from './advice-case.ts';
import { COMPLETIONS_CASES } from './completions.ts';
import { CONTAINERS_CASES } from './containers.ts';
import { CRON_JOB_CASES } from './cron-job.ts';
import { JOB_CASES } from './job.ts';
import { POD_FAILURE_POLICY_CASES } from './pod-failure-policy.ts';
import { PODS_CASES } from './pods.ts';
import { RETRIES_CASES } from './retries.ts';

/** By the rule's id. */
export const ADVICE_CASES: Readonly<Record<string, AdviceCase>> = {
  ...COMPLETIONS_CASES,
  ...CONTAINERS_CASES,
  ...CRON_JOB_CASES,
  ...JOB_CASES,
  ...POD_FAILURE_POLICY_CASES,
  ...PODS_CASES,
  ...RETRIES_CASES,
};
