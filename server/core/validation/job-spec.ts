import type { JobSpec } from '../kubernetes/generated/types.ts';
import { domainPathProblems } from '../kubernetes/names.ts';
import { byteLength } from '../kubernetes/text.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkPodFailurePolicy } from './pod-failure-policy.ts';
import { checkPodTemplate } from './pod-template.ts';
import type { Report } from './report.ts';
import { checkRestartPolicy } from './restart-policy.ts';
import { checkSuccessPolicy } from './success-policy.ts';

const COMPLETION_MODES = ['NonIndexed', 'Indexed'];
const REPLACEMENT_POLICIES = ['Failed', 'TerminatingOrFailed'];
const MOST_INDEXED_PARALLELISM = 100_000;
const MOST_FAILED_INDEXES = 100_000;
/** Above this many completions a Job with backoffLimitPerIndex has to keep to the two limits after it. */
const MANY_COMPLETIONS = 100_000;
const MOST_PARALLELISM_OF_MANY = 10_000;
const MOST_FAILED_INDEXES_OF_MANY = 10_000;
const LONGEST_MANAGER = 63;

const NOT_NEGATIVE = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const satisfies readonly (keyof JobSpec)[];

/** A JobSpec with its defaults, of a Job or of a CronJob's jobTemplate; `at` is its path. The selector is job.ts's. */
export function checkJobSpec(spec: JobSpec, at: FieldPath, report: Report): void {
  for (const field of NOT_NEGATIVE) report.nonNegative([...at, field], spec[field]);
  checkManager(spec.managedBy, [...at, 'managedBy'], report);
  checkCompletionMode(spec, at, report);
  checkPodFailurePolicy(spec, [...at, 'podFailurePolicy'], report);
  checkSuccessPolicy(spec, spec.completions, [...at, 'successPolicy'], report);
  checkReplacementPolicy(spec, [...at, 'podReplacementPolicy'], report);
  checkPodTemplate(spec.template, [...at, 'template'], report);
  checkRestartPolicy(spec, [...at, 'template', 'spec', 'restartPolicy'], report);
}

function checkManager(manager: string | undefined, at: FieldPath, report: Report): void {
  if (manager === undefined) return;
  if (manager === '') report.required(at);
  else for (const { part, says } of domainPathProblems(manager)) report.invalid(at, part, says);
  if (byteLength(manager) > LONGEST_MANAGER) report.tooLong(at, LONGEST_MANAGER);
}

function checkCompletionMode(spec: JobSpec, at: FieldPath, report: Report): void {
  const { backoffLimitPerIndex, completionMode = 'NonIndexed', maxFailedIndexes } = spec;
  const place = [...at, 'completionMode'];
  if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined)
    report.required([...at, 'backoffLimitPerIndex'], 'when maxFailedIndexes is specified', {
      shownAt: [...at, 'maxFailedIndexes'],
      fixes: [
        {
          title: 'Add backoffLimitPerIndex: 1',
          edits: [{ kind: 'set', path: [...at, 'backoffLimitPerIndex'], value: 1 }],
        },
        { title: 'Remove maxFailedIndexes', edits: [{ kind: 'remove', path: [...at, 'maxFailedIndexes'] }] },
      ],
    });
  if (!COMPLETION_MODES.includes(completionMode)) report.notSupported(place, completionMode, COMPLETION_MODES);
  if (completionMode === 'Indexed') {
    checkIndexed(spec, at, report);
    return;
  }
  if (completionMode !== 'NonIndexed') return;
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
    if (spec[field] === undefined) continue;
    const fix = {
      title: 'Set completionMode to Indexed',
      edits: [{ kind: 'set', path: place, value: 'Indexed' }],
    } as const;
    report.invalid([...at, field], spec[field], 'requires indexed completion mode', { fixes: [fix] });
  }
}

function checkIndexed(spec: JobSpec, at: FieldPath, report: Report): void {
  const { completions, parallelism = 1, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const parallelismPath = [...at, 'parallelism'];
  const failedPath = [...at, 'maxFailedIndexes'];
  const atMost = (path: FieldPath, value: number, most: number, why: string): void => {
    if (value > most) report.invalid(path, value, `must be less than or equal to ${most}${why}`);
  };
  if (completions === undefined) missingCompletions(spec, [...at, 'completions'], report);
  atMost(parallelismPath, parallelism, MOST_INDEXED_PARALLELISM, ' when completion mode is Indexed');
  if (maxFailedIndexes !== undefined) {
    if (completions !== undefined && maxFailedIndexes > completions)
      report.invalid(failedPath, maxFailedIndexes, 'must be less than or equal to completions', {
        fixes: [
          {
            title: `Set maxFailedIndexes to ${completions}`,
            edits: [{ kind: 'set', path: failedPath, value: completions }],
            preferred: true,
          },
        ],
      });
    atMost(failedPath, maxFailedIndexes, MOST_FAILED_INDEXES, '');
  }
  if (completions === undefined || completions <= MANY_COMPLETIONS || backoffLimitPerIndex === undefined) return;
  const why = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  if (maxFailedIndexes === undefined)
    report.required(failedPath, `must be specified when completions is above ${MANY_COMPLETIONS}`);
  else atMost(failedPath, maxFailedIndexes, MOST_FAILED_INDEXES_OF_MANY, why);
  atMost(parallelismPath, parallelism, MOST_PARALLELISM_OF_MANY, why);
}

function missingCompletions(spec: JobSpec, at: FieldPath, report: Report): void {
  // Kubernetes 1.37 and older dereference the missing number while they check the success policy.
  const crash =
    spec.successPolicy === undefined ? '' : ' (some API servers crash on a successPolicy without completions)';
  const count = spec.parallelism ?? 1;
  report.required(at, `when completion mode is Indexed${crash}`, {
    shownAt: [...at.slice(0, -1), 'completionMode'],
    fixes: [{ title: `Add completions: ${count}`, edits: [{ kind: 'set', path: at, value: count }], preferred: true }],
  });
}

function checkReplacementPolicy(spec: JobSpec, at: FieldPath, report: Report): void {
  const policy = spec.podReplacementPolicy;
  const choices = spec.podFailurePolicy === undefined ? REPLACEMENT_POLICIES : ['Failed'];
  if (policy !== undefined && !choices.includes(policy)) report.notSupported(at, policy, choices);
}
