/** A pod's status as a kubelet would write it. Pure: the moments are given. */
import type { Container, Pod } from './objects.ts';

/** One container's present, as the scripted kubelet plays it. */
export interface ContainerPlay {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'app';
  state: 'waiting' | 'running' | 'terminated' | 'backoff';
  restarts: number;
  /** Restarts that the kubelet's delay counts. */
  delays: number;
  /** Why it ended, where that is neither Completed nor Error. */
  reason?: string;
  startedAt?: Date;
  finishedAt?: Date;
  exitCode?: number;
  /** The run before this one. */
  last?: { readonly startedAt: Date; readonly finishedAt: Date; readonly exitCode: number };
}

/** How a pod failed as a whole, beyond its containers' exit codes. */
export interface PodFailure {
  readonly reason?: string;
  readonly message?: string;
  /** Type of an extra condition with status True. */
  readonly condition?: string;
}

/** The containers of a pod before any has started, in the pod's order: init containers and sidecars, then the others. */
export function containersOf(pod: Pod): ContainerPlay[] {
  const play = (container: Container, kind: ContainerPlay['kind']): ContainerPlay => ({
    name: container.name,
    kind,
    state: 'waiting',
    restarts: 0,
    delays: 0,
  });
  return [
    ...(pod.spec.initContainers ?? []).map((container) =>
      play(container, container.restartPolicy === 'Always' ? 'sidecar' : 'init'),
    ),
    ...pod.spec.containers.map((container) => play(container, 'app')),
  ];
}

/** RFC 3339 in whole seconds, as the API stores times. */
export function timestamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

function terminated(exitCode: number, startedAt: Date | undefined, finishedAt: Date, reason?: string): object {
  return {
    exitCode,
    reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    startedAt: timestamp(startedAt ?? finishedAt),
    finishedAt: timestamp(finishedAt),
    containerID: 'containerd://scripted',
  };
}

function stateOf(container: ContainerPlay, waiting: string): object {
  switch (container.state) {
    case 'waiting':
      return { waiting: { reason: waiting } };
    case 'backoff':
      return { waiting: { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' } };
    case 'running':
      return { running: { startedAt: timestamp(container.startedAt ?? new Date(0)) } };
    case 'terminated':
      return {
        terminated: terminated(
          container.exitCode ?? 0,
          container.startedAt,
          container.finishedAt ?? new Date(0),
          container.reason,
        ),
      };
  }
}

function statusOf(container: ContainerPlay, images: ReadonlyMap<string, string>, waiting: string): object {
  const running = container.state === 'running';
  const { last } = container;
  return {
    name: container.name,
    image: images.get(container.name) ?? '',
    imageID: '',
    ready: container.kind === 'init' ? container.state === 'terminated' && container.exitCode === 0 : running,
    started: running,
    restartCount: container.restarts,
    state: stateOf(container, waiting),
    lastState: last ? { terminated: terminated(last.exitCode, last.startedAt, last.finishedAt) } : {},
  };
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** What the status must say. */
export interface PodStatusFacts {
  readonly pod: Pod;
  readonly phase: PodPhase;
  readonly containers: readonly ContainerPlay[];
  readonly startTime: Date;
  readonly now: Date;
  readonly podIP: string;
  /** Why containers wait: `ContainerCreating`, `ImagePullBackOff`, … */
  readonly waiting: string;
  readonly failure?: PodFailure;
  /** When a condition took the status that it has now; a kubelet keeps that moment until the status changes. */
  readonly since: (condition: string, holds: boolean) => Date;
}

/** The status as the body of a strategic merge patch of the pod's `status` subresource. */
export function podStatus({
  pod,
  phase,
  containers,
  startTime,
  now,
  podIP,
  waiting,
  failure,
  since,
}: PodStatusFacts): object {
  const images = new Map(
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ name, image }) => [name, image ?? '']),
  );
  const over = phase === 'Succeeded' || phase === 'Failed';
  const apps = containers.filter(({ kind }) => kind !== 'init');
  const ready = !over && phase === 'Running' && apps.every(({ state }) => state === 'running');
  const initialized = containers.every(
    ({ kind, state }) => kind === 'app' || (kind === 'init' ? state === 'terminated' : state !== 'waiting'),
  );
  const reason = phase === 'Succeeded' ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : 'ContainersNotReady';
  const condition = (type: string, holds: boolean, why = reason): object => ({
    type,
    status: holds ? 'True' : 'False',
    // Null takes away what an earlier patch left.
    reason: holds ? null : why,
    lastTransitionTime: timestamp(since(type, holds)),
  });
  return {
    metadata: { uid: pod.metadata.uid },
    status: {
      phase,
      ...(failure?.reason === undefined ? {} : { reason: failure.reason, message: failure.message ?? '' }),
      startTime: timestamp(startTime),
      hostIP: '127.0.0.1',
      hostIPs: [{ ip: '127.0.0.1' }],
      ...(phase === 'Pending' ? {} : { podIP, podIPs: [{ ip: podIP }] }),
      conditions: [
        condition('PodReadyToStartContainers', phase === 'Running', ''),
        condition('Initialized', initialized || phase === 'Succeeded', 'ContainersNotInitialized'),
        condition('ContainersReady', ready),
        condition('Ready', ready),
        ...(failure?.condition === undefined
          ? []
          : [
              {
                type: failure.condition,
                status: 'True',
                reason: 'Scripted',
                message: 'the scenario says so',
                lastTransitionTime: timestamp(now),
              },
            ]),
      ],
      initContainerStatuses: containers
        .filter(({ kind }) => kind !== 'app')
        .map((container) => statusOf(container, images, waiting)),
      containerStatuses: containers
        .filter(({ kind }) => kind === 'app')
        .map((container) => statusOf(container, images, waiting)),
    },
  };
}
