import type { ContainerPlan } from './pod-plan.ts';

/** One container while its pod is played. */
export interface ContainerPlay {
  readonly plan: ContainerPlan;
  state: 'waiting' | 'running' | 'ended';
  exitCode: number;
  restarts: number;
  /** Restarts that the kubelet's growing delay counts. */
  delays: number;
}

/** A container that has not started. */
export function newContainer(plan: ContainerPlan): ContainerPlay {
  return { plan, state: 'waiting', exitCode: 0, restarts: 0, delays: 0 };
}

/** Ends every container that has not ended. A native sidecar goes with its pod and does not decide its phase. */
export function endContainers(containers: readonly ContainerPlay[], exitCode: number): void {
  for (const each of containers) {
    if (each.state === 'ended') continue;
    each.state = 'ended';
    each.exitCode = each.plan.kind === 'sidecar' ? 0 : exitCode;
  }
}

/** The main container has ended: so do the app containers that the scenario says nothing of. */
export function endUnscripted(containers: readonly ContainerPlay[]): void {
  for (const each of containers)
    if (each.plan.kind === 'app' && !each.plan.scripted && each.state === 'running') each.state = 'ended';
}

/** True once every app container has ended: native sidecars keep no pod alive. */
export function allAppsEnded(containers: readonly ContainerPlay[]): boolean {
  return containers.every(({ plan, state }) => plan.kind !== 'app' || state === 'ended');
}

/** True while every app container runs. */
export function allAppsRunning(containers: readonly ContainerPlay[]): boolean {
  return containers.every(({ plan, state }) => plan.kind !== 'app' || state === 'running');
}

/** True when an exit code makes the pod fail. */
export function anyFailed(containers: readonly ContainerPlay[]): boolean {
  return containers.some(({ plan, exitCode }) => plan.kind !== 'sidecar' && exitCode !== 0);
}
