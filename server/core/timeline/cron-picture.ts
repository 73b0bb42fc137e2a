import type { CronRun, CronTimeline } from './cron-timeline.ts';
import type { PodRun, Timeline } from './timeline.ts';

/** A CronJob's Jobs in the place of pods, so that whatever draws a timeline draws a CronJob too: one row a Job. */
export function cronAsTimeline(cron: CronTimeline): Timeline {
  const pods = cron.runs.map((run, ordinal): PodRun => {
    const finished = run.ended ?? run.deleted;
    return {
      ordinal,
      name: run.name,
      index: null,
      attempt: ordinal,
      created: run.created,
      scheduled: run.created,
      started: run.created,
      ready: null,
      deleting: null,
      finished,
      removed: run.deleted,
      phase: run.end === null ? 'Running' : run.end.startsWith('Complete') ? 'Succeeded' : 'Failed',
      exitCode: null,
      restarts: 0,
    };
  });
  return {
    name: cron.name,
    certainty: cron.certainty,
    origin: cron.origin,
    completionMode: 'NonIndexed',
    targets: [],
    pods,
    statuses: [],
    events: cron.events,
    waits: [],
    explanations: cron.explanations,
    gaps: [],
    end: null,
    until: cron.until,
  };
}

/** What became of a Job, and in which words. */
const ENDS: readonly (readonly [word: string, test: (run: CronRun) => boolean])[] = [
  ['complete', ({ end }) => end?.startsWith('Complete') ?? false],
  ['failed', ({ end }) => end?.startsWith('Failed') ?? false],
  ['deleted before the end', ({ end, deleted }) => end === null && deleted !== null],
  ['still running', ({ end, deleted }) => end === null && deleted === null],
];

/** What became of the Jobs, in one sentence that names only what there is. */
export function cronWords({ runs }: CronTimeline): string {
  const parts = ENDS.flatMap(([word, test]) => {
    const count = runs.filter(test).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return parts.length === 0 ? 'No Job is made.' : `${parts.join(', ')}.`;
}

/** What a CronJob did, in one sentence. */
export function cronSentence(cron: CronTimeline): string {
  const { length } = cron.runs;
  return length === 0 ? 'Makes no Job.' : `Makes ${length} ${length === 1 ? 'Job' : 'Jobs'}: ${cronWords(cron)}`;
}
