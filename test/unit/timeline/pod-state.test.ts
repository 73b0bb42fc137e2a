import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState, Pod, PodStatus } from '../../../server/core/timeline/observed-objects.ts';
import { podState } from '../../../server/core/timeline/pod-state.ts';

function pod(status: PodStatus, more: Partial<Pod['metadata']> = {}, spec: Pod['spec'] = {}): Pod {
  return { metadata: { name: 'p', uid: 'u', resourceVersion: '1', ...more }, spec, status };
}
const waiting = (reason: string): ContainerState => ({ waiting: { reason } });
const ended = (exitCode: number, reason?: string, signal?: number): ContainerState => ({
  terminated: { exitCode, reason, signal },
});
const running: ContainerState = { running: { startedAt: '2026-01-01T00:00:00Z' } };
const gone = { deletionTimestamp: '2026-01-01T00:00:00Z' };

describe('a pod’s state in kubectl’s words', () => {
  const cases: readonly (readonly [expected: string, pod: Pod])[] = [
    ['Pending', pod({ phase: 'Pending' })],
    ['Pending', pod({})],
    ['Evicted', pod({ phase: 'Failed', reason: 'Evicted' })],
    [
      'SchedulingGated',
      pod({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] }),
    ],
    ['ContainerCreating', pod({ phase: 'Pending', containerStatuses: [{ state: waiting('ContainerCreating') }] })],
    ['ImagePullBackOff', pod({ phase: 'Pending', containerStatuses: [{ state: waiting('ImagePullBackOff') }] })],
    ['Running', pod({ phase: 'Running', containerStatuses: [{ ready: true, state: running }] })],
    ['Completed', pod({ phase: 'Succeeded', containerStatuses: [{ state: ended(0, 'Completed') }] })],
    ['OOMKilled', pod({ phase: 'Failed', containerStatuses: [{ state: ended(137, 'OOMKilled') }] })],
    ['ExitCode:3', pod({ phase: 'Failed', containerStatuses: [{ state: ended(3) }] })],
    ['Signal:9', pod({ phase: 'Failed', containerStatuses: [{ state: ended(137, '', 9) }] })],
    ['Terminating', pod({ phase: 'Running', containerStatuses: [{ ready: true, state: running }] }, gone)],
    ['Unknown', pod({ phase: 'Running', reason: 'NodeLost' }, gone)],
    ['Completed', pod({ phase: 'Succeeded', containerStatuses: [{ state: ended(0, 'Completed') }] }, gone)],
    [
      'NotReady',
      pod({
        phase: 'Running',
        containerStatuses: [{ state: ended(0, 'Completed') }, { ready: true, state: running }],
      }),
    ],
    [
      'Init:1/2',
      pod(
        { phase: 'Pending', initContainerStatuses: [{ state: ended(0, 'Completed') }, { state: running }] },
        {},
        { initContainers: [{ name: 'a' }, { name: 'b' }] },
      ),
    ],
    ['Init:Error', pod({ phase: 'Pending', initContainerStatuses: [{ state: ended(1, 'Error') }] })],
    ['Init:CrashLoopBackOff', pod({ initContainerStatuses: [{ state: waiting('CrashLoopBackOff') }] })],
    [
      'PodInitializing',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [{ name: 'proxy', state: running }],
          containerStatuses: [{ state: waiting('PodInitializing') }],
        },
        {},
        { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] },
      ),
    ],
  ];
  for (const [expected, given] of cases)
    test(`${expected} of ${JSON.stringify(given.status).slice(0, 60)}`, () => {
      assert.equal(podState(given), expected);
    });
});
