import type { PodFailurePolicyRule } from '../kubernetes/generated/types.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import type { FailureRuleReading } from './failure-rules.ts';
import type { Forecast } from './forecast.ts';
import type { RetryForecast } from './retries.ts';
import type { SuccessRuleReading } from './success-rules.ts';

/** Forecasts in plain sentences, without markup; names and values of the manifest stand in them as they are. */

/** How many pods run at once and why. */
export function sayParallelism({ parallelism, work, suspended }: Forecast): string {
  const { asked, peak, limit, waves, lastWave } = parallelism;
  const later = suspended ? ' The Job is suspended: no pod runs until suspend is false.' : '';
  if (limit === 'nothing to do') return 'No pod runs: completions is 0, so the Job is Complete at once.' + later;
  if (limit === 'paused') return 'No pod runs: parallelism 0 pauses the Job until it is raised.' + later;
  if (work.kind === 'queue')
    return `${upTo(peak)} until the first one succeeds; after that no new pod is made.${later}`;
  const capped =
    limit === 'completions'
      ? `, not ${asked}: there are never more pods than completions still missing (${work.completions})`
      : '';
  const rounds =
    waves === null || waves === 1
      ? ''
      : ` About ${waves} waves${sayLastWave(peak, lastWave)} if all pods take the same time.`;
  return `${upTo(peak)}${capped}.${rounds}${later}`;
}

function upTo(pods: number): string {
  return pods === 1 ? 'One pod at a time' : `Up to ${pods} pods at once`;
}

function sayLastWave(peak: number, lastWave: number | null): string {
  if (lastWave === null || lastWave === peak) return '';
  return lastWave === 1 ? ', the last with 1 pod,' : `, the last with ${lastWave} pods,`;
}

/** What has to be done until the Job is Complete. */
export function sayWork({ work, successRules }: Forecast): string {
  switch (work.kind) {
    case 'queue':
      return 'Completions is unset: the pods share a work queue. The Job is Complete when one pod has succeeded and all the others have ended; after the first success failed pods are not replaced.';
    case 'count':
      return work.completions === 0
        ? 'Nothing has to be done: the Job is Complete at once.'
        : `Complete when ${countOf(work.completions, 'pod has', 'pods have')} succeeded, whichever they are.`;
    case 'indexes': {
      if (work.completions === 0) return 'There is no index: the Job is Complete at once.';
      const all =
        work.completions === 1
          ? 'Complete when index 0 has succeeded.'
          : `Complete when each index from 0 to ${work.completions - 1} has succeeded once.`;
      return successRules.length === 0 ? all : `${all} A successPolicy rule may end it earlier.`;
    }
  }
}

/** Attempts, waits and what is counted. */
export function sayRetries({ retries, parallelism }: Forecast): readonly string[] {
  if (retries.by === 'containers') return sayRestarts(retries, parallelism.peak);
  if (retries.endless)
    return [`Failed pods are replaced practically without limit; the wait grows from 10 s to 10 min.`];
  const sentences: string[] = [];
  const who = retries.by === 'index' ? 'Each index' : 'Work that always fails';
  sentences.push(
    retries.limit === 0
      ? `${who} gets 1 attempt: the first failure is final.`
      : `${who} gets ${retries.attempts} attempts: waits of ${sayLadder(retries)} between them, ${sayDuration(retries.waits)} in all; the run time of the pods comes on top.`,
  );
  if (retries.by === 'pods') {
    sentences.push(
      `Failures of all pods count together${parallelism.peak > 1 || retries.limit > 0 ? '; a success resets the wait, not the count' : ''}.`,
    );
    const together = retries.together;
    if (together !== null)
      sentences.push(
        together.rounds === 1
          ? `If all ${parallelism.peak} pods fail together, that alone ends the Job.`
          : `If all ${parallelism.peak} pods fail together, ${together.rounds} such rounds end it, with ${sayDuration(together.waits)} of waiting.`,
      );
  } else {
    sentences.push(
      'The indexes do not share their attempts: when one has none left it is failed, the others go on, and the Job ends as Failed after them.',
    );
    if (retries.maxFailedIndexes !== null)
      sentences.push(
        `More than ${countOf(retries.maxFailedIndexes, 'failed index ends', 'failed indexes end')} the Job at once.`,
      );
    if (retries.wholeJobLimit !== null)
      sentences.push(
        `More than ${countOf(retries.wholeJobLimit, 'failed pod', 'failed pods')} in all end the Job, too (backoffLimit).`,
      );
  }
  return sentences;
}

function sayRestarts(retries: RetryForecast, peak: number): string[] {
  const sentences = [
    'restartPolicy OnFailure: the kubelet restarts a failed container inside its pod, the first time at once, then after 10 s doubling to 5 min.',
  ];
  if (retries.endless) sentences.push('The limit is so high that the restarts never end.');
  else {
    const counted = peak > 1 ? ' of all its running pods together' : '';
    sentences.push(
      retries.limit <= 1
        ? `The Job fails at the first restart${counted} (0 and 1 mean the same here): a container gets 1 run.`
        : `The Job fails as soon as the restarts${counted} reach ${retries.limit}, so ${peak > 1 ? 'a pod that fails alone' : 'a container'} gets ${retries.attempts} runs, ${sayDuration(retries.waits)} of waits.`,
    );
    sentences.push('The pod and its logs are deleted then.');
  }
  return sentences;
}

function sayLadder({ ladder, limit, by }: RetryForecast): string {
  const waits = by === 'containers' ? Math.max(limit, 1) - 1 : limit;
  const shown = ladder.slice(0, 7).map(sayDuration);
  return waits > shown.length ? `${shown.join(', ')} … (10 min is the most)` : shown.join(', ');
}

/** How long the Job and how many pods at worst. */
export function sayWorstCase({ worst, retries, suspended }: Forecast): readonly string[] {
  const sentences: string[] = [];
  if (worst.deadline !== null) {
    sentences.push(
      worst.deadline === 0
        ? 'activeDeadlineSeconds 0: the Job fails at once.'
        : `At the longest ${sayDuration(worst.deadline)} (activeDeadlineSeconds, from the start${suspended ? ' after the Job is resumed' : ''}); then its pods are stopped and the Job is Failed.`,
    );
    if (worst.deadlineCutsRetries)
      sentences.push(
        `The deadline comes before the retries are used up: they wait ${sayDuration(Math.min(retries.waits, retries.together?.waits ?? retries.waits))} alone.`,
      );
  } else if (worst.endless?.why === 'limit') {
    sentences.push('Nothing ends a Job that keeps failing: there is no activeDeadlineSeconds.');
  } else {
    sentences.push(
      `No time limit: up to ${sayDuration(worst.waits ?? retries.waits)} of waiting between retries, and the run time of the pods comes on top. A pod that never starts or never ends keeps the Job running.`,
    );
  }
  if (worst.endless?.why === 'ignore')
    sentences.push(
      `Failures that podFailurePolicy rule ${worst.endless.rule} ignores are retried ${worst.deadline === null ? 'without limit' : 'until then'}.`,
    );
  if (worst.pods !== null && worst.pods > 0)
    sentences.push(`At most ${countOf(worst.pods, 'pod is', 'pods are')} made.`);
  return sentences;
}

/** What a rule of podFailurePolicy matches: `exit code 1 or 42 of container worker`. */
export function sayFailureMatch(rule: PodFailurePolicyRule): string {
  const codes = rule.onExitCodes;
  if (codes !== undefined) {
    const values = codes.values ?? [];
    const which = codes.containerName === undefined ? 'any container' : `container ${codes.containerName}`;
    const listed = sayList(values.map(String), codes.operator === 'NotIn' ? 'and' : 'or');
    if (codes.operator === 'NotIn')
      return `an exit code of ${which} other than 0${values.length === 0 ? '' : ` and ${listed}`}`;
    return `exit code ${listed} of ${which}`;
  }
  const conditions = (rule.onPodConditions ?? []).map((pattern) => {
    const status = pattern.status ?? 'True';
    return status === 'True' ? (pattern.type ?? '') : `${pattern.type ?? ''}=${status}`;
  });
  return `pod condition ${sayList(conditions, 'or')}`;
}

/** What the action of a rule does to the Job. */
export function sayFailureAction(action: string): string {
  switch (action) {
    case 'FailJob':
      return 'the whole Job fails at once; its other pods are stopped';
    case 'FailIndex':
      return 'this index fails without a further attempt; the other indexes go on';
    case 'Ignore':
      return 'the failure is not counted; the pod is replaced after the usual wait, without limit';
    case 'Count':
      return 'the failure counts towards backoffLimit, as it would without a rule';
    default:
      return 'unknown action';
  }
}

/** Why a rule never decides, or null when it can. */
export function sayUnreachable(reading: FailureRuleReading): string | null {
  if (reading.unreachable === null) return null;
  if (reading.unreachable.why === 'exit codes')
    return 'Never matches: a process ends with an exit code from 0 to 255, and 0 is not a failure.';
  const by = reading.unreachable.by;
  return `Never decides: ${by.length === 1 ? 'rule' : 'rules'} ${sayList(by.map(String), 'and')} before it ${by.length === 1 ? 'takes' : 'take'} all that it names.`;
}

/** When a rule of successPolicy ends the Job. */
export function saySuccessRule({ among, needed, total }: SuccessRuleReading): string {
  if (among === null) return `as soon as ${countOf(needed, 'index has', 'indexes have')} succeeded, of ${total}`;
  if (needed >= total && total > 0)
    return total === 1
      ? `as soon as index ${among} has succeeded`
      : `as soon as all of the indexes ${among} have succeeded`;
  return `as soon as ${needed} of the ${total} indexes ${among} ${needed === 1 ? 'has' : 'have'} succeeded`;
}

/** `1 pod is`, `3 pods are`. */
export function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function sayList(items: readonly string[], last: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items[items.length - 1] ?? ''}`;
}
