import { countOf, sayFailureAction } from '../forecast/words.ts';
import type { FailureMatch } from '../kubernetes/failure-policy.ts';
import type { Pod } from '../timeline/observed-objects.ts';
import { conditionOf, containersOf, failureMatchOf } from '../timeline/observed-pod.ts';
import { jobCondition } from '../timeline/observed-status.ts';
import { capitalised, EVIDENCE_LIMIT, sayPods, type Diagnosis, type Evidence } from './diagnosis.ts';
import { groupBy, podEvidence, type Facts } from './facts.ts';

/** What exit codes above 128 usually mean: the signal that ended the process. */
const SIGNALS: Readonly<Record<number, string>> = {
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
};

interface FailedEnd {
  readonly pod: Pod;
  readonly container: string;
  readonly exitCode: number | null;
  readonly reason: string;
  readonly evidence: Evidence;
}

/** Why a failed pod failed. Disruptions are explained elsewhere: null. */
function endOf(pod: Pod): FailedEnd | null {
  const { status = {} } = pod;
  if (conditionOf(status, 'DisruptionTarget') !== undefined || status.reason === 'Evicted') return null;
  const ended = containersOf(status).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  const terminated = ended?.state?.terminated;
  if (ended === undefined || terminated === undefined) {
    const reason = status.reason ?? 'unknown reason';
    const text = status.message === undefined ? reason : `${reason}: ${status.message}`;
    return { pod, container: '', exitCode: null, reason, evidence: podEvidence(pod, 'status.reason', text) };
  }
  const { exitCode = 0, reason = 'Error', message = '', finishedAt } = terminated;
  const field = `status.containerStatuses[?(@.name=="${ended.name ?? ''}")].state.terminated`;
  const text = `exit code ${exitCode}, ${reason}${message === '' ? '' : `: ${message.trim()}`}`;
  return { pod, container: ended.name ?? '', exitCode, reason, evidence: podEvidence(pod, field, text, finishedAt) };
}

/** Failed pods, by how they ended; memory is a case of its own, and so are pods that were stopped. */
export function explainFailedPods({ failed, spec, runs, job }: Facts): Diagnosis[] {
  const stopped = new Set(
    runs.flatMap(({ name, deleting, finished }) =>
      deleting !== null && finished !== null && deleting <= finished ? [name] : [],
    ),
  );
  const ends = failed
    .filter(({ metadata }) => !stopped.has(metadata.name))
    .flatMap((pod) => endOf(pod) ?? [])
    .filter(({ reason }) => reason !== 'OOMKilled');
  const policyIsMissing = spec.template !== undefined && spec.podFailurePolicy === undefined;
  return groupBy(ends, ({ container, exitCode, reason }) => `${container}/${exitCode ?? ''}/${reason}`).map(
    ([, group]): Diagnosis => {
      const { container, exitCode, reason } = group[0]!;
      const signal = SIGNALS[exitCode ?? 0];
      const how =
        exitCode === null
          ? `(${reason})`
          : `with exit code ${exitCode} of container ${container}${signal === undefined ? '' : ` (${signal})`}`;
      return {
        rule: 'why/pod-failed',
        severity: jobCondition(job, 'Complete') === undefined ? 'warning' : 'information',
        summary: `${countOf(group.length, 'pod', 'pods')} failed ${how}.`,
        evidence: group.slice(-EVIDENCE_LIMIT).map(({ evidence }) => evidence),
        suggestion:
          reason === 'DeadlineExceeded'
            ? 'The pod template’s own activeDeadlineSeconds ended it: raise that.'
            : `See the log of pod ${group.at(-1)!.pod.metadata.name}.${
                policyIsMissing ? ' A podFailurePolicy can tell failures worth a retry from others.' : ''
              }`,
      };
    },
  );
}

/** Containers that needed more memory than they may have, in pods that failed and in pods that go on. */
export function explainOutOfMemory({ pods }: Facts): Diagnosis[] {
  const killed = pods.flatMap((pod) =>
    containersOf(pod.status ?? {}).flatMap(({ name = '', state, lastState }) => {
      const terminated = [state?.terminated, lastState?.terminated].find((ended) => ended?.reason === 'OOMKilled');
      return terminated === undefined ? [] : [{ pod, name, terminated }];
    }),
  );
  return groupBy(killed, ({ name }) => name).map(([name, group]): Diagnosis => {
    const place = group[0]!.pod.spec?.containers?.findIndex((container) => container.name === name) ?? -1;
    const limit = group[0]!.pod.spec?.containers?.[place]?.resources?.limits?.['memory'];
    const path = `spec.template.spec.containers[${place}].resources.limits.memory`;
    return {
      rule: 'why/out-of-memory',
      severity: 'error',
      summary: `Container ${name} was killed for lack of memory in ${sayPods(group.map(({ pod }) => pod.metadata.name))}${
        limit === undefined ? '; it has no memory limit, so the node itself ran out' : `: its limit is ${limit}`
      }.`,
      evidence: group
        .slice(-EVIDENCE_LIMIT)
        .map(({ pod, terminated }) =>
          podEvidence(
            pod,
            `status.containerStatuses[?(@.name=="${name}")]`,
            `OOMKilled, exit code ${terminated.exitCode ?? 137}`,
            terminated.finishedAt,
          ),
        ),
      suggestion:
        limit === undefined
          ? 'Give the container a memory request, so that it gets a node with enough memory.'
          : 'Raise the memory limit (and request), or let the work take less at a time.',
      ...(place < 0 ? {} : { field: path }),
    };
  });
}

/** Which rules of podFailurePolicy took which failures. */
export function explainFailurePolicy({ failed, spec }: Facts): Diagnosis[] {
  const taken = failed.flatMap((pod) => {
    const match = failureMatchOf(pod, spec);
    return match === null ? [] : [{ pod, match }];
  });
  return groupBy(taken, ({ match }) => String(match.rule)).map(([, group]): Diagnosis => {
    const { match } = group[0]!;
    const names = group.map(({ pod }) => pod.metadata.name);
    return {
      rule: 'why/failure-policy',
      severity: match.action === 'Count' ? 'information' : 'warning',
      summary: `Rule ${match.rule} of podFailurePolicy (${match.action}) took ${sayPods(names)}: ${sayFailureAction(match.action)}.`,
      evidence: group.slice(-EVIDENCE_LIMIT).map(({ pod, match: by }) => podEvidence(pod, 'status', sayMatch(by))),
      field: `spec.podFailurePolicy.rules[${match.rule}]`,
    };
  });
}

function sayMatch({ by }: FailureMatch): string {
  return capitalised(
    by.kind === 'exitCode' ? `exit code ${by.exitCode} of container ${by.container}` : `condition ${by.type}`,
  );
}
