import type { Job } from '../../core/kubernetes/generated/types.ts';
import { matchFailurePolicy } from '../../core/kubernetes/failure-policy.ts';
import { sayDuration } from '../../core/kubernetes/duration-words.ts';
import type { Forecast } from '../../core/forecast/forecast.ts';
import {
  countOf,
  sayFailureAction,
  sayFailureMatch,
  sayParallelism,
  sayRetries,
  saySuccessRule,
  sayUnreachable,
  sayWork,
  sayWorstCase,
} from '../../core/forecast/words.ts';

/** What a hover about a Job's field knows. */
export interface JobHover {
  /** As decoded; of a CronJob, the Job that its template describes. */
  readonly job: Job;
  readonly forecast: Forecast;
  /** Name that the Job's pods begin with: `backup`, or `backup-<time>` for a CronJob's Jobs; empty if not named yet. */
  readonly name: string;
  /** 0-based rule that the field belongs to, in podFailurePolicy or successPolicy; null outside of them. */
  readonly rule: number | null;
  /** The scalar under the cursor, when it stands on one. */
  readonly value: string | number | bigint | boolean | null;
}

/** Sentences in plain text about what a field means for this very Job. */
type Teller = (hover: JobHover) => readonly string[];

/** By API object and field. A field that is not here has no more to say than its documentation. */
export const JOB_TELLERS: Readonly<Record<string, Teller>> = {
  'Job.kind': tellJob,
  'Job.spec': tellJob,
  'JobTemplateSpec.spec': tellJob,
  'CronJobSpec.jobTemplate': tellJob,
  'JobSpec.parallelism': ({ forecast }) => [sayParallelism(forecast)],
  'JobSpec.completions': ({ forecast }) => [sayWork(forecast), sayParallelism(forecast)],
  'JobSpec.completionMode': tellCompletionMode,
  'JobSpec.backoffLimit': tellBackoffLimit,
  'JobSpec.backoffLimitPerIndex': ({ forecast }) => [...sayRetries(forecast), ...sayWorstCase(forecast)],
  'JobSpec.maxFailedIndexes': tellMaxFailedIndexes,
  'JobSpec.activeDeadlineSeconds': ({ forecast }) => sayWorstCase(forecast),
  'JobSpec.ttlSecondsAfterFinished': tellTtl,
  'JobSpec.suspend': ({ forecast }) =>
    forecast.suspended
      ? ['This Job makes no pods until suspend is false; activeDeadlineSeconds counts from then.']
      : ['Set to true later, its running pods are deleted; they count neither as failed nor as succeeded.'],
  'JobSpec.podReplacementPolicy': tellReplacement,
  'JobSpec.managedBy': ({ forecast }) =>
    forecast.foreignController === null
      ? ['Kubernetes’ own Job controller looks after this Job.']
      : [
          `Kubernetes’ own Job controller does nothing for this Job: ${forecast.foreignController} must. Pods, retries and deadlines are up to that controller.`,
        ],
  'JobSpec.podFailurePolicy': tellFailureRules,
  'PodFailurePolicy.rules': tellFailureRules,
  'PodFailurePolicyRule.action': tellFailureRule,
  'PodFailurePolicyRule.onExitCodes': tellFailureRule,
  'PodFailurePolicyRule.onPodConditions': tellFailureRule,
  'PodFailurePolicyOnExitCodesRequirement.containerName': tellFailureRule,
  'PodFailurePolicyOnExitCodesRequirement.operator': tellFailureRule,
  'PodFailurePolicyOnExitCodesRequirement.values': tellExitCode,
  'PodFailurePolicyOnPodConditionsPattern.type': tellFailureRule,
  'PodFailurePolicyOnPodConditionsPattern.status': tellFailureRule,
  'JobSpec.successPolicy': tellSuccessRules,
  'SuccessPolicy.rules': tellSuccessRules,
  'SuccessPolicyRule.succeededIndexes': tellSuccessRule,
  'SuccessPolicyRule.succeededCount': tellSuccessRule,
  'PodSpec.restartPolicy': ({ forecast }) => sayRetries(forecast),
  'PodSpec.activeDeadlineSeconds': tellPodDeadline,
  'PodSpec.terminationGracePeriodSeconds': tellGrace,
};

function tellJob({ forecast }: JobHover): readonly string[] {
  return [sayWork(forecast), sayParallelism(forecast), ...sayRetries(forecast), ...sayWorstCase(forecast)];
}

function tellCompletionMode(hover: JobHover): readonly string[] {
  const { work } = hover.forecast;
  if (work.kind !== 'indexes' || work.completions === 0) return [sayWork(hover.forecast)];
  const name = hover.name === '' ? 'name' : hover.name;
  const last = work.completions - 1;
  const hosts = last === 0 ? `${name}-0` : `${name}-0 to ${name}-${last}`;
  return [
    sayWork(hover.forecast),
    `Each container gets JOB_COMPLETION_INDEX (0 to ${last}) unless it sets that variable itself.`,
    `Host names are ${hosts}; pods are named ${name}-0-xxxxx and so on, with five random characters.`,
    'The index is also the annotation and label batch.kubernetes.io/job-completion-index of the pod.',
  ];
}

function tellBackoffLimit({ forecast }: JobHover): readonly string[] {
  if (forecast.retries.by === 'index' && forecast.retries.wholeJobLimit === null)
    return ['Without effect in practice: backoffLimitPerIndex decides.', ...sayRetries(forecast)];
  return [...sayRetries(forecast), ...sayWorstCase(forecast)];
}

function tellMaxFailedIndexes({ forecast }: JobHover): readonly string[] {
  const most = forecast.retries.maxFailedIndexes;
  if (most === null) return [];
  const all = forecast.work.kind === 'indexes' ? ` of ${forecast.work.completions}` : '';
  return [
    most === 0
      ? 'The first failed index ends the Job.'
      : `${countOf(most, 'index', 'indexes')}${all} may fail; one more ends the Job at once.`,
  ];
}

function tellTtl({ forecast }: JobHover): readonly string[] {
  const ttl = forecast.spec.ttlSecondsAfterFinished;
  if (ttl === undefined) return [];
  if (ttl === 0) return ['This Job is deleted as soon as it ends: neither logs nor reasons can be read afterwards.'];
  return [`This Job, its pods and their logs are deleted ${sayDuration(ttl)} after its end.`];
}

function tellReplacement({ forecast }: JobHover): readonly string[] {
  return forecast.spec.podReplacementPolicy === 'Failed'
    ? ['A pod that is deleted or evicted is replaced when it has ended: never two pods for the same work.']
    : ['A pod that is deleted or evicted is replaced at once: for up to its grace period both may run.'];
}

function tellFailureRules({ forecast }: JobHover): readonly string[] {
  const rules = forecast.spec.podFailurePolicy?.rules ?? [];
  if (rules.length === 0) return ['There is no rule: every failure counts towards the limits.'];
  const told = forecast.failureRules.map((reading) => sayRule(forecast, reading.rule));
  return [...told, 'Any other failure counts towards the limits.'];
}

function sayRule(forecast: Forecast, at: number): string {
  const rule = forecast.spec.podFailurePolicy?.rules?.[at] ?? {};
  const reading = forecast.failureRules.find((each) => each.rule === at);
  const never = reading === undefined ? null : sayUnreachable(reading);
  return `Rule ${at}, ${sayFailureMatch(rule)}: ${sayFailureAction(rule.action ?? '')}.${never === null ? '' : ` ${never}`}`;
}

function tellFailureRule(hover: JobHover): readonly string[] {
  const { rule, forecast } = hover;
  if (rule === null || forecast.spec.podFailurePolicy?.rules?.[rule] === undefined) return [];
  const reading = forecast.failureRules.find((each) => each.rule === rule);
  const told = [sayRule(forecast, rule)];
  if (reading !== undefined && reading.unreachable === null)
    for (const [code, earlier] of reading.takenEarlier) told.push(`Rule ${earlier} takes exit code ${code} first.`);
  return told;
}

function tellExitCode(hover: JobHover): readonly string[] {
  const { rule, value, forecast } = hover;
  const requirement = rule === null ? undefined : forecast.spec.podFailurePolicy?.rules?.[rule]?.onExitCodes;
  if (typeof value !== 'number' || requirement === undefined) return tellFailureRule(hover);
  const told = [sayExitCode(value)];
  if (value !== 0 && value <= 255) {
    const container = requirement.containerName ?? forecast.spec.template?.spec?.containers?.[0]?.name ?? '';
    const match = matchFailurePolicy(forecast.spec.podFailurePolicy, {
      exitCodes: [{ container, exitCode: value }],
      conditions: [],
    });
    if (match === null) told.push(`No rule takes exit code ${value}: the failure counts towards the limits.`);
    else if (match.rule !== rule) told.push(`Rule ${match.rule} takes it: ${sayFailureAction(match.action)}.`);
  }
  return [...told, ...tellFailureRule(hover)];
}

const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL: out of memory, or not gone within its grace period',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM: asked to stop',
};

/** What an exit code usually tells. */
function sayExitCode(code: number): string {
  if (code === 0) return 'Exit code 0 is success; rules never look at it.';
  if (code > 255 || code < 0) return `No Linux process ends with ${code}: exit codes go from 0 to 255.`;
  if (code === 126) return 'Exit code 126: by convention of shells, the program was found and could not be run.';
  if (code === 127) return 'Exit code 127: by convention of shells, the program was not found.';
  const signal = SIGNALS[code - 128];
  if (signal !== undefined) return `Exit code ${code}: killed by signal ${code - 128} (${signal}).`;
  return `Exit code ${code}: the program’s own.`;
}

function tellSuccessRules({ forecast }: JobHover): readonly string[] {
  return forecast.successRules.map((reading) => `Rule ${reading.rule}: Complete ${saySuccessRule(reading)}.`);
}

function tellSuccessRule(hover: JobHover): readonly string[] {
  const reading = hover.forecast.successRules.find((each) => each.rule === hover.rule);
  return reading === undefined
    ? []
    : [`The Job is Complete ${saySuccessRule(reading)}; pods that still run are stopped.`];
}

function tellPodDeadline({ forecast }: JobHover): readonly string[] {
  const seconds = forecast.spec.template?.spec?.activeDeadlineSeconds;
  if (seconds === undefined) return [];
  const told = [`Each pod fails after ${sayDuration(seconds)}; the Job then retries it as any failed pod.`];
  const job = forecast.spec.activeDeadlineSeconds;
  if (job === undefined) told.push('The Job as a whole has no deadline of its own.');
  return told;
}

function tellGrace({ forecast }: JobHover): readonly string[] {
  const seconds = forecast.spec.template?.spec?.terminationGracePeriodSeconds;
  if (seconds === undefined) return [];
  return [
    `A pod that is stopped has ${sayDuration(seconds)} after SIGTERM; what still runs then is killed and ends with 137.`,
  ];
}
