/** Watches a Job in a process of its own, so that what it costs is its own, too. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Kubeconfig } from '../../client/cluster/cluster.ts';

export interface WatchOrder {
  readonly kubeconfig: Kubeconfig;
  readonly namespace: string;
  readonly name: string;
}

export type WatchQuestion =
  { readonly what: 'start'; readonly order: WatchOrder } | { readonly what: 'begin' | 'end' | 'pods' };

export interface WatchAnswer {
  readonly what: WatchQuestion['what'];
  readonly value: unknown;
}

/** Memory in bytes beyond that of the process before it watched; event-loop delay in milliseconds. */
export interface WatchCosts {
  readonly most: number;
  /** After garbage was collected. */
  readonly kept: number;
  readonly p99: number;
  readonly max: number;
}

export interface Watching {
  /** What an idle process costs, before it watched. */
  readonly idle: WatchCosts;
  /** Counts from now on. */
  begin(): Promise<void>;
  /** What it cost since `begin`. */
  end(): Promise<WatchCosts>;
  /** Every pod that is known, as `podLine` writes it, sorted. */
  pods(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts it, and waits until it watches. */
export async function startWatching(order: WatchOrder): Promise<Watching> {
  const path = fileURLToPath(new URL('./watch-process.ts', import.meta.url));
  const child = fork(path, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
  const ask = (question: WatchQuestion): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('the process that watches has ended'));
      const take = ({ what, value }: WatchAnswer): void => {
        if (what !== question.what) return;
        child.off('message', take);
        child.off('exit', failed);
        resolve(value);
      };
      child.on('message', take);
      child.once('exit', failed);
      child.send(question);
    });
  const idle = (await ask({ what: 'start', order })) as WatchCosts;
  return {
    idle,
    begin: async () => {
      await ask({ what: 'begin' });
    },
    end: async () => (await ask({ what: 'end' })) as WatchCosts,
    pods: async () => (await ask({ what: 'pods' })) as readonly string[],
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        child.kill('SIGKILL');
      }),
  };
}
