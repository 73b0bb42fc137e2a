import type { CronTimeline } from './cron-timeline.ts';
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

/** What a CronJob did, in one sentence. */
export function cronSentence({ runs }: CronTimeline): string {
  const count = (test: (end: string | null) => boolean): number => runs.filter(({ end }) => test(end)).length;
  const complete = count((end) => end?.startsWith('Complete') ?? false);
  const failed = count((end) => end?.startsWith('Failed') ?? false);
  const cut = runs.filter(({ end, deleted }) => end === null && deleted !== null).length;
  const going = runs.length - complete - failed - cut;
  return `Makes ${runs.length} ${runs.length === 1 ? 'Job' : 'Jobs'}: ${complete} complete, ${failed} failed, ${cut} deleted unfinished, ${going} not ended.`;
}
