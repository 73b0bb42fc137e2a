/** What a scenario's people do to the Job or CronJob while it runs. */
import type { ActionScript, Capacity, PodMatch } from '../../server/core/scenario/scenario-model.ts';
import { resourcePath, type Api } from './api.ts';
import type { ControlPlane } from './control-plane.ts';

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

  async function perform(action: ActionScript): Promise<void> {
    const patch = patchOf(action);
    if (patch !== undefined) await api.patch(path, patch);
    if (action.deletePod !== undefined) await pods.deletePods(action.deletePod);
    if (action.capacity !== undefined) pods.setCapacity(action.capacity);
    if (action.drain !== undefined) pods.drain();
    if (action.delete) await api.delete(path, { propagationPolicy: 'Background' });
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
