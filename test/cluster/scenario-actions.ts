/** What a scenario's people do to the Job or CronJob while it runs. */
import type { ActionScript, Capacity, PodMatch } from '../../server/core/scenario/scenario-model.ts';
import { resourcePath, type Api } from './api.ts';
import type { ControlPlane } from './control-plane.ts';
import { hasCondition, type Job } from './objects.ts';

export interface ActionTarget {
  readonly resource: 'jobs' | 'cronjobs';
  readonly name: string;
  /** Whose controllers `controllerRestart` and `controllerOutage` concern; all that it plays at the time shares them. */
  readonly cluster?: ControlPlane;
}

/** What actions can do to the scripted pods. */
export interface ScriptedPods {
  deletePods(match: PodMatch): Promise<void>;
  drain(): void;
  setCapacity(capacity: Capacity): void;
}

/** The merge patch that an action is, if it changes the object itself. */
function patchOf({ suspend, parallelism, completions, patch }: ActionScript): object | undefined {
  if (patch !== undefined) return patch;
  const given = Object.entries({ suspend, parallelism, completions }).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : { spec: Object.fromEntries(given) };
}

/** Starts the clock of the actions: each is performed `at` seconds from now. */
export function startActions(
  api: Api,
  namespace: string,
  target: ActionTarget,
  actions: readonly ActionScript[],
  pods: ScriptedPods,
): { readonly done: Promise<void>; stop(): void } {
  const timers = new Set<NodeJS.Timeout>();
  const path = resourcePath(target.resource, namespace, target.name);

  function later(seconds: number, act: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act().then(resolve, reject);
      }, seconds * 1000);
      timers.add(timer);
    });
  }

  /** Paths of the Jobs of a CronJob that have not ended. */
  async function runningJobs(): Promise<string[]> {
    const { items } = await api.get<{ readonly items: readonly Job[] }>(resourcePath('jobs', namespace));
    return items
      .filter((job) => !hasCondition(job, 'Complete') && !hasCondition(job, 'Failed'))
      .map(({ metadata }) => resourcePath('jobs', namespace, metadata.name));
  }

  async function perform(action: ActionScript): Promise<void> {
    const patch = patchOf(action);
    const reached = action.target === 'job' && target.resource === 'cronjobs' ? await runningJobs() : [path];
    if (patch !== undefined) for (const object of reached) await api.patch(object, patch);
    if (action.deletePod !== undefined) await pods.deletePods(action.deletePod);
    if (action.capacity !== undefined) pods.setCapacity(action.capacity);
    if (action.drain !== undefined) pods.drain();
    if (action.delete) for (const object of reached) await api.delete(object, { propagationPolicy: 'Background' });
    if (action.controllerRestart) await target.cluster?.restartControllerManager();
    const outage = action.controllerOutage;
    if (outage !== undefined && target.cluster) {
      const { cluster } = target;
      await cluster.kill('kube-controller-manager');
      await later(outage, () => cluster.start('kube-controller-manager'));
    }
  }

  const done = Promise.all(actions.map((action) => later(action.at, () => perform(action)))).then(() => undefined);
  // Whoever does not wait for the actions must not end by one that was refused.
  done.catch(() => undefined);
  return {
    done,
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
