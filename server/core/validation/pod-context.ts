import type { PodSpec, Volume } from '../kubernetes/generated/types.ts';

/** What the checks of a container have to know about its pod. */
export interface PodContext {
  /** Volumes that are themselves in order, by name: the server takes no others for existing. */
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly volumeNames: readonly string[];
  /** All volumes that the pod names, in order or not; of two with one name the last. */
  readonly declaredVolumes: ReadonlyMap<string, Volume>;
  /** Names of `spec.resourceClaims`. */
  readonly claims: ReadonlySet<string>;
  /** Seconds; 30 unless the pod says otherwise. */
  readonly gracePeriod: number;
  readonly restartPolicy: string;
  /** `spec.os.name`; empty when the pod does not say. */
  readonly os: string;
  /** False when the pod has user namespaces of its own. */
  readonly hostUsers: boolean;
}

/** The facts of one pod; `volumes` as volumes.ts found them in order. */
export function podContext(pod: PodSpec, volumes: ReadonlyMap<string, Volume>): PodContext {
  return {
    volumes,
    volumeNames: [...volumes.keys()],
    declaredVolumes: new Map((pod.volumes ?? []).map((volume) => [volume.name ?? '', volume])),
    claims: new Set((pod.resourceClaims ?? []).flatMap(({ name = '' }) => (name === '' ? [] : [name]))),
    gracePeriod: pod.terminationGracePeriodSeconds ?? 30,
    restartPolicy: pod.restartPolicy ?? '',
    os: pod.os?.name ?? '',
    hostUsers: pod.hostUsers ?? true,
  };
}
