import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { formatPath, type FieldPath } from '../manifest/path.ts';
import type { Finding } from '../validation/finding.ts';
import { judgeCronJob, judgeJob } from '../validation/verdict.ts';
import { HOST_NAME_TOO_LONG } from './host-name-too-long.ts';
import type { Advice, AdviceRule } from './rule.ts';

/** The controller appends the minute since 1970: eight digits until the year 2160. */
const MINUTE = '-29000000';

export const CRON_JOBS_REFUSED: AdviceRule = {
  id: 'advice/cron-jobs-refused',
  title: 'CronJob whose Jobs would be refused',
  why: 'A CronJob is accepted without a look at the metadata of its template and at the names that its Jobs will get; each Job is judged when its time comes. One that the server refuses is never made: the CronJob stays, says FailedCreate at every run, and nothing else happens.',
  severity: 'warning',
  group: 'correctness',
  fixable: false,
  judgeCronJob(cronJob) {
    if ((cronJob.metadata?.name ?? '') === '') return [];
    const own = judgeCronJob(cronJob);
    // What is refused already, or said by the rule about host names, is not said again.
    if (own.some(({ severity }) => severity === 'error')) return [];
    const known = HOST_NAME_TOO_LONG.judgeCronJob?.(cronJob) ?? [];
    const said = new Set(known.map(({ path }) => formatPath(path)));
    const advice: Advice[] = [];
    for (const finding of judgeJob(jobOf(cronJob))) {
      const path = pathOf(finding.path);
      const place = formatPath(path);
      if (finding.severity !== 'error' || said.has(place)) continue;
      said.add(place);
      advice.push({ path, message: `Every Job of this CronJob would be refused: ${sentence(finding)}` });
    }
    return advice;
  },
};

/** The Job that the controller makes. */
function jobOf({ metadata, spec }: CronJob): Job {
  const template = spec?.jobTemplate;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: `${metadata?.name ?? ''}${MINUTE}`,
      labels: template?.metadata?.labels,
      annotations: template?.metadata?.annotations,
    },
    spec: template?.spec,
  };
}

/** Where the CronJob has what the Job has at a path. */
function pathOf(path: FieldPath): FieldPath {
  return path[0] === 'metadata' && path[1] === 'name' ? path : ['spec', 'jobTemplate', ...path];
}

function sentence({ path, message }: Finding): string {
  return `${formatPath(path)}: ${message.replace(/\.$/, '')}.`;
}
