import type { Job, JobSpec } from '../kubernetes/generated/types.ts';
import { milliseconds, type VirtualClock } from './clock.ts';
import type { ClusterPlaces } from './cluster-places.ts';
import type { JobSimulation } from './job-simulation.ts';
import { isFinished } from './job-run.ts';
import { mergePatch } from './merge-patch.ts';
import { matchesPosition } from './pod-fates.ts';
import { NEXT_ACTION } from './latencies.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { ActionScript, PodMatch } from '../scenario/scenario-model.ts';
import { isTerminal } from './simulated-pod.ts';
import { refusedChange, type JudgeChange } from './spec-changes.ts';

/** What actions reach beside the Job. */
export interface ActionReach {
  readonly clock: VirtualClock;
  readonly places: ClusterPlaces;
  readonly recorder: RunRecorder;
  readonly judge: JudgeChange;
}

/** Puts what people do to a Job on the clock. */
export function scheduleActions(simulation: JobSimulation, actions: readonly ActionScript[], reach: ActionReach): void {
  for (const { action, moment } of momentsOfActions(actions))
    if (action.target !== 'cronJob') reach.clock.at(moment, () => performAction(simulation, action, reach));
}

/** When actions happen (milliseconds): those of the same moment one after the other, as requests do. */
export function momentsOfActions(
  actions: readonly ActionScript[],
): readonly { readonly action: ActionScript; readonly moment: number }[] {
  let last = -Infinity;
  return actions.map((action) => {
    last = Math.max(milliseconds(action.at), last + NEXT_ACTION);
    return { action, moment: last };
  });
}

/** Does one action to a Job at the clock's now. */
export function performAction(simulation: JobSimulation, action: ActionScript, reach: ActionReach): void {
  const { run } = simulation;
  if (action.capacity !== undefined) reach.places.setCapacity(action.capacity);
  if (action.controllerRestart === true) simulation.restartController();
  if (run.gone) {
    reach.recorder.explainJob(`The action at ${action.at} s finds no Job: it is gone.`);
    return;
  }
  const patch = patchOfAction(action);
  if (patch !== null) changeJob(simulation, patch, action, reach);
  if (action.deletePod !== undefined) deletePods(simulation, action.deletePod, reach);
  if (action.drain !== undefined) drain(simulation, action.drain, reach);
  if (action.delete === true) {
    reach.recorder.explainJob('A person deletes the Job; its pods go with it.');
    simulation.delete('background');
  }
}

/** The merge patch that an action is, or null when it does not change the object. */
export function patchOfAction({
  suspend,
  parallelism,
  completions,
  patch,
}: ActionScript): Readonly<Record<string, unknown>> | null {
  const spec = {
    ...(suspend === undefined ? {} : { suspend }),
    ...(parallelism === undefined ? {} : { parallelism }),
    ...(completions === undefined ? {} : { completions }),
  };
  if (Object.keys(spec).length === 0) return patch ?? null;
  return mergePatch(patch ?? {}, { spec }) as Readonly<Record<string, unknown>>;
}

function changeJob(
  simulation: JobSimulation,
  patch: Readonly<Record<string, unknown>>,
  action: ActionScript,
  { recorder, judge }: ActionReach,
): void {
  const { run } = simulation;
  const old = simulation.job();
  const changed = mergePatch(old, patch) as Job;
  const refusal = refusedChange(old, changed, run, judge);
  if (refusal !== null) {
    recorder.explainJob(`The API server refuses the change at ${action.at} s: ${refusal.message}`, refusal.field);
    return;
  }
  if (isFinished(run.status))
    recorder.explainJob(`The action at ${action.at} s finds a finished Job, and changes no pod.`);
  else recorder.explainJob(changeInWords(old.spec ?? {}, changed.spec ?? {}), 'spec');
  simulation.changeSpec(changed);
}

function changeInWords(old: JobSpec, changed: JobSpec): string {
  const before = new Map<string, unknown>(Object.entries(old));
  const changes = Object.entries(changed)
    .filter(([name, value]) => JSON.stringify(before.get(name)) !== JSON.stringify(value))
    .map(([name, value]) => (typeof value === 'object' ? `the ${name}` : `${name} to ${String(value)}`));
  return changes.length === 0
    ? 'A person writes the Job, and nothing of it changes.'
    : `A person changes ${changes.join(' and ')}.`;
}

function deletePods({ kubelet, run }: JobSimulation, match: PodMatch, { recorder }: ActionReach): void {
  const chosen = kubelet.pods.filter(
    (pod) => pod.deleting === null && pod.removed === null && matchesPosition(match, pod),
  );
  if (chosen.length === 0) recorder.explainJob('A person would delete pods, and none matches.');
  else if (isFinished(run.status))
    recorder.explainJob('A person deletes pods of a finished Job, which changes nothing about it.');
  for (const pod of chosen) {
    recorder.explainPod(pod, 'deleting', 'A person deletes the pod.', '');
    kubelet.delete(pod);
  }
}

function drain({ kubelet }: JobSimulation, node: string | true, { recorder }: ActionReach): void {
  for (const pod of kubelet.pods) {
    if (pod.scheduled === null || isTerminal(pod) || pod.deleting !== null || pod.removed !== null) continue;
    if (node !== true && pod.node !== node) continue;
    recorder.explainPod(
      pod,
      'deleting',
      `The node is drained: the pod is evicted, with condition DisruptionTarget.`,
      '',
    );
    kubelet.disrupt(pod, 'eviction');
  }
}
