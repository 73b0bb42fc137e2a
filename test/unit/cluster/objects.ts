import type { FakeObject } from './fake-server.ts';
import type { Connection } from '../../../client/cluster/connection.ts';
import { httpTransport, type Transport } from '../../../client/cluster/client.ts';
import type { CredentialSource } from '../../../client/cluster/credentials.ts';
import { success } from '../../../client/cluster/problem.ts';
import type { Pace } from '../../../client/cluster/pace.ts';
import { Agent } from 'node:http';
import type { FakeServer } from './fake-server.ts';

export const JOBS = '/apis/batch/v1/namespaces/team/jobs';
export const PODS = '/api/v1/namespaces/team/pods';
export const EVENTS = '/api/v1/namespaces/team/events';

/** Waits of a test: milliseconds where people have seconds. */
export const QUICK: Pace = { base: 0.01, cap: 0.05, idle: 5, watch: 60, poll: 0.02, random: () => 0.5 };

/** Seconds since 2026-01-01T00:00:00Z as the API writes it. */
export function stamp(seconds: number): string {
  return new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** A Job named `name`, whose uid is `name-uid` unless said otherwise. */
export function job(
  name: string,
  fields: { readonly uid?: string; readonly spec?: object; readonly status?: object } = {},
): FakeObject {
  const uid = fields.uid ?? `${name}-uid`;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, uid, namespace: 'team', creationTimestamp: stamp(0) },
    spec: {
      parallelism: 3,
      completions: 10,
      completionMode: 'NonIndexed',
      backoffLimit: 6,
      suspend: false,
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
      ...fields.spec,
    },
    status: { startTime: stamp(0), ...fields.status },
  };
}

/** A pod of the Job with this uid. */
export function pod(name: string, jobUid: string, status: object = { phase: 'Pending' }, created = 0): FakeObject {
  return {
    metadata: {
      name,
      uid: `${name}-uid`,
      namespace: 'team',
      creationTimestamp: stamp(created),
      labels: { 'batch.kubernetes.io/controller-uid': jobUid },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'x', uid: jobUid, controller: true }],
      finalizers: ['batch.kubernetes.io/job-tracking'],
      managedFields: [{ manager: 'much text' }],
    },
    spec: { nodeName: 'node-1', restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] },
    status,
  };
}

/** The status of a pod whose only container ended. */
export function endedStatus(exitCode: number, begun: number, finished: number): object {
  return {
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    startTime: stamp(begun),
    conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: stamp(begun) }],
    containerStatuses: [
      {
        name: 'main',
        restartCount: 0,
        state: {
          terminated: {
            exitCode,
            reason: exitCode === 0 ? 'Completed' : 'Error',
            startedAt: stamp(begun),
            finishedAt: stamp(finished),
          },
        },
      },
    ],
  };
}

/** A transport to the fake server, with a token that `refresh` replaces. */
export function transportTo(server: FakeServer, tokens: string[] = ['first', 'second']): Transport {
  const agent = new Agent({ keepAlive: true });
  const identity = (): ReturnType<CredentialSource['current']> =>
    Promise.resolve(success({ agent, headers: { Authorization: `Bearer ${tokens[0] ?? ''}` }, expires: null }));
  return httpTransport(server.url, {
    current: identity,
    refresh: () => {
      tokens.shift();
      return identity();
    },
    freshen: () => undefined,
    close: () => agent.destroy(),
  });
}

export function connectionTo(server: FakeServer): Connection {
  const transport = transportTo(server);
  return { context: 'test', namespace: 'team', server: server.url, transport, close: () => transport.close() };
}

/** Waits until `holds`, looking often; throws after five seconds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within 5 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
