import type { ContainerState, ContainerStatus, Pod } from './observed-objects.ts';
import { conditionOf } from './observed-pod.ts';

/**
 * A pod's state in the words of kubectl's STATUS column: its phase, or what its containers say that is more telling, such
 * as `ContainerCreating`, `ImagePullBackOff`, `Init:0/2`, `OOMKilled`, `Terminating`.
 */
export function podState(pod: Pod): string {
  const { status = {}, metadata } = pod;
  const { phase = 'Pending' } = status;
  if (metadata.deletionTimestamp !== undefined) {
    if (status.reason === 'NodeLost') return 'Unknown';
    if (phase !== 'Succeeded' && phase !== 'Failed') return 'Terminating';
  }
  const initializing = initState(pod);
  if (initializing !== null && conditionOf(status, 'Initialized') === undefined) return initializing;
  const gated = conditionOf(status, 'PodScheduled', 'False')?.reason === 'SchedulingGated';
  const said = appState(status.containerStatuses ?? []) ?? (gated ? 'SchedulingGated' : (status.reason ?? phase));
  const working = status.containerStatuses?.some(({ ready, state }) => ready === true && state?.running !== undefined);
  // A container that is done beside one that works does not make the pod done.
  if (said !== 'Completed' || working !== true) return said;
  return conditionOf(status, 'Ready') === undefined ? 'NotReady' : 'Running';
}

/** What the first init container that is not done says; null when all are. */
function initState({ spec, status }: Pod): string | null {
  const statuses = status?.initContainerStatuses ?? [];
  const sidecars = new Set(
    (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  );
  for (const [place, { name, state }] of statuses.entries()) {
    if (state?.terminated?.exitCode === 0 || (sidecars.has(name) && state?.running !== undefined)) continue;
    const waits = state?.waiting?.reason;
    if (state?.terminated !== undefined) return `Init:${endedWith(state)}`;
    if (waits !== undefined && waits !== '' && waits !== 'PodInitializing') return `Init:${waits}`;
    return `Init:${place}/${spec?.initContainers?.length ?? statuses.length}`;
  }
  return null;
}

/** What the first app container that waits or has ended says; null when all run. */
function appState(statuses: readonly ContainerStatus[]): string | null {
  for (const { state } of statuses) {
    const waits = state?.waiting?.reason;
    if (waits !== undefined && waits !== '') return waits;
    if (state?.terminated !== undefined) return endedWith(state);
  }
  return null;
}

function endedWith({ terminated = {} }: ContainerState): string {
  const { reason = '', signal = 0, exitCode = 0 } = terminated;
  if (reason !== '') return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}
