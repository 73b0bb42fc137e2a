/** Pods of a Job that no controller manages, made and changed by another process. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resourcePath, type Api } from './api.ts';

export interface ChurnOrder {
  readonly namespace: string;
  readonly job: { readonly name: string; readonly uid: string };
  readonly pods: number;
  /** Changes a second. */
  readonly rate: number;
  readonly seed: number;
}

export interface ChurnReport {
  readonly what: 'made' | 'resting';
  readonly changes: number;
}

export interface Churn {
  readonly job: { readonly name: string; readonly uid: string };
  go(): void;
  /** Resolves when nothing is under way any more. @returns changes so far */
  rest(): Promise<number>;
  stop(): Promise<void>;
}

/** Creates a Job that no controller manages, and its pods from another process. */
export async function startChurn(
  api: Api,
  wanted: Omit<ChurnOrder, 'job'> & { readonly name: string },
): Promise<Churn> {
  const { name, ...rest } = wanted;
  const made = await api.create(resourcePath('jobs', wanted.namespace), {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: {
      managedBy: 'jobwright.example/nobody',
      completionMode: 'Indexed',
      completions: wanted.pods,
      parallelism: wanted.pods,
      template: {
        spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'batch-worker:1.0' }] },
      },
    },
  });
  const job = { name, uid: made.metadata.uid };
  const child = fork(fileURLToPath(new URL('./churn-process.ts', import.meta.url)), { stdio: 'ignore' });
  const order: ChurnOrder = { ...rest, job };
  const { server, ...access } = api.access;
  const created = reportOf(child, 'made');
  child.send({ what: 'start', order, access, server: server.href });
  await created;
  return {
    job,
    go: () => void child.send({ what: 'go' }),
    async rest() {
      const resting = reportOf(child, 'resting');
      child.send({ what: 'rest' });
      return (await resting).changes;
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        child.kill('SIGKILL');
      }),
  };
}

function reportOf(child: ChildProcess, what: ChurnReport['what']): Promise<ChurnReport> {
  return new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error('the process that churns has ended'));
    const take = (report: ChurnReport): void => {
      if (report.what !== what) return;
      child.off('message', take);
      child.off('exit', failed);
      resolve(report);
    };
    child.on('message', take);
    child.once('exit', failed);
  });
}
