import type { Job } from '../kubernetes/generated/types.ts';
import { milliseconds } from './clock.ts';
import { drawLogNormal, mixSeed, seededRandom, type Random } from './random.ts';
import type { PodFates } from './pod-fates.ts';
import type { ContainerScript, Disruption, PodPosition, PodScript, Seconds } from '../scenario/scenario-model.ts';

/** One container of the template. */
export interface ContainerRole {
  readonly name: string;
  readonly kind: 'init' | 'sidecar' | 'app';
}

/** What one container of one pod will do: times in milliseconds, `run` negative when it never ends. */
export interface ContainerPlan extends ContainerRole {
  /** False: nothing is said of it, and it ends with the main container. */
  readonly scripted: boolean;
  readonly run: number;
  readonly exitCode: number;
  /** Restarts in place before its last exit. */
  readonly restarts: number;
  /** After its restarts it goes on being restarted as long as it fails. */
  readonly restartsForEver: boolean;
  /** The kubelet's growing waits before restarts. */
  readonly delaysRestarts: boolean;
}

/** What one pod will do, with everything drawn that is to be drawn. Times in milliseconds. */
export interface PodPlan {
  readonly containers: readonly ContainerPlan[];
  /** The app container whose end ends the unscripted ones. */
  readonly main: number;
  readonly pending: boolean;
  readonly imagePullBackOff: boolean;
  readonly oomKilled: boolean;
  readonly condition: string | null;
  readonly schedulingDelay: number;
  readonly startup: number;
  readonly grace: number;
  readonly graceExitCode: number;
  readonly disrupt: PlannedDisruption | null;
}

/** A disruption; all times in milliseconds. */
export interface PlannedDisruption {
  readonly at: number;
  readonly by: Disruption;
  /** After `at`; null: never. */
  readonly nodeRemoved: number | null;
}

/** Makes plans for the pods of one Job. */
export type PodPlanner = (position: PodPosition) => PodPlan;

const DEFAULT_GRACE_SECONDS = 0.2;
const SIGTERM_EXIT_CODE = 143;
const OOM_EXIT_CODE = 137;

/** The containers of a Job's template: app containers first, in order, then init containers and native sidecars. */
export function containerRoles(job: Job): readonly ContainerRole[] {
  const pod = job.spec?.template?.spec;
  const apps = (pod?.containers ?? []).map(({ name = '' }): ContainerRole => ({ name, kind: 'app' }));
  const inits = (pod?.initContainers ?? []).map(({ name = '', restartPolicy }): ContainerRole => ({
    name,
    kind: restartPolicy === 'Always' ? 'sidecar' : 'init',
  }));
  return apps.length === 0 ? [{ name: '', kind: 'app' }, ...inits] : [...apps, ...inits];
}

/** A planner for a Job's pods. Each pod draws from its own place in the seed, so that one pod's draws never move another's. */
export function createPodPlanner(job: Job, fates: PodFates, seed: number): PodPlanner {
  const roles = containerRoles(job);
  const onFailure = job.spec?.template?.spec?.restartPolicy === 'OnFailure';
  const fixed = new Map<PodScript, PodPlan>();

  return (position) => {
    const script = fates.of(position);
    const known = fixed.get(script);
    if (known !== undefined) return known;
    let drawn = 0;
    const generator = seededRandom(mixSeed(seed, position.run ?? 0, position.ordinal, (position.index ?? -1) + 1));
    const plan = planPod(script, roles, onFailure, () => {
      drawn++;
      return generator();
    });
    if (drawn === 0) fixed.set(script, plan);
    return plan;
  };
}

function planPod(script: PodScript, roles: readonly ContainerRole[], onFailure: boolean, random: Random): PodPlan {
  const named = roles.findIndex(({ name, kind }) => kind === 'app' && name === script.container);
  const main = Math.max(named, 0);
  const flatDelays = script.restartDelay ?? (script.restarts === undefined ? 'kubelet' : 'none');
  return {
    main,
    containers: roles.map((role, at) => {
      const own = script.containers?.[role.name];
      const spoken = own ?? (at === main ? script : undefined);
      const delaysRestarts = (script.restartDelay ?? (own === undefined ? flatDelays : 'kubelet')) === 'kubelet';
      // A condition of the pod ends it whatever its containers do.
      const restartsForEver = delaysRestarts && onFailure && script.condition === undefined;
      const how = { delaysRestarts, restartsForEver, random };
      if (at !== main) return planContainer(role, spoken, own?.exitCode ?? 0, how);
      const exitCode = exitCodeOf(script, own);
      const probability = exitCode === 0 ? (script.failureProbability ?? 0) : 0;
      if (!restartsForEver || probability >= 1)
        return planContainer(
          role,
          spoken,
          probability > 0 && random() < probability ? (script.failureExitCode ?? 1) : exitCode,
          how,
        );
      // Restarted in place, each run draws anew: the failures before the first success.
      const failures = probability === 0 ? 0 : Math.floor(Math.log(1 - random()) / Math.log(probability));
      const plan = planContainer(role, spoken, exitCode, how);
      return { ...plan, restarts: plan.restarts + failures };
    }),
    pending: script.pending ?? false,
    imagePullBackOff: script.imagePullBackOff ?? false,
    oomKilled: script.oomKilled ?? false,
    condition: script.condition ?? null,
    schedulingDelay: drawMilliseconds(script.schedulingDelay ?? 0, random),
    startup: drawMilliseconds(script.startup ?? 0, random),
    grace: drawMilliseconds(script.grace ?? DEFAULT_GRACE_SECONDS, random),
    graceExitCode: script.graceExitCode ?? SIGTERM_EXIT_CODE,
    disrupt: script.disrupt === undefined ? null : disruptionOf(script.disrupt, random),
  };
}

function disruptionOf({ at, by, nodeRemoved }: NonNullable<PodScript['disrupt']>, random: Random): PlannedDisruption {
  return {
    at: drawMilliseconds(at, random),
    by,
    nodeRemoved: nodeRemoved === undefined ? null : drawMilliseconds(nodeRemoved, random),
  };
}

function planContainer(
  role: ContainerRole,
  script: ContainerScript | undefined,
  exitCode: number,
  how: { readonly delaysRestarts: boolean; readonly restartsForEver: boolean; readonly random: Random },
): ContainerPlan {
  return {
    ...role,
    scripted: script !== undefined,
    run: script?.run === undefined ? (role.kind === 'sidecar' ? -1 : 0) : drawMilliseconds(script.run, how.random),
    exitCode,
    restarts: script?.restarts ?? 0,
    restartsForEver: role.kind === 'sidecar' || (how.restartsForEver && exitCode !== 0),
    delaysRestarts: how.delaysRestarts || role.kind !== 'app',
  };
}

function exitCodeOf(script: PodScript, own: ContainerScript | undefined): number {
  return script.oomKilled === true ? OOM_EXIT_CODE : (own?.exitCode ?? script.exitCode ?? 0);
}

/** A number of seconds, drawn where it is a distribution, in whole milliseconds. */
export function drawMilliseconds(seconds: Seconds, random: Random): number {
  if (typeof seconds === 'number') return milliseconds(seconds);
  if ('p50' in seconds) return milliseconds(drawLogNormal(random, seconds.p50, seconds.p95));
  return milliseconds(seconds.min + (seconds.max - seconds.min) * random());
}
