import { forecastJob } from '../forecast/forecast.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { within, type Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Finding } from '../validation/finding.ts';
import { MISSING_KEY, type KnownKeys } from './missing-key.ts';
import { POD_SECURITY, type PodSecurityLevel } from './pod-security.ts';
import type { Advice, AdviceRule } from './rule.ts';
import { ADVICE_RULES } from './rules.ts';

export interface AdviceContext {
  /** The CronJob that the Job is a template of. */
  readonly cronJob?: CronJob;
  /** Where the Job stands: empty for a Job, `spec.jobTemplate` in a CronJob. Paths of findings and fixes start there. */
  readonly prefix?: FieldPath;
  /** What the namespace enforces of its pods, where that is known. */
  readonly podSecurity?: PodSecurityLevel | null;
  /** The Job is one that a JobSet makes. */
  readonly inJobSet?: boolean;
  /** What is known of ConfigMaps and Secrets that its pods name. */
  readonly keysOf?: KnownKeys | null;
}

/** Where the Job of a CronJob stands. */
const JOB_TEMPLATE: FieldPath = ['spec', 'jobTemplate'];

/**
 * Advice about a Job: what the API server accepts and yet does not do what it seems to say, or is worth knowing. Never
 * of severity error, and in the order of the rules. Takes the Job as decoded.
 */
export function adviseJob(job: Job, context: AdviceContext = {}, all = ADVICE_RULES): Finding[] {
  const subject = {
    job,
    forecast: forecastJob(job),
    cronJob: context.cronJob ?? null,
    podSecurity: context.podSecurity ?? null,
    keysOf: context.keysOf ?? null,
  };
  // Another controller does with the Job what it likes.
  if (subject.forecast.foreignController !== null) return [];
  const prefix = context.prefix ?? [];
  const rules = context.inJobSet === true ? all.filter(({ inJobSets }) => inJobSets !== false) : all;
  return rules.flatMap((rule) => (rule.judgeJob?.(subject) ?? []).map((advice) => findingOf(rule, advice, prefix)));
}

/** Advice about a CronJob and the Job that its template describes. */
export function adviseCronJob(cronJob: CronJob, context: AdviceContext = {}, all = ADVICE_RULES): Finding[] {
  const own = all.flatMap((rule) => (rule.judgeCronJob?.(cronJob) ?? []).map((advice) => findingOf(rule, advice, [])));
  const template = cronJob.spec?.jobTemplate;
  const job: Job = { metadata: template?.metadata, spec: template?.spec };
  return [...own, ...adviseJob(job, { ...context, cronJob, prefix: JOB_TEMPLATE }, all)];
}

/** Advice about either. */
export function adviseObject(
  kind: 'Job' | 'CronJob',
  object: Job | CronJob,
  context: Pick<AdviceContext, 'podSecurity' | 'inJobSet' | 'keysOf'> = {},
  all: readonly AdviceRule[] = ADVICE_RULES,
): Finding[] {
  return kind === 'Job' ? adviseJob(object as Job, context, all) : adviseCronJob(object as CronJob, context, all);
}

/**
 * Advice about what a Job or CronJob refers to. Apart from the rest, which holds for a manifest alone: other files change
 * without it.
 */
export function adviseReferences(kind: 'Job' | 'CronJob', object: Job | CronJob, keysOf: KnownKeys): Finding[] {
  return adviseObject(kind, object, { keysOf }, [MISSING_KEY]);
}

/** Advice about what a namespace refuses whose level is known from elsewhere than the manifests. */
export function advisePodSecurity(
  kind: 'Job' | 'CronJob',
  object: Job | CronJob,
  podSecurity: PodSecurityLevel,
): Finding[] {
  return adviseObject(kind, object, { podSecurity }, [POD_SECURITY]);
}

function findingOf(rule: AdviceRule, advice: Advice, prefix: FieldPath): Finding {
  const fixes = (advice.fixes ?? []).map((fix) => prefixed(fix, prefix));
  return {
    rule: rule.id,
    type: 'Advice',
    severity: advice.severity ?? rule.severity,
    path: [...prefix, ...advice.path],
    message: advice.message,
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

function prefixed(fix: Fix, prefix: FieldPath): Fix {
  if (prefix.length === 0) return fix;
  return { ...fix, edits: fix.edits.map((edit) => within(prefix, edit)) };
}
