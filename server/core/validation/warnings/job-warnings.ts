import type { JobSpec, ObjectMeta } from '../../kubernetes/generated/types.ts';
import { dnsLabelProblems } from '../../kubernetes/names.ts';
import type { FieldPath } from '../../manifest/path.ts';
import { effectiveName } from '../metadata.ts';
import type { Report } from '../report.ts';
import { warnAt, warnOfPodTemplate } from './pod-warnings.ts';

const MANY_COMPLETIONS = 100_000;
const MANY_PODS = 10_000;

/** What the server warns of when it accepts a Job or CronJob; `spec` is the Job's, with its defaults, and `at` its path. */
export function warnOfJob(metadata: ObjectMeta | undefined, spec: JobSpec, at: FieldPath, report: Report): void {
  const problems = dnsLabelProblems(effectiveName(metadata));
  if (problems.length > 0)
    warnAt(
      ['metadata', 'name'],
      `this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`,
      report,
    );
  const { completions = 0, completionMode, parallelism = 0, template = {} } = spec;
  if (completionMode === 'Indexed' && completions > MANY_COMPLETIONS && parallelism > MANY_PODS)
    warnAt(
      at,
      'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail',
      report,
    );
  warnOfPodTemplate(template, [...at, 'template'], report);
}
