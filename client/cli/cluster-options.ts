import { readDuration } from '../../server/core/scenario/duration.ts';
import type { ClusterProblem, Connection, JobReference } from '../cluster/cluster.ts';
import { CommandError, type Io } from './io.ts';

export interface ClusterChoice {
  readonly namespace?: string | undefined;
  readonly context?: string | undefined;
  readonly kubeconfig?: string | undefined;
  /** True: programs that the kubeconfig names for credentials are not run. As kubectl does, they are otherwise. */
  readonly 'no-exec': boolean;
}

/** The Job that `job/NAME` names; null for anything else. */
export function jobNameOf(argument: string): string | null {
  return /^jobs?(?:\.batch)?\/(.+)$/.exec(argument)?.[1] ?? null;
}

/**
 * Connects as the options say. What a credential plugin says meanwhile (open this address) goes to `complain`. The
 * cluster's room is loaded only now: most commands never need it.
 * @throws CommandError with the one sentence that says what is missing
 */
export async function connectTo(
  name: string,
  choice: ClusterChoice,
  { complain }: Pick<Io, 'complain'>,
): Promise<{ readonly connection: Connection; readonly reference: JobReference }> {
  const { connect, loadKubeconfig } = await import('../cluster/cluster.ts');
  const { kubeconfig: file, context = null } = choice;
  const kubeconfig = await loadKubeconfig(file === undefined ? {} : { file });
  if (!kubeconfig.ok) throw new CommandError(sayProblem(kubeconfig.problem));
  const connected = await connect(kubeconfig.value, context, {
    allowExec: !choice['no-exec'],
    onPrompt: (text) => void complain(text),
  });
  if (!connected.ok) throw new CommandError(sayProblem(connected.problem));
  const connection = connected.value;
  return { connection, reference: { name, namespace: choice.namespace ?? connection.namespace } };
}

/** A problem in one line. When the next attempt comes is left out: it is soon, and each time another moment. */
export function sayProblem({ message, suggestion, retryIn }: ClusterProblem): string {
  const advice = suggestion === undefined ? '' : ` ${suggestion}`;
  return `${message}${advice}${retryIn === undefined ? '' : ' It is tried again.'}`;
}

/**
 * Seconds of `--timeout`.
 * @throws CommandError for something else than a positive duration
 */
export function readTimeout(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = readDuration(text);
  if (seconds === null || seconds <= 0)
    throw new CommandError(`--timeout ${text}: a duration such as 90s, 5m or 1h30m was expected`);
  return seconds;
}
