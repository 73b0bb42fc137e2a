/** How the scripted kubelet plays the containers of a pod, from their start to its last phase. */
import { restartDelaySeconds } from '../../server/core/kubernetes/backoff.ts';
import type { ContainerPlan } from '../../server/core/simulation/pod-plan.ts';
import type { ContainerLogs } from './container-logs.ts';
import type { PodLife } from './kubelet-play.ts';
import type { ContainerPlay, PodFailure } from './pod-status.ts';
import type { PodWrites } from './pod-writes.ts';

/** A container that ran this long (milliseconds) starts its restart delays anew. */
const restartReset = 600_000;

/** True when a pod has reached its last phase. */
export function isOver(life: PodLife): boolean {
  return life.phase === 'Succeeded' || life.phase === 'Failed';
}

export interface ContainerPlaying {
  /** Starts what is to start next: an init container, or all app containers. */
  startNext(life: PodLife): void;
  /** The containers are told to stop, and end after the scenario's grace. */
  terminate(life: PodLife, failure?: PodFailure): void;
}

/** Plays containers; `leftPlace` hears of pods that have ended. */
export function createContainerPlaying(
  writes: PodWrites,
  logs: ContainerLogs,
  leftPlace: (life: PodLife) => void,
): ContainerPlaying {
  /** Writes the final phase; a deletion that waited for it is finished. */
  function finish(life: PodLife, phase: 'Succeeded' | 'Failed'): void {
    if (isOver(life)) return;
    writes.still(life);
    life.phase = phase;
    writes.status(life);
    if (life.deleting) writes.remove(life);
    leftPlace(life);
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
    writes.after(life, logEvery * 1000, () => {
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
    writes.still(life);
    const { grace, graceExitCode } = life.plan;
    const allowed =
      (life.pod.metadata.deletionGracePeriodSeconds ?? life.pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
    // What does not stop by itself is killed. Without a node nobody counts the time.
    const killed = life.placed && grace > allowed;
    writes.after(life, killed ? allowed : grace, () => {
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
      writes.status(life);
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
    else writes.after(life, plan.run, () => ended(life, container, plan));
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
      writes.status(life, 'PodInitializing');
    };
    if (delay === 0) {
      again();
      return;
    }
    container.state = 'backoff';
    writes.status(life, 'PodInitializing');
    writes.after(life, delay, again);
  }

  /** Init containers one after the other, native sidecars on the way, then the app containers at once. */
  function startNext(life: PodLife): void {
    for (const container of life.containers) {
      if (container.kind === 'app' || container.state !== 'waiting') continue;
      run(life, container);
      if (container.kind === 'init') {
        // One of no length has already called for the next.
        if (planOf(life, container)?.run !== 0) writes.status(life, 'PodInitializing');
        return;
      }
    }
    if (isOver(life) || life.phase === 'Running') return;
    life.phase = 'Running';
    for (const container of life.containers) if (container.kind === 'app') run(life, container);
    writes.status(life);
  }

  return { startNext, terminate };
}
