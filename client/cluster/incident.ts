import * as l10n from '@vscode/l10n';
import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import { incidentOf, type Incident, type IncidentLog } from '../../server/core/incident/incident-report.ts';
import { observedTimeline } from '../../server/core/timeline/observed-timeline.ts';
import { observe, UNOBSERVED } from '../../server/core/timeline/observed.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import type { Connection } from './connection.ts';
import { collectLogs } from './logs/collect-logs.ts';
import { success, type Result } from './problem.ts';
import { readJobView } from './snapshot.ts';
import type { JobReference, JobSnapshot } from './watch-job.ts';

/** What was seen of the Job before: a watch knows its history, and knows it still when the Job is gone. */
export interface SeenBefore {
  readonly timeline: Timeline;
  readonly snapshot: JobSnapshot;
}

/**
 * Gathers all that is known of a Job (itself, pods, events, last lines of the logs, why it is where it is) into one
 * report and one recording, with what may be a secret masked. Secrets are not asked for.
 *
 * @param kept logs that were read earlier, of pods that may be gone now
 */
export async function gatherIncident(
  connection: Connection,
  reference: JobReference,
  seen: SeenBefore | null,
  kept: readonly IncidentLog[],
  signal: AbortSignal,
): Promise<Result<Incident>> {
  const view = await readJobView(connection, reference, signal);
  const isSame = view.ok && (seen === null || view.value.snapshot.job.metadata.uid === seen.snapshot.job.metadata.uid);
  if (!view.ok && seen === null) return view;
  const snapshot = isSame ? view.value.snapshot : seen!.snapshot;
  const missing = view.ok ? view.value.problems.map(({ message }) => message) : [view.problem.message];
  if (!isSame) missing.push(l10n.t('The Job is gone; this is how it was last seen.'));
  const logs = await collectLogs(connection.transport, reference.namespace, snapshot.pods, signal);
  const read = new Set(logs.filter(({ text }) => text !== '').map(({ pod, container }) => `${pod}/${container}`));
  const incident = incidentOf({
    ...snapshot,
    timeline: seen?.timeline ?? timelineOf(snapshot),
    findings: diagnose(snapshot),
    logs: [
      ...logs.filter(
        ({ pod, container, text }) =>
          text !== '' || !kept.some((log) => log.pod === pod && log.container === container),
      ),
      ...kept.filter(({ pod, container }) => !read.has(`${pod}/${container}`)),
    ],
    missing,
    context: connection.context,
  });
  return success(incident);
}

/** The timeline as one look at the Job tells it. */
export function timelineOf({ job, pods, events, now }: JobSnapshot): Timeline {
  const run = observe(UNOBSERVED, [
    { kind: 'job', job, at: now, live: false },
    { kind: 'pods', pods, at: now, since: null },
    ...events.map((event) => ({ kind: 'event', event, at: now }) as const),
    { kind: 'contact', at: now },
  ]);
  return observedTimeline(run)!;
}
