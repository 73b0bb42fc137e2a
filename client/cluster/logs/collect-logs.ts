import * as l10n from '@vscode/l10n';
import type { IncidentLog } from '../../../server/core/incident/incident-report.ts';
import type { Pod } from '../../../server/core/timeline/observed-objects.ts';
import type { Transport } from '../client.ts';
import { logBook } from './log-book.ts';
import { readPodLog } from './pod-log.ts';

/** Of so many pods logs are read, the failed and the youngest first. */
const PODS = 50;
/** The last lines of each. */
const LINES = 200;
/** Logs read at the same moment. */
const AT_ONCE = 8;

/** The last lines of the logs of a Job's pods, those before a restart included. What cannot be read says why. */
export async function collectLogs(
  transport: Transport,
  namespace: string,
  pods: readonly Pod[],
  signal: AbortSignal,
): Promise<IncidentLog[]> {
  const wanted = [...pods].sort((a, b) => rank(a) - rank(b) || (created(a) < created(b) ? 1 : -1)).slice(0, PODS);
  const sources = wanted.flatMap((pod) =>
    [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].flatMap(
      ({ name: container = '', state, restartCount = 0 }) => {
        const source = { namespace, pod: pod.metadata.name, container, previous: false };
        const started = state?.running !== undefined || state?.terminated !== undefined;
        return [...(restartCount > 0 ? [{ ...source, previous: true }] : []), ...(started ? [source] : [])];
      },
    ),
  );
  const logs: IncidentLog[] = [];
  const next = sources.entries();
  const reader = async (): Promise<void> => {
    for (const [place, source] of next) {
      const book = logBook();
      const problem = await readPodLog(
        transport,
        source,
        { follow: false, tail: LINES, idle: 0 },
        { at: null, same: [] },
        (lines) => book.append({ ...source, index: null }, lines),
        signal,
      );
      const notes = [
        ...(source.previous ? [l10n.t('Before the last restart.')] : []),
        ...(book.lines >= LINES ? [l10n.t('Only the last {0} lines.', LINES)] : []),
        ...(problem === null ? [] : [problem.message]),
      ];
      logs[place] = {
        pod: source.pod,
        container: source.container,
        text: book.text({ timestamps: true, prefixes: false }),
        ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
      };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return logs;
}

function rank({ status }: Pod): number {
  return status?.phase === 'Failed' ? 0 : status?.phase === 'Succeeded' ? 2 : 1;
}

function created({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
