import { sayDuration } from '../kubernetes/duration-words.ts';
import { quotaAdmits, type NamespaceQuota } from './quota.ts';
import type { ClusterPlaces, PodNeeds } from './cluster-places.ts';
import { milliseconds } from './clock.ts';
import type { JobRun, PodApi } from './job-run.ts';
import { PodPlay, type PodHost } from './pod-play.ts';
import type { PodPlanner } from './pod-plan.ts';
import { podCreated, podDeleting, podReadiness, podRemoved } from './pod-sets.ts';
import type { Disruption } from '../scenario/scenario-model.ts';
import { isTerminal, newPod, type SimulatedPod } from './simulated-pod.ts';

/** The scripted kubelet of one Job: its pods' lives, and what the API does with them. */
export interface Kubelet extends PodApi {
  /** All pods so far, by ordinal. */
  readonly pods: readonly SimulatedPod[];
  /** Takes a pod away as the cluster does. */
  disrupt(pod: SimulatedPod, by: Disruption, nodeRemoved?: number | null): void;
  /** Garbage collection of the Job: asks for every pod's deletion, and takes off finalizers. */
  collect(): void;
  /** Whether a pod's object has left the API. */
  isGone(pod: SimulatedPod): boolean;
  /** How many pods the Job was asked to have and the API still holds. */
  readonly remaining: number;
}

export interface KubeletOptions {
  /** The Job whose pods these are; asked only once pods are made. */
  readonly run: () => JobRun;
  readonly places: ClusterPlaces;
  readonly quota: NamespaceQuota;
  readonly planner: PodPlanner;
  readonly needs: PodNeeds;
  /** Which run of a CronJob the Job is, from 0. */
  readonly cronRun: number | null;
  /** The template's terminationGracePeriodSeconds and activeDeadlineSeconds (null: none), in seconds. */
  readonly terminationGraceSeconds: number;
  readonly podDeadlineSeconds: number | null;
  /** How long the template tolerates an unreachable node, in seconds; null: for ever. */
  readonly unreachableTolerationSeconds: number | null;
  /** How long a node may be silent before it counts as unreachable, in seconds. */
  readonly nodeGraceSeconds: number;
  /** Makes a pod's name for its index. */
  readonly podName: (index: number | null) => string;
}

/** Reasons of the DisruptionTarget condition, by who disrupts. */
const DISRUPTION_REASONS: Readonly<Record<Disruption, string>> = {
  eviction: 'EvictionByEvictionAPI',
  preemption: 'PreemptionByScheduler',
  taint: 'DeletionByTaintManager',
  'node-loss': 'DeletionByPodGC',
  'node-unreachable': 'DeletionByTaintManager',
};

/** Why a pod goes that the cluster takes away. */
const DISRUPTION_SENTENCES: Readonly<Record<Exclude<Disruption, 'node-unreachable'>, string>> = {
  eviction: 'The pod is evicted, as a drain of its node does, with condition DisruptionTarget.',
  preemption: 'A pod of higher priority takes its place, with condition DisruptionTarget.',
  taint:
    'Its node got a NoExecute taint that it does not tolerate (any longer): deleted, with condition DisruptionTarget.',
  'node-loss': 'Its node is gone: the pod garbage collector removes it at once, with condition DisruptionTarget.',
};

const DELETED = { failed: false, reason: null, message: null };
const POD_DEADLINE = {
  failed: true,
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** A kubelet that plays the pods of one Job. */
export function createKubelet(options: KubeletOptions): Kubelet {
  const { places, planner, quota } = options;
  const pods: SimulatedPod[] = [];
  /** By ordinal; null once the pod has ended or gone. */
  const plays: (PodPlay | null)[] = [];
  /** How often each index was tried. */
  const tries: number[] = [];
  let removed = 0;

  const host: PodHost = {
    run: options.run,
    needs: options.needs,
    terminationGrace: milliseconds(options.terminationGraceSeconds),
    placed(play) {
      const { clock, recorder } = options.run();
      const { disrupt, schedulingDelay } = play.plan;
      const waited = clock.now - play.pod.created - schedulingDelay;
      if (waited > 0)
        recorder.explainPod(
          play.pod,
          'scheduled',
          `The pod waited ${waited < 10_000 ? `${Math.round(waited / 100) / 10} s` : sayDuration(waited / 1000)} for room in the cluster.`,
          '',
        );
      if (disrupt !== null)
        clock.at(clock.now + disrupt.at, () => {
          if (disrupt.by !== 'node-unreachable' && isPlayed(play.pod) && play.pod.deleting === null)
            recorder.explainPod(play.pod, 'deleting', DISRUPTION_SENTENCES[disrupt.by], '');
          kubelet.disrupt(play.pod, disrupt.by, disrupt.nodeRemoved);
        });
      if (options.podDeadlineSeconds !== null)
        clock.at(clock.now + milliseconds(options.podDeadlineSeconds), () => play.terminate(POD_DEADLINE));
    },
    ended(play) {
      quota.used--;
      places.leave(play);
      plays[play.pod.ordinal] = null;
      // The kubelet's last deed for a pod that is being deleted is to let its object go.
      if (play.pod.deleting !== null && !play.pod.tracked) remove(play.pod);
    },
  };

  /** It has not ended, and its object is there. */
  function isPlayed(pod: SimulatedPod): boolean {
    return plays[pod.ordinal] !== null;
  }

  function remove(pod: SimulatedPod): void {
    if (pod.removed !== null) return;
    const play = plays[pod.ordinal];
    if (play) {
      quota.used--;
      play.stop();
      plays[pod.ordinal] = null;
      places.leave(play);
    }
    removed++;
    podRemoved(options.run(), pod);
  }

  /** The pod's node goes silent; what the cluster makes of it comes later. */
  function silenceNode(play: PodPlay, nodeRemoved: number | null): void {
    const { pod } = play;
    const { clock, recorder } = options.run();
    const { nodeGraceSeconds: grace, unreachableTolerationSeconds: toleration } = options;
    play.silence();
    const found = clock.now + milliseconds(grace);
    clock.at(found, () => {
      if (!isTerminal(pod)) podReadiness(options.run(), pod, false);
    });
    if (toleration !== null)
      clock.at(found + milliseconds(toleration), () => {
        if (!isPlayed(pod) || pod.deleting !== null) return;
        pod.conditions = [...pod.conditions, 'DisruptionTarget'];
        pod.message = DISRUPTION_REASONS['node-unreachable'];
        recorder.explainPod(
          pod,
          'deleting',
          `Its node is silent: after ${grace} s it counts as unreachable, and ${toleration} s later the pod is deleted. It stays Terminating, as nobody can say that its containers have stopped.`,
          'spec.template.spec.tolerations',
        );
        podDeleting(options.run(), pod);
      });
    if (nodeRemoved !== null)
      clock.at(clock.now + nodeRemoved, () => {
        if (!isPlayed(pod)) return;
        if (!pod.conditions.includes('DisruptionTarget')) pod.conditions = [...pod.conditions, 'DisruptionTarget'];
        pod.message = DISRUPTION_REASONS['node-loss'];
        podDeleting(options.run(), pod);
        play.lose('NodeLost');
      });
  }

  /** The API waits for no kubelet where none has the pod, or where it is done with it: only a finalizer keeps the object. */
  function removeIfFree(pod: SimulatedPod): void {
    if (pod.deleting !== null && !pod.tracked && (isTerminal(pod) || pod.scheduled === null)) remove(pod);
  }

  const kubelet: Kubelet = {
    pods,
    get remaining() {
      return pods.length - removed;
    },
    isGone: ({ removed: at }) => at !== null,
    create(index, indexFailures, indexIgnoredFailures, delay) {
      if (!quotaAdmits(quota)) return null;
      const run = options.run();
      quota.used++;
      const ordinal = pods.length;
      const attempt = index === null ? ordinal : (tries[index] ?? 0);
      if (index !== null) tries[index] = attempt + 1;
      const position = { ordinal, index, attempt };
      const plan = planner(options.cronRun === null ? position : { ...position, run: options.cronRun });
      const pod = newPod(position, options.podName(index), run.clock.now + delay, indexFailures, indexIgnoredFailures);
      const play = new PodPlay(pod, plan, host);
      pods.push(pod);
      plays.push(play);
      podCreated(run, pod);
      if (!plan.pending)
        run.clock.at(pod.created + plan.schedulingDelay, () => {
          if (pod.deleting === null && pod.removed === null) places.request(play);
        });
      return pod;
    },
    refusal(index) {
      const { used, pods: most } = quota;
      return `pods "${options.podName(index)}" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=${used}, limited: pods=${most ?? used}`;
    },
    delete(pod) {
      if (pod.deleting !== null || pod.removed !== null) return;
      const play = plays[pod.ordinal];
      podDeleting(options.run(), pod);
      removeIfFree(pod);
      if (!play || kubelet.isGone(pod)) return;
      if (pod.scheduled === null) places.leave(play);
      play.terminate(DELETED);
    },
    removeFinalizer(pod) {
      if (!pod.tracked) return;
      pod.tracked = false;
      options.run().pods.unaccounted.delete(pod);
      removeIfFree(pod);
    },
    disrupt(pod, by, nodeRemoved = null) {
      const play = plays[pod.ordinal];
      if (!play || pod.deleting !== null) return;
      if (by === 'node-unreachable') {
        silenceNode(play, nodeRemoved);
        return;
      }
      pod.conditions = [...pod.conditions, 'DisruptionTarget'];
      pod.message = DISRUPTION_REASONS[by];
      if (by !== 'node-loss') {
        kubelet.delete(pod);
        return;
      }
      podDeleting(options.run(), pod);
      play.lose('NodeLost');
    },
    collect() {
      for (const pod of pods) {
        kubelet.delete(pod);
        kubelet.removeFinalizer(pod);
      }
    },
  };
  return kubelet;
}
