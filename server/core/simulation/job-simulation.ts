import { defaultJob } from '../kubernetes/defaults.ts';
import type { Job } from '../kubernetes/generated/types.ts';
import { NO_FAILURES } from './backoff.ts';
import { milliseconds, wholeSecond, type VirtualClock } from './clock.ts';
import type { ClusterPlaces, PodNeeds } from './cluster-places.ts';
import { storedJob, type ControllerBehaviour } from './controller-behaviour.ts';
import { NO_INDEXES } from './index-intervals.ts';
import { isManagedElsewhere, syncJob } from './job-controller.ts';
import { controlledSpec, isFinished, type JobRun } from './job-run.ts';
import { createKubelet, type Kubelet } from './kubelet.ts';
import { FIRST_SYNC, GARBAGE_COLLECTION } from './latencies.ts';
import { createPendingIndexes } from './pending-indexes.ts';
import { createPodNames } from './pod-names.ts';
import type { PodFates } from './pod-fates.ts';
import { createPodPlanner } from './pod-plan.ts';
import { createPodSets } from './pod-sets.ts';
import type { NamespaceQuota } from './quota.ts';
import { unreachableTolerationSeconds } from './node-outage.ts';
import type { RunRecorder } from './run-recorder.ts';
import { createSyncQueue } from './sync-queue.ts';
import { templateNeeds } from './template-needs.ts';

/** One Job on the virtual clock: the controller's run and the kubelet that plays its pods. */
export interface JobSimulation {
  readonly run: JobRun;
  readonly kubelet: Kubelet;
  /** The Job as the API holds it now, defaulted. */
  readonly job: () => Job;
  /** A person changed the spec; what the server would refuse must not come here. */
  changeSpec(job: Job): void;
  /** Asks for the Job's deletion, pods and all; in the background the Job goes before its pods. */
  delete(propagation: 'foreground' | 'background'): void;
  /** The controller restarted and forgot what it kept in memory. */
  restartController(): void;
}

export interface JobSimulationOptions {
  readonly job: Job;
  readonly fates: PodFates;
  readonly seed: number;
  readonly clock: VirtualClock;
  readonly places: ClusterPlaces;
  readonly quota: NamespaceQuota;
  readonly behaviour: ControllerBehaviour;
  readonly recorder: RunRecorder;
  /** Which run of a CronJob this is, from 0; null for a Job of its own. */
  readonly cronRun: number | null;
  /** Told of each write of the Job's status, with the milliseconds until it is seen. */
  readonly statusWritten: (delay: number) => void;
  /** Told when the object is gone. */
  readonly deleted: () => void;
}

/** Creates the Job at the clock's now; its first sync follows. */
export function startJob(options: JobSimulationOptions): JobSimulation {
  const { clock, recorder, seed } = options;
  const stored = storedJob(options.job, options.behaviour);
  let job = defaultJob(stored.job);
  const spec = controlledSpec(job.spec ?? {});
  const mode = job.spec?.completionMode ?? 'NonIndexed';
  const indexed = mode === 'Indexed';
  const name = job.metadata?.name ?? job.metadata?.generateName ?? 'job';
  const needs: PodNeeds = templateNeeds(job);
  const pod = job.spec?.template?.spec;

  const kubelet = createKubelet({
    run: () => run,
    places: options.places,
    quota: options.quota,
    planner: createPodPlanner(job, options.fates, seed),
    needs,
    cronRun: options.cronRun,
    terminationGraceSeconds: Math.max(pod?.terminationGracePeriodSeconds ?? 30, 1),
    podDeadlineSeconds: pod?.activeDeadlineSeconds ?? null,
    unreachableTolerationSeconds: unreachableTolerationSeconds(job),
    nodeGraceSeconds: options.behaviour.nodeGraceSeconds,
    podName: createPodNames(name, seed),
  });
  const run: JobRun = {
    name,
    namespace: job.metadata?.namespace ?? 'default',
    clock,
    origin: clock.now,
    behaviour: options.behaviour,
    recorder,
    api: kubelet,
    indexed,
    knownMode: indexed || mode === 'NonIndexed',
    spec,
    status: {
      active: 0,
      ready: null,
      terminating: null,
      succeeded: 0,
      failed: 0,
      completedIndexes: NO_INDEXES,
      failedIndexes: null,
      startTime: null,
      conditions: [],
    },
    pods: createPodSets(),
    pendingIndexes: indexed ? createPendingIndexes() : null,
    backoff: NO_FAILURES,
    shrunk: false,
    deleting: null,
    gone: false,
    decidedBy: null,
    finishedAt: null,
    queue: createSyncQueue(clock, sync),
    statusWritten: options.statusWritten,
  };

  function sync(): boolean {
    const before = isFinished(run.status);
    const done = syncJob(run);
    collectDeleted();
    if (!before && isFinished(run.status)) awaitExpiry();
    return done;
  }

  /** ttlSecondsAfterFinished: counted from the final condition, as the API stores its time. */
  function awaitExpiry(): void {
    const { ttlSecondsAfterFinished } = run.spec;
    const final = run.status.conditions.find(({ type }) => type === 'Complete' || type === 'Failed');
    if (ttlSecondsAfterFinished === null || final === undefined || run.deleting !== null) return;
    const expiry = wholeSecond(final.since) + milliseconds(ttlSecondsAfterFinished);
    clock.at(expiry + GARBAGE_COLLECTION, () => {
      // The time to live may have changed meanwhile; the latest counts.
      if (run.spec.ttlSecondsAfterFinished !== ttlSecondsAfterFinished || run.deleting !== null) return;
      recorder.explainJob(
        `ttlSecondsAfterFinished is ${ttlSecondsAfterFinished}: the Job and its pods are deleted so many seconds after it ended.`,
        'spec.ttlSecondsAfterFinished',
      );
      remove('foreground');
    });
  }

  /** In the foreground the object stays until its pods have gone; in the background it goes first. */
  function remove(propagation: 'foreground' | 'background'): void {
    if (run.deleting !== null) return;
    run.deleting = clock.now;
    if (propagation === 'background') vanish();
    kubelet.collect();
    if (propagation === 'foreground') collectDeleted();
  }

  /** A Job that is being deleted goes when the last of its pods has. */
  function collectDeleted(): void {
    if (run.deleting === null || run.gone) return;
    if (kubelet.remaining > 0) return;
    clock.at(clock.now + GARBAGE_COLLECTION, () => {
      if (run.gone) return;
      vanish();
    });
  }

  function vanish(): void {
    run.gone = true;
    recorder.deleted();
    options.deleted();
  }

  recorder.target(spec);
  recorder.status(run.status, indexed, 0);
  clock.at(clock.now + FIRST_SYNC, sync);
  for (const { field, gate } of stored.dropped)
    recorder.explainJob(
      `This version of Kubernetes drops spec.${field}: its feature gate ${gate} is off there unless somebody switches it on.`,
      `spec.${field}`,
    );
  if (isManagedElsewhere(run))
    recorder.explainJob(
      `spec.managedBy is ${spec.managedBy ?? ''}: the Job controller leaves this Job to that controller and does nothing.`,
      'spec.managedBy',
    );

  return {
    run,
    kubelet,
    job: () => job,
    changeSpec(changed) {
      const old = run.spec;
      job = defaultJob(storedJob(changed, options.behaviour).job);
      run.spec = controlledSpec(job.spec ?? {});
      recorder.target(run.spec);
      if (run.gone) return;
      if (old.completions !== run.spec.completions) {
        run.pendingIndexes?.reset();
        run.shrunk ||= (run.spec.completions ?? 0) < (old.completions ?? 0);
      }
      if (isFinished(run.status)) {
        if (old.ttlSecondsAfterFinished !== run.spec.ttlSecondsAfterFinished) awaitExpiry();
        return;
      }
      run.queue.add(0);
    },
    delete: remove,
    restartController() {
      run.backoff = NO_FAILURES;
      run.queue.add(0);
    },
  };
}
