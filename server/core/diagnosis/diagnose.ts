import { countOf } from '../forecast/words.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import type { Diagnosis, DiagnosisSeverity } from './diagnosis.ts';
import { explainDisruptions } from './disruptions.ts';
import { factsOf, type DiagnosisInput, type Facts } from './facts.ts';
import { explainFailedPods, explainFailurePolicy, explainOutOfMemory } from './failed-pods.ts';
import { explainCreation, explainManagedBy, explainParallelism, explainSuspension } from './held-back.ts';
import { explainDeletion, explainStuckPods, explainTtl } from './leftovers.ts';
import { explainOutcome } from './outcome.ts';
import {
  explainContainerConfig,
  explainCrashLoops,
  explainImages,
  explainLingeringContainers,
  explainScheduling,
  explainVolumes,
} from './pending-pods.ts';
import { explainBackoff, explainBackoffLimit, explainDeadline, explainFailedIndexes } from './retries.ts';

/** Every rule, in the order in which findings of one severity are told: what the Job says itself comes first. */
const RULES: readonly ((facts: Facts) => Diagnosis[])[] = [
  explainOutcome,
  explainDeletion,
  explainSuspension,
  explainManagedBy,
  explainCreation,
  explainScheduling,
  explainImages,
  explainContainerConfig,
  explainVolumes,
  explainCrashLoops,
  explainOutOfMemory,
  explainFailedPods,
  explainDisruptions,
  explainFailurePolicy,
  explainFailedIndexes,
  explainBackoff,
  explainBackoffLimit,
  explainDeadline,
  explainLingeringContainers,
  explainStuckPods,
  explainParallelism,
  explainTtl,
];

const OUTCOMES: ReadonlySet<string> = new Set(['why/failed', 'why/failing', 'why/complete', 'why/completing']);
/** Where one of these holds, it is the answer, and progress is none. */
const STANDING_STILL: ReadonlySet<string> = new Set([
  'why/suspended',
  'why/managed-by',
  'why/paused',
  'why/deleting',
  'why/deletion-stuck',
]);

const RANK: Readonly<Record<DiagnosisSeverity, number>> = { error: 0, warning: 1, information: 2 };

/**
 * Why a Job is where it is, the most telling first: how it ended or is ending, then errors, warnings, the rest. Never
 * empty: a Job of which there is nothing to explain runs, and that is said.
 */
export function diagnose(input: DiagnosisInput): Diagnosis[] {
  const facts = factsOf(input);
  const found = RULES.flatMap((rule) => rule(facts));
  const isOutcome = ({ rule }: Diagnosis): boolean => OUTCOMES.has(rule);
  const ranked = found
    .map((diagnosis, place) => ({ diagnosis, place }))
    .sort(
      (a, b) =>
        Number(isOutcome(b.diagnosis)) - Number(isOutcome(a.diagnosis)) ||
        RANK[a.diagnosis.severity] - RANK[b.diagnosis.severity] ||
        a.place - b.place,
    )
    .map(({ diagnosis }) => diagnosis);
  return ranked.some(({ rule }) => OUTCOMES.has(rule) || STANDING_STILL.has(rule))
    ? ranked
    : [...ranked, progress(facts)];
}

/** Where a Job is that simply runs. */
function progress({ job, spec, status, active }: Facts): Diagnosis {
  const done = status.succeeded ?? 0;
  const goal =
    spec.completions === undefined
      ? 'one success of a work queue'
      : countOf(spec.completions, 'completion', 'completions');
  const ready = status.ready ?? 0;
  const started = status.startTime === undefined && jobCondition(job, 'Suspended') === undefined;
  return {
    rule: 'why/running',
    severity: 'information',
    summary: started
      ? 'The Job controller has not taken the Job up yet.'
      : `The Job runs: ${done} of ${goal}, ${countOf(status.active ?? active.length, 'pod', 'pods')} active, ${ready} ready.`,
    evidence: [
      {
        object: `job/${job.metadata.name}`,
        field: 'status',
        text: `active ${status.active ?? 0}, ready ${ready}, succeeded ${done}, failed ${status.failed ?? 0}`,
      },
    ],
  };
}
