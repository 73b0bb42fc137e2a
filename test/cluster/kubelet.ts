/**
 * A scripted kubelet: binds pods to made-up nodes and writes the status that real containers would have led to, as a
 * scenario says (the design's section 4). Pods of namespaces that nothing is played in are left alone.
 */
import { fatesOf, matchesPosition } from '../../server/core/simulation/pod-fates.ts';
import { createPodPlanner, type PodPlanner } from '../../server/core/simulation/pod-plan.ts';
import type { Capacity, Disruption } from '../../server/core/scenario/scenario-model.ts';
import type { PodPosition } from '../../server/core/simulation/scenario.ts';
import { resourcePath, type Api } from './api.ts';
import { serveContainerLogs } from './container-logs.ts';
import { createContainerPlaying, isOver } from './container-playing.ts';
import { follow } from './follow.ts';
import type { Pod } from './objects.ts';
import { containersOf } from './pod-status.ts';
import { createPodWrites } from './pod-writes.ts';
import { startActions } from './scenario-actions.ts';
import { makeNodes } from './scripted-nodes.ts';
import type { Kubelet, KubeletOptions, Play, PlayOptions, PlayState, PodLife, PodRun } from './kubelet-play.ts';

export type { Kubelet, KubeletOptions, Play, PlayOptions, PodRun } from './kubelet-play.ts';

const indexAnnotation = 'batch.kubernetes.io/job-completion-index';

function placesOf(capacity: Capacity): number {
  if (capacity === null) return Infinity;
  if (typeof capacity !== 'number') throw new Error('the scripted kubelet plays a capacity of pods, not one of nodes');
  return capacity;
}

/** Starts a scripted kubelet that sees every pod of the cluster; `play` says which of them it plays, and how. */
export async function startKubelet(api: Api, options: KubeletOptions = {}): Promise<Kubelet> {
  const log = options.log ?? (() => undefined);
  const logs = await serveContainerLogs();
  const nodes = await makeNodes(api, options.nodes ?? 1, logs.port);
  const plays = new Map<string, PlayState[]>();
  let serial = 0;
  let stopped = false;
  const writes = createPodWrites(api, () => stopped, log);
  const containers = createContainerPlaying(writes, logs, leavePlace);

  function disrupt(life: PodLife, by: Disruption): void {
    if (isOver(life) || life.deleting) return;
    if (by === 'eviction') {
      writes.evict(life);
      return;
    }
    writes.markDisrupted(life, by);
    if (by !== 'node-loss') {
      writes.askDeletion(life);
      return;
    }
    writes.still(life);
    life.phase = 'Failed';
    writes.remove(life);
    leavePlace(life);
  }

  function takePlace(life: PodLife): void {
    life.placed = true;
    life.startTime = new Date();
    const { plan, pod } = life;
    if (pod.spec.nodeName === undefined) writes.bind(life, nodes[life.run.ordinal % nodes.length]);
    writes.status(life, plan.imagePullBackOff ? 'ImagePullBackOff' : 'ContainerCreating');
    if (!plan.imagePullBackOff) writes.after(life, plan.startup, () => containers.startNext(life));
    const disruption = plan.disrupt;
    if (disruption !== null) writes.after(life, disruption.at, () => disrupt(life, disruption.by));
    const limit = pod.spec.activeDeadlineSeconds;
    if (limit !== undefined) {
      const message = 'Pod was active on the node longer than the specified deadline';
      writes.after(life, limit * 1000, () => containers.terminate(life, { reason: 'DeadlineExceeded', message }));
    }
  }

  function fillPlaces(play: PlayState): void {
    let running = [...play.lives.values()].filter(({ placed }) => placed).length;
    while (running < play.capacity) {
      const next = play.waiting.shift();
      if (!next) return;
      takePlace(next);
      running += 1;
    }
  }

  function leaveQueue(life: PodLife): void {
    life.play.waiting = life.play.waiting.filter((other) => other !== life);
  }

  function leavePlace(life: PodLife): void {
    leaveQueue(life);
    if (!life.placed) return;
    life.placed = false;
    fillPlaces(life.play);
  }

  function positionOf(
    play: PlayState,
    pod: Pod,
    uid: string,
  ): { readonly position: PodPosition; readonly planner: PodPlanner } {
    let job = play.jobs.get(uid);
    if (!job) {
      // The planner reads the containers, which the pod has from the Job's template.
      const { containers, initContainers, restartPolicy } = pod.spec;
      const template = { spec: { containers, initContainers, restartPolicy } };
      const planner = createPodPlanner({ spec: { template } }, play.fates, play.options.seed ?? 0);
      job = { run: play.jobs.size, planner, pods: 0 };
      play.jobs.set(uid, job);
    }
    const { run, planner } = job;
    const ordinal = job.pods;
    job.pods += 1;
    const annotation = pod.metadata.annotations?.[indexAnnotation];
    if (annotation === undefined) return { position: { ordinal, index: null, attempt: ordinal, run }, planner };
    const index = Number(annotation);
    const attempt = play.tries.get(`${uid}/${index}`) ?? 0;
    play.tries.set(`${uid}/${index}`, attempt + 1);
    return { position: { ordinal, index, attempt, run }, planner };
  }

  function added(play: PlayState, pod: Pod): void {
    const owner = pod.metadata.ownerReferences?.find(({ controller, kind }) => controller === true && kind === 'Job');
    if (!owner || (play.options.job !== undefined && play.options.job !== owner.name)) return;
    const { position, planner } = positionOf(play, pod, owner.uid);
    const podRun: PodRun = { ...position, name: pod.metadata.name, job: owner.name };
    play.pods.push(podRun);
    serial += 1;
    const life: PodLife = {
      pod,
      run: podRun,
      plan: planner(position),
      play,
      containers: containersOf(pod),
      conditions: new Map(),
      timers: new Set(),
      podIP: `10.1.${(serial >> 8) & 255}.${serial & 255}`,
      writing: Promise.resolve(),
      phase: 'Pending',
      startTime: new Date(),
      placed: false,
      deleting: false,
      removed: false,
    };
    play.lives.set(pod.metadata.uid, life);
    if (!pod.spec.schedulingGates?.length && !life.plan.pending)
      writes.after(life, life.plan.schedulingDelay, () => wait(life));
    seen(life, pod);
  }

  /** From now on the pod takes the next free place. */
  function wait(life: PodLife): void {
    life.play.waiting.push(life);
    fillPlaces(life.play);
  }

  function seen(life: PodLife, pod: Pod): void {
    life.pod = pod;
    if (pod.metadata.deletionTimestamp === undefined || life.deleting) return;
    life.deleting = true;
    if (isOver(life)) {
      writes.remove(life);
      return;
    }
    leaveQueue(life);
    containers.terminate(life);
  }

  const following = await follow<Pod>(api, resourcePath('pods'), (change, pod) => {
    for (const play of plays.get(pod.metadata.namespace ?? '') ?? []) {
      if (!play.active) continue;
      const life = play.lives.get(pod.metadata.uid);
      if (change === 'deleted') {
        if (!life) continue;
        writes.still(life);
        play.lives.delete(pod.metadata.uid);
        leavePlace(life);
        logs.forget(pod.metadata.namespace ?? '', pod.metadata.name);
      } else if (life) {
        seen(life, pod);
      } else {
        added(play, pod);
      }
    }
  });

  function startPlay(playOptions: PlayOptions): Play {
    const play: PlayState = {
      options: playOptions,
      fates: fatesOf(playOptions.scenario),
      pods: [],
      lives: new Map(),
      tries: new Map(),
      jobs: new Map(),
      waiting: [],
      capacity: placesOf(playOptions.scenario.capacity),
      active: true,
    };
    const { namespace, scenario } = playOptions;
    plays.set(namespace, [...(plays.get(namespace) ?? []), play]);
    for (const pod of following.objects.values()) if (pod.metadata.namespace === namespace) added(play, pod);

    let actions: { stop(): void } | undefined;
    const self: Play = {
      pods: play.pods,
      begin(target) {
        const started = startActions(api, namespace, target, scenario.actions, self);
        actions = started;
        return started.done;
      },
      async deletePods(match) {
        const chosen = [...play.lives.values()].filter((life) => !life.deleting && matchesPosition(match, life.run));
        for (const { pod } of chosen) await api.send('DELETE', resourcePath('pods', namespace, pod.metadata.name));
      },
      drain() {
        for (const life of play.lives.values()) if (life.placed && !life.deleting) writes.evict(life);
      },
      setCapacity(capacity) {
        play.capacity = placesOf(capacity);
        fillPlaces(play);
      },
      stop() {
        play.active = false;
        actions?.stop();
        for (const life of play.lives.values()) writes.still(life);
        plays.set(
          namespace,
          (plays.get(namespace) ?? []).filter((other) => other !== play),
        );
      },
    };
    return self;
  }

  return {
    nodes,
    play: startPlay,
    async stop() {
      stopped = true;
      const states = [...plays.values()].flat();
      for (const play of states) for (const life of play.lives.values()) writes.still(life);
      await following.stop();
      await logs.stop();
    },
  };
}
