/**
 * A scripted kubelet: binds pods to made-up nodes and writes the status that real containers would have led to, as a
 * scenario says (the design's section 4). Pods of namespaces that nothing is played in are left alone.
 */
import { restartDelaySeconds } from '../../server/core/kubernetes/backoff.ts';
import { fatesOf, matchesPosition } from '../../server/core/simulation/pod-fates.ts';
import { createPodPlanner, type ContainerPlan, type PodPlanner } from '../../server/core/simulation/pod-plan.ts';
import type { Capacity, Disruption } from '../../server/core/scenario/scenario-model.ts';
import type { PodPosition } from '../../server/core/simulation/scenario.ts';
import { patchTypes, resourcePath, type Api } from './api.ts';
import { serveContainerLogs } from './container-logs.ts';
import { follow } from './follow.ts';
import type { Pod } from './objects.ts';
import { containersOf, podStatus, timestamp, type ContainerPlay, type PodFailure } from './pod-status.ts';
import { startActions } from './scenario-actions.ts';
import { makeNodes } from './scripted-nodes.ts';
import type { Kubelet, KubeletOptions, Play, PlayOptions, PlayState, PodLife, PodRun } from './kubelet-play.ts';

export type { Kubelet, KubeletOptions, Play, PlayOptions, PodRun } from './kubelet-play.ts';

const indexAnnotation = 'batch.kubernetes.io/job-completion-index';

/** A container that ran this long (milliseconds) starts its restart delays anew. */
const restartReset = 600_000;

/** Reasons of the DisruptionTarget condition, by who disrupts. */
const disruptionReasons: Readonly<Record<Disruption, string>> = {
  eviction: 'EvictionByEvictionAPI',
  preemption: 'PreemptionByScheduler',
  taint: 'DeletionByTaintManager',
  'node-loss': 'DeletionByPodGC',
  'node-unreachable': 'DeletionByTaintManager',
};

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
  const isStopped = (): boolean => stopped;

  const path = (pod: Pod, subresource?: string): string =>
    resourcePath('pods', pod.metadata.namespace, pod.metadata.name, subresource);

  function after(life: PodLife, milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      life.timers.delete(timer);
      if (!isStopped() && life.play.active) act();
    }, milliseconds);
    life.timers.add(timer);
  }

  function still(life: PodLife): void {
    for (const timer of life.timers) clearTimeout(timer);
    life.timers.clear();
  }

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

  function writeStatus(life: PodLife, waiting = 'ContainerCreating'): void {
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
  }

  function isOver(life: PodLife): boolean {
    return life.phase === 'Succeeded' || life.phase === 'Failed';
  }

  function remove(life: PodLife): void {
    if (life.removed) return;
    life.removed = true;
    const body = { gracePeriodSeconds: 0, preconditions: { uid: life.pod.metadata.uid } };
    write(life, 'delete', () => api.send('DELETE', path(life.pod), { body }));
  }

  /** Writes the final phase; a deletion that waited for it is finished. */
  function finish(life: PodLife, phase: 'Succeeded' | 'Failed'): void {
    if (isOver(life)) return;
    still(life);
    life.phase = phase;
    writeStatus(life);
    if (life.deleting) remove(life);
    leavePlace(life);
  }

  function say(life: PodLife, container: ContainerPlay, text: string): void {
    const { namespace = '', name } = life.pod.metadata;
    logs.write(namespace, name, container.name, text);
  }

  /** A container that runs writes a line now and then. */
  function chat(life: PodLife, container: ContainerPlay, line: number): void {
    const { logEvery } = life.play.options;
    if (logEvery === undefined) return;
    const { startedAt } = container;
    after(life, logEvery * 1000, () => {
      if (container.state !== 'running' || container.startedAt !== startedAt) return;
      say(life, container, `line ${line}`);
      chat(life, container, line + 1);
    });
  }

  function endContainer(life: PodLife, container: ContainerPlay, exitCode: number): void {
    if (container.state === 'running') {
      say(life, container, `exits with ${exitCode}`);
      logs.close(life.pod.metadata.namespace ?? '', life.pod.metadata.name, container.name);
    }
    container.state = 'terminated';
    container.exitCode = exitCode;
    container.startedAt ??= new Date();
    container.finishedAt = new Date();
  }

  /** Ends every container that has not ended. A sidecar goes with the pod and does not decide its phase. */
  function endAll(life: PodLife, exitCode: number): void {
    for (const container of life.containers) {
      if (container.state !== 'terminated') endContainer(life, container, container.kind === 'sidecar' ? 0 : exitCode);
    }
  }

  function phaseByExitCodes(life: PodLife): 'Succeeded' | 'Failed' {
    const deciding = life.containers.filter(({ kind }) => kind !== 'sidecar');
    return life.failure || deciding.some(({ exitCode }) => exitCode !== 0) ? 'Failed' : 'Succeeded';
  }

  /** The containers are told to stop, and end after the scenario's grace. */
  function terminate(life: PodLife, failure?: PodFailure): void {
    still(life);
    const { grace, graceExitCode } = life.plan;
    const allowed =
      (life.pod.metadata.deletionGracePeriodSeconds ?? life.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    // What does not stop by itself is killed. Without a node nobody counts the time.
    const killed = life.placed && grace > allowed;
    after(life, killed ? allowed : grace, () => {
      if (failure) life.failure = failure;
      endAll(life, killed ? 137 : graceExitCode);
      finish(life, phaseByExitCodes(life));
    });
  }

  function planOf(life: PodLife, container: ContainerPlay): ContainerPlan | undefined {
    return life.plan.containers.find(({ name }) => name === container.name);
  }

  function isMain(life: PodLife, container: ContainerPlay): boolean {
    return life.plan.containers[life.plan.main]?.name === container.name;
  }

  /** Ends the pod once every app container has ended. */
  function settle(life: PodLife): void {
    if (life.containers.some(({ kind, state }) => kind === 'app' && state !== 'terminated')) {
      writeStatus(life);
      return;
    }
    endAll(life, 0);
    if (life.plan.condition !== null) life.failure = { condition: life.plan.condition };
    finish(life, phaseByExitCodes(life));
  }

  function run(life: PodLife, container: ContainerPlay): void {
    container.state = 'running';
    container.startedAt = new Date();
    const { namespace = '', name } = life.pod.metadata;
    if (container.restarts > 0) logs.restart(namespace, name, container.name);
    say(
      life,
      container,
      `${container.name} starts, index ${life.run.index ?? '-'}, attempt ${life.run.attempt}, restarts ${container.restarts}`,
    );
    chat(life, container, 1);
    const plan = planOf(life, container);
    if (!plan || plan.run < 0 || (!plan.scripted && plan.kind === 'app')) return;
    // An init container of no length must not wait for a timer.
    if (plan.run === 0 && plan.kind === 'init') ended(life, container, plan);
    else after(life, plan.run, () => ended(life, container, plan));
  }

  /** A container came to the end of its run. */
  function ended(life: PodLife, container: ContainerPlay, plan: ContainerPlan): void {
    if (container.restarts < plan.restarts || plan.restartsForEver) {
      // What is restarted has failed, whatever the last exit will be.
      endContainer(life, container, plan.exitCode === 0 ? 1 : plan.exitCode);
      restart(life, container, plan);
      return;
    }
    endContainer(life, container, plan.exitCode);
    if (plan.kind === 'init') {
      if (plan.exitCode === 0) {
        startNext(life);
      } else {
        endAll(life, 0);
        finish(life, 'Failed');
      }
      return;
    }
    if (isMain(life, container)) {
      if (life.plan.oomKilled && plan.exitCode === 137) container.reason = 'OOMKilled';
      // Containers that the scenario does not speak of end with the first.
      for (const other of life.containers) {
        if (other.kind === 'app' && other.state === 'running' && !planOf(life, other)?.scripted)
          endContainer(life, other, 0);
      }
    }
    settle(life);
  }

  function restart(life: PodLife, container: ContainerPlay, plan: ContainerPlan): void {
    const { startedAt = new Date(), finishedAt = new Date(), exitCode = 0 } = container;
    container.last = { startedAt, finishedAt, exitCode };
    if (plan.run >= restartReset) container.delays = 0;
    container.delays += 1;
    const delay = plan.delaysRestarts ? restartDelaySeconds(container.delays) * 1000 : 0;
    const again = (): void => {
      container.restarts += 1;
      run(life, container);
      writeStatus(life, 'PodInitializing');
    };
    if (delay === 0) {
      again();
      return;
    }
    container.state = 'backoff';
    writeStatus(life, 'PodInitializing');
    after(life, delay, again);
  }

  /** Init containers one after the other, native sidecars on the way, then the app containers at once. */
  function startNext(life: PodLife): void {
    for (const container of life.containers) {
      if (container.kind === 'app' || container.state !== 'waiting') continue;
      run(life, container);
      if (container.kind === 'init') {
        // One of no length has already called for the next.
        if (planOf(life, container)?.run !== 0) writeStatus(life, 'PodInitializing');
        return;
      }
    }
    if (isOver(life) || life.phase === 'Running') return;
    life.phase = 'Running';
    for (const container of life.containers) if (container.kind === 'app') run(life, container);
    writeStatus(life);
  }

  function evict(life: PodLife): void {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: life.run.name } };
    write(life, 'evict', () => api.send('POST', path(life.pod, 'eviction'), { body: eviction }));
  }

  function disrupt(life: PodLife, by: Disruption): void {
    if (isOver(life) || life.deleting) return;
    if (by === 'eviction') {
      evict(life);
      return;
    }
    const moment = timestamp(new Date());
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: disruptionReasons[by],
      message: 'disrupted by the scenario',
      lastTransitionTime: moment,
    };
    const lost = by === 'node-loss';
    const body = { status: { conditions: [condition], ...(lost ? { phase: 'Failed', reason: 'NodeLost' } : {}) } };
    write(life, 'disrupt', () =>
      api.send('PATCH', path(life.pod, 'status'), { body, contentType: patchTypes.strategic }),
    );
    if (lost) {
      still(life);
      life.phase = 'Failed';
      remove(life);
      leavePlace(life);
      return;
    }
    write(life, 'disrupt', () => api.send('DELETE', path(life.pod)));
  }

  function takePlace(life: PodLife): void {
    life.placed = true;
    life.startTime = new Date();
    const { plan, pod } = life;
    if (pod.spec.nodeName === undefined) {
      const target = { kind: 'Node', name: nodes[life.run.ordinal % nodes.length] };
      const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name: life.run.name }, target };
      write(life, 'bind', () => api.send('POST', path(pod, 'binding'), { body }));
    }
    writeStatus(life, plan.imagePullBackOff ? 'ImagePullBackOff' : 'ContainerCreating');
    if (!plan.imagePullBackOff) after(life, plan.startup, () => startNext(life));
    const disruption = plan.disrupt;
    if (disruption !== null) after(life, disruption.at, () => disrupt(life, disruption.by));
    const limit = pod.spec.activeDeadlineSeconds;
    if (limit !== undefined) {
      const message = 'Pod was active on the node longer than the specified deadline';
      after(life, limit * 1000, () => terminate(life, { reason: 'DeadlineExceeded', message }));
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
      after(life, life.plan.schedulingDelay, () => wait(life));
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
      remove(life);
      return;
    }
    leaveQueue(life);
    terminate(life);
  }

  const following = await follow<Pod>(api, resourcePath('pods'), (change, pod) => {
    for (const play of plays.get(pod.metadata.namespace ?? '') ?? []) {
      if (!play.active) continue;
      const life = play.lives.get(pod.metadata.uid);
      if (change === 'deleted') {
        if (!life) continue;
        still(life);
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
        for (const life of chosen) await api.send('DELETE', path(life.pod));
      },
      drain() {
        for (const life of play.lives.values()) if (life.placed && !life.deleting) evict(life);
      },
      setCapacity(capacity) {
        play.capacity = placesOf(capacity);
        fillPlaces(play);
      },
      stop() {
        play.active = false;
        actions?.stop();
        for (const life of play.lives.values()) still(life);
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
      for (const play of states) for (const life of play.lives.values()) still(life);
      await following.stop();
      await logs.stop();
    },
  };
}
