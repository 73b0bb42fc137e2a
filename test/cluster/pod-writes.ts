/** What the scripted kubelet writes about a pod to the API server, one after the other, and when. */
import type { Disruption } from '../../server/core/scenario/scenario-model.ts';
import { patchTypes, resourcePath, type Api } from './api.ts';
import type { PodLife } from './kubelet-play.ts';
import type { Pod } from './objects.ts';
import { podStatus, timestamp } from './pod-status.ts';

/** Reasons of the DisruptionTarget condition, by who disrupts. */
const disruptionReasons: Readonly<Record<Disruption, string>> = {
  eviction: 'EvictionByEvictionAPI',
  preemption: 'PreemptionByScheduler',
  taint: 'DeletionByTaintManager',
  'node-loss': 'DeletionByPodGC',
  'node-unreachable': 'DeletionByTaintManager',
};

export interface PodWrites {
  /** Acts after so many milliseconds, unless the pod, its play or the kubelet has stopped by then. */
  after(life: PodLife, milliseconds: number, act: () => void): void;
  /** Nothing that waits for its time comes any more. */
  still(life: PodLife): void;
  /** Writes the pod's status as it is now. */
  status(life: PodLife, waiting?: string): void;
  bind(life: PodLife, node: string | undefined): void;
  /** The last delete, which removes the object. */
  remove(life: PodLife): void;
  /** Asks for the pod's deletion as its grace allows. */
  askDeletion(life: PodLife): void;
  evict(life: PodLife): void;
  /** Marks it as disrupted; on a lost node it has failed. */
  markDisrupted(life: PodLife, by: Disruption): void;
}

/** Writes of one kubelet; `log` gets what the API server refuses though it should not. */
export function createPodWrites(api: Api, isStopped: () => boolean, log: (line: string) => void): PodWrites {
  const path = (pod: Pod, subresource?: string): string =>
    resourcePath('pods', pod.metadata.namespace, pod.metadata.name, subresource);

  /** Sends one change about a pod after those before it. That the pod is gone is no error. */
  function write(
    life: PodLife,
    what: string,
    send: () => Promise<{ readonly status: number; readonly body: unknown }>,
  ): void {
    life.writing = life.writing.then(async () => {
      if (isStopped()) return;
      try {
        const answer = await send();
        if (answer.status >= 300 && answer.status !== 404 && answer.status !== 409) {
          log(`${what} ${life.run.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
        }
      } catch (error) {
        if (!isStopped()) log(`${what} ${life.run.name}: ${String(error)}`);
      }
    });
  }

  return {
    after(life, milliseconds, act) {
      const timer = setTimeout(() => {
        life.timers.delete(timer);
        if (!isStopped() && life.play.active) act();
      }, milliseconds);
      life.timers.add(timer);
    },
    still(life) {
      for (const timer of life.timers) clearTimeout(timer);
      life.timers.clear();
    },
    status(life, waiting = 'ContainerCreating') {
      const now = new Date();
      const since = (condition: string, holds: boolean): Date => {
        const known = life.conditions.get(condition);
        if (known?.holds === holds) return known.at;
        life.conditions.set(condition, { holds, at: now });
        return now;
      };
      const body = podStatus({
        pod: life.pod,
        phase: life.phase,
        containers: life.containers,
        startTime: life.startTime,
        now,
        podIP: life.podIP,
        waiting,
        since,
        ...(life.failure === undefined ? {} : { failure: life.failure }),
      });
      write(life, 'status', () =>
        api.send('PATCH', path(life.pod, 'status'), { body, contentType: patchTypes.strategic }),
      );
    },
    bind(life, node) {
      const body = {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: life.run.name },
        target: { kind: 'Node', name: node },
      };
      write(life, 'bind', () => api.send('POST', path(life.pod, 'binding'), { body }));
    },
    remove(life) {
      if (life.removed) return;
      life.removed = true;
      const body = { gracePeriodSeconds: 0, preconditions: { uid: life.pod.metadata.uid } };
      write(life, 'delete', () => api.send('DELETE', path(life.pod), { body }));
    },
    askDeletion(life) {
      write(life, 'delete', () => api.send('DELETE', path(life.pod)));
    },
    evict(life) {
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: life.run.name } };
      write(life, 'evict', () => api.send('POST', path(life.pod, 'eviction'), { body: eviction }));
    },
    markDisrupted(life, by) {
      const condition = {
        type: 'DisruptionTarget',
        status: 'True',
        reason: disruptionReasons[by],
        message: 'disrupted by the scenario',
        lastTransitionTime: timestamp(new Date()),
      };
      const lost = by === 'node-loss' ? { phase: 'Failed', reason: 'NodeLost' } : {};
      const body = { status: { conditions: [condition], ...lost } };
      write(life, 'disrupt', () =>
        api.send('PATCH', path(life.pod, 'status'), { body, contentType: patchTypes.strategic }),
      );
    },
  };
}
