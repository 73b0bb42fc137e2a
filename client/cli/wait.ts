import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import { sayDuration } from '../../server/core/kubernetes/duration-words.ts';
import type { WatchEnd } from '../cluster/cluster.ts';
import { readArguments } from './arguments.ts';
import { WAIT_OPTIONS } from './command-table.ts';
import { connectTo, jobNameOf, readTimeout, sayProblem } from './cluster-options.ts';
import { CommandError, DONE, FOUND, UNABLE, type Command, type Io } from './io.ts';
import { plain } from './plain.ts';

/** Waits until a Job has ended, and says how: exit status 0 for Complete, 1 for Failed or deleted, 2 for neither. */
export const run: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, WAIT_OPTIONS);
  const name = positionals.length === 1 ? jobNameOf(positionals[0] ?? '') : null;
  if (name === null) throw new CommandError('wait needs one job/NAME');
  const timeout = readTimeout(values.timeout);
  const { connection, reference } = await connectTo(name, values, io);
  const { watchJob } = await import('../cluster/cluster.ts');
  const abort = new AbortController();
  const timer = timeout === null ? undefined : setTimeout(() => abort.abort(), timeout * 1000);
  try {
    const said = new Set<string>();
    const complain = (text: string): void => {
      // The same trouble again and again is one trouble.
      if (said.has(text)) return;
      said.add(text);
      void io.complain(`jobwright: ${plain(text)}\n`);
    };
    const nothing = (): void => undefined;
    const end = await watchJob(
      connection,
      reference,
      nothing,
      (problem) => complain(sayProblem(problem)),
      abort.signal,
    );
    return await report(end, values.format === 'json', timeout, io);
  } finally {
    clearTimeout(timer);
    connection.close();
  }
};

const STATUS: Readonly<Record<WatchEnd['outcome'], number>> = {
  Complete: DONE,
  Failed: FOUND,
  // It will never be complete, so whoever waits for that has the answer.
  Deleted: FOUND,
  NotFound: UNABLE,
  Stopped: UNABLE,
  Problem: UNABLE,
};

/** More than a screen holds is what `why` is for. */
const FINDINGS_SHOWN = 5;

async function report(end: WatchEnd, json: boolean, timeout: number | null, io: Io): Promise<number> {
  const { outcome, timeline, snapshot } = end;
  const findings = snapshot === null ? [] : diagnose(snapshot);
  const isTimeout = outcome === 'Stopped' && timeout !== null;
  const message = isTimeout ? `The Job has not ended within ${sayDuration(timeout)}.` : end.message;
  if (json) {
    const { status } = timeline?.statuses.findLast(({ status: counts }) => 'active' in counts) ?? {};
    const answer = {
      outcome: isTimeout ? 'Timeout' : outcome,
      reason: timeline?.end?.reason ?? end.problem?.reason ?? '',
      message,
      seconds: timeline?.end?.t ?? null,
      status: status ?? null,
      findings,
    };
    await io.write(`${JSON.stringify(answer, undefined, 2)}\n`);
  } else if (outcome === 'Complete' || outcome === 'Failed') {
    const seconds = timeline?.end?.t;
    await io.write(`${plain(message)}${seconds === undefined ? '' : ` It took ${sayDuration(seconds)}.`}\n`);
  } else if (STATUS[outcome] !== DONE) await io.complain(`jobwright: ${plain(message)}\n`);
  if (json || outcome === 'Complete') return STATUS[outcome];
  // What went wrong besides the one line; of a Job that goes on, also why it is not done.
  const telling = findings.filter(
    ({ severity, rule }) => (isTimeout || severity !== 'information') && rule !== 'why/failed',
  );
  for (const { summary } of telling.slice(0, FINDINGS_SHOWN)) await io.complain(`  ${plain(summary)}\n`);
  return STATUS[outcome];
}
