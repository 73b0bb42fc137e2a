import { sayDuration } from '../kubernetes/duration-words.ts';
import type { ClusterEvent, Pod } from '../timeline/observed-objects.ts';
import { conditionOf, containersOf } from '../timeline/observed-pod.ts';
import { capitalised, EVIDENCE_LIMIT, sayPods, verbFor, type Diagnosis, type Evidence } from './diagnosis.ts';
import { eventEvidence, groupBy, podEvidence, secondsSince, type Facts } from './facts.ts';

/** Waiting reasons of containers whose image cannot be had. */
const IMAGE_REASONS: ReadonlySet<string> = new Set([
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);
/** Waiting reasons of containers that could not be made. */
const CONFIG_REASONS: ReadonlySet<string> = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'StartError',
  'ContainerCannotRun',
]);

interface WaitingContainer {
  readonly pod: Pod;
  readonly name: string;
  readonly image: string;
  readonly reason: string;
  readonly evidence: Evidence;
}

function waitingContainers({ active }: Facts, reasons: ReadonlySet<string>): WaitingContainer[] {
  return active.flatMap((pod) =>
    containersOf(pod.status ?? {}).flatMap(({ name = '', state }) => {
      const { reason = '', message = '' } = state?.waiting ?? {};
      if (!reasons.has(reason)) return [];
      const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
      const image = containers.find((container) => container.name === name)?.image ?? '';
      const field = `status.containerStatuses[?(@.name=="${name}")].state.waiting`;
      const evidence = podEvidence(pod, field, message === '' ? reason : `${reason}: ${message}`);
      return [{ pod, name, image, reason, evidence }];
    }),
  );
}

/** What a pod that never starts costs: nothing ends it but a deadline. */
function patience({ spec }: Facts): string {
  return spec.activeDeadlineSeconds === undefined
    ? ' A pod that does not start is no failure to the Job: without activeDeadlineSeconds it waits for ever.'
    : '';
}

/** Images that cannot be pulled. */
export function explainImages(facts: Facts): Diagnosis[] {
  return groupBy(waitingContainers(facts, IMAGE_REASONS), ({ image }) => image).map(([image, group]): Diagnosis => ({
    rule: 'why/image-pull',
    severity: 'error',
    summary: `${capitalised(sayPods(names(group)))} cannot start: the image ${image} cannot be pulled.${patience(facts)}`,
    evidence: evidenceOf(group),
    suggestion: 'Check the image’s name and tag, and imagePullSecrets for a private registry.',
    ...containerField(facts, group[0]!.name, 'image'),
  }));
}

/** Containers that cannot be made: a ConfigMap or Secret is missing, a command does not exist. */
export function explainContainerConfig(facts: Facts): Diagnosis[] {
  return groupBy(waitingContainers(facts, CONFIG_REASONS), ({ name }) => name).map(([name, group]): Diagnosis => ({
    rule: 'why/container-config',
    severity: 'error',
    summary: `${capitalised(sayPods(names(group)))} cannot start: container ${name} cannot be created (${group[0]!.reason}).${patience(facts)}`,
    evidence: evidenceOf(group),
    suggestion: 'The message names what is missing: often a ConfigMap, a Secret or one of its keys.',
    ...containerField(facts, name, null),
  }));
}

/** Pods for which the scheduler has no node, or which a scheduling gate holds back. */
export function explainScheduling(facts: Facts): Diagnosis[] {
  const unplaced = facts.active.flatMap((pod) => {
    const condition = conditionOf(pod.status, 'PodScheduled', 'False');
    return condition === undefined ? [] : [{ pod, condition }];
  });
  return groupBy(unplaced, ({ condition }) => `${condition.reason ?? ''}/${condition.message ?? ''}`).map(
    ([, group]): Diagnosis => {
      const { pod, condition } = group[0]!;
      const gated = condition.reason === 'SchedulingGated';
      const gates = (pod.spec?.schedulingGates ?? []).map(({ name = '' }) => name).join(', ');
      const which = sayPods(group.map((entry) => entry.pod.metadata.name));
      return {
        rule: gated ? 'why/scheduling-gated' : 'why/unschedulable',
        severity: gated ? 'information' : 'error',
        summary: gated
          ? `${capitalised(which)} ${verbFor(group, 'waits', 'wait')} behind a scheduling gate (${gates}): whoever set it has to take it away.`
          : `No node takes ${which}: ${condition.message ?? condition.reason ?? 'the scheduler says no more'}${patience(facts)}`,
        evidence: group.slice(0, EVIDENCE_LIMIT).map((entry) => {
          const { reason = '', message = '', lastTransitionTime } = entry.condition;
          return podEvidence(
            entry.pod,
            'status.conditions[?(@.type=="PodScheduled")]',
            `${reason}: ${message}`,
            lastTransitionTime,
          );
        }),
        suggestion: gated ? 'Ask the controller that owns the gate.' : schedulingSuggestion(condition.message ?? ''),
        ...(gated ? {} : { field: schedulingField(condition.message ?? '') }),
      };
    },
  );
}

function schedulingSuggestion(message: string): string {
  if (message.includes('Insufficient')) return 'Ask for less (resources.requests), lower parallelism, or add nodes.';
  if (message.includes('taint')) return 'Tolerate the taint in the pod template, or free a node of it.';
  if (/affinity|selector/.test(message))
    return 'Check nodeSelector and affinity of the pod template against the nodes’ labels.';
  if (/volume|PersistentVolumeClaim|persistentvolumeclaim/.test(message))
    return 'Check that the claim exists, is bound, and may be used where the pod could run.';
  return 'The message lists what each node lacks.';
}

function schedulingField(message: string): string {
  const base = 'spec.template.spec';
  if (message.includes('Insufficient')) return `${base}.containers[0].resources.requests`;
  if (message.includes('taint')) return `${base}.tolerations`;
  if (/affinity|selector/.test(message)) return `${base}.affinity`;
  return base;
}

/** Volumes that cannot be attached or mounted: only events tell. */
export function explainVolumes({ active, events }: Facts): Diagnosis[] {
  const pending = new Map(
    active.filter(({ status }) => status?.phase === 'Pending').map((pod) => [pod.metadata.name, pod]),
  );
  const troubles = events.filter(
    ({ reason, involvedObject }) =>
      (reason === 'FailedMount' || reason === 'FailedAttachVolume') && pending.has(involvedObject?.name ?? ''),
  );
  if (troubles.length === 0) return [];
  const pods = [...new Set(troubles.map((event) => event.involvedObject?.name ?? ''))];
  return [
    {
      rule: 'why/volume',
      severity: 'error',
      summary: `${capitalised(sayPods(pods))} cannot start: a volume cannot be mounted.`,
      evidence: latest(troubles).map(eventEvidence),
      suggestion: 'The message names the volume: check that what it refers to exists and is attached nowhere else.',
      field: 'spec.template.spec.volumes',
    },
  ];
}

/** Containers that end and are restarted in place again and again, with ever longer waits. */
export function explainCrashLoops(facts: Facts): Diagnosis[] {
  const looping = facts.active.flatMap((pod) =>
    containersOf(pod.status ?? {}).flatMap(({ name = '', state, lastState, restartCount = 0 }) =>
      state?.waiting?.reason === 'CrashLoopBackOff' ? [{ pod, name, last: lastState?.terminated, restartCount }] : [],
    ),
  );
  return groupBy(looping, ({ name }) => name).map(([name, group]): Diagnosis => {
    const { last, restartCount } = group[0]!;
    const code = last?.exitCode === undefined ? '' : ` with exit code ${last.exitCode}`;
    return {
      rule: 'why/crash-loop',
      severity: 'error',
      summary: `Container ${name} keeps ending${code} and is restarted in place ever more slowly (${restartCount} restarts so far in ${sayPods([group[0]!.pod.metadata.name])}).`,
      evidence: group
        .slice(0, EVIDENCE_LIMIT)
        .map(({ pod, last: ended }) =>
          podEvidence(
            pod,
            `status.containerStatuses[?(@.name=="${name}")].lastState.terminated`,
            ended === undefined ? 'CrashLoopBackOff' : `exit code ${ended.exitCode ?? 0}, ${ended.reason ?? 'Error'}`,
            ended?.finishedAt,
          ),
        ),
      suggestion:
        'See the log of the previous container. Restarts count towards backoffLimit; with restartPolicy Never failed pods stay for a look.',
      ...containerField(facts, name, null),
    };
  });
}

/** Pods whose work is done while another container keeps them alive. */
export function explainLingeringContainers({ active, now, spec }: Facts): Diagnosis[] {
  const lingering = active.flatMap((pod) => {
    const statuses = pod.status?.containerStatuses ?? [];
    const done = statuses.filter(({ state }) => state?.terminated?.exitCode === 0);
    const running = statuses.filter(({ state }) => state?.running !== undefined);
    const since = Math.min(...done.map(({ state }) => secondsSince(state?.terminated?.finishedAt, now) ?? 0));
    return done.length > 0 && running.length > 0 && since >= LINGERING_SECONDS ? [{ pod, done, running, since }] : [];
  });
  const first = lingering[0];
  if (first === undefined) return [];
  const worker = first.done[0]?.name ?? '';
  const other = first.running[0]?.name ?? '';
  const place = spec.template?.spec?.containers?.findIndex(({ name }) => name === other) ?? -1;
  return [
    {
      rule: 'why/lingering-container',
      severity: 'warning',
      summary: `Container ${worker} ended ${sayDuration(first.since)} ago, but ${other} still runs and keeps ${sayPods(lingering.map(({ pod }) => pod.metadata.name))} alive.`,
      evidence: lingering
        .slice(0, EVIDENCE_LIMIT)
        .map(({ pod }) =>
          podEvidence(pod, `status.containerStatuses[?(@.name=="${other}")].state.running`, `${other} runs`),
        ),
      suggestion: `If ${other} only serves ${worker}, make it a native sidecar: an init container with restartPolicy Always.`,
      ...(place < 0 ? {} : { field: `spec.template.spec.containers[${place}]` }),
    },
  ];
}

/** Containers of one pod need not end together. */
const LINGERING_SECONDS = 30;

function names(group: readonly { readonly pod: Pod }[]): string[] {
  return [...new Set(group.map(({ pod }) => pod.metadata.name))];
}

function evidenceOf(group: readonly WaitingContainer[]): Evidence[] {
  return group.slice(0, EVIDENCE_LIMIT).map(({ evidence }) => evidence);
}

function latest(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
  return events.slice(-EVIDENCE_LIMIT);
}

/** The place of a container in the pod template, if it is there. */
function containerField({ spec }: Facts, name: string, field: string | null): { readonly field?: string } {
  for (const list of ['containers', 'initContainers'] as const) {
    const place = spec.template?.spec?.[list]?.findIndex((container) => container.name === name) ?? -1;
    if (place >= 0) return { field: `spec.template.spec.${list}[${place}]${field === null ? '' : `.${field}`}` };
  }
  return {};
}
