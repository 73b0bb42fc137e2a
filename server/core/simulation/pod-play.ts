import { restartDelaySeconds } from '../kubernetes/backoff.ts';
import type { PodNeeds, Tenant } from './cluster-places.ts';
import {
  allAppsEnded,
  allAppsRunning,
  anyFailed,
  endContainers,
  endUnscripted,
  newContainer,
  type ContainerPlay,
} from './container-play.ts';
import type { EventOwner } from './clock.ts';
import type { JobRun } from './job-run.ts';
import { KUBELET_FINISH, KUBELET_START } from './latencies.ts';
import type { PodPlan } from './pod-plan.ts';
import { podEnded, podProgressed, podReadiness, podRestarted } from './pod-sets.ts';
import { isTerminal, type SimulatedPod } from './simulated-pod.ts';

/** A container that ran this long starts its restart delays anew (milliseconds). */
const RESTART_RESET = 600_000;
/** Exit code of a container that outlived its grace. */
const SIGKILL_EXIT_CODE = 137;

/** What all pods of a Job share on their node. */
export interface PodHost {
  readonly run: () => JobRun;
  readonly needs: PodNeeds;
  /** The template's terminationGracePeriodSeconds, in milliseconds. */
  readonly terminationGrace: number;
  /** The pod got its place. */
  readonly placed: (play: PodPlay) => void;
  /** The pod reached its last phase. */
  readonly ended: (play: PodPlay) => void;
}

/** How a pod is told to stop. */
export interface Termination {
  /** It ends Failed, also at exit code 0. */
  readonly failed: boolean;
  readonly reason: string | null;
  readonly message: string | null;
}

/** A pod's containers on the virtual clock, from its place on a node to its last phase. */
export class PodPlay implements Tenant, EventOwner {
  readonly pod: SimulatedPod;
  readonly plan: PodPlan;
  readonly needs: PodNeeds;
  hasPlace = false;
  readonly #host: PodHost;
  readonly #containers: readonly ContainerPlay[];
  /** What was put on the clock in an earlier epoch comes to nothing. */
  epoch = 0;
  #stopping = false;

  constructor(pod: SimulatedPod, plan: PodPlan, host: PodHost) {
    this.pod = pod;
    this.plan = plan;
    this.needs = host.needs;
    this.#host = host;
    this.#containers = plan.containers.map(newContainer);
  }

  /** A node has room for it: its startup begins. */
  placed(node: string | null): void {
    const run = this.#host.run();
    this.pod.scheduled = run.clock.now;
    this.pod.unready = run.clock.now;
    this.pod.node = node;
    podProgressed(run);
    if (!this.plan.imagePullBackOff) this.#after(KUBELET_START + this.plan.startup, () => this.#startNext());
    this.#host.placed(this);
  }

  /** Its containers are told to stop, and end after the scenario's grace, or the template's if that is shorter. */
  terminate({ failed, reason, message }: Termination): void {
    if (this.#stopping || isTerminal(this.pod)) return;
    this.#stopping = true;
    this.epoch++;
    const { grace, graceExitCode } = this.plan;
    const { terminationGrace } = this.#host;
    const killed = grace > terminationGrace;
    this.#after(killed ? terminationGrace : grace, () => {
      endContainers(this.#containers, killed ? SIGKILL_EXIT_CODE : graceExitCode);
      this.#finish(failed ? 'Failed' : this.#phase(), reason, message);
    });
  }

  /** It is over at once and without a kubelet, as on a node that is lost. */
  lose(reason: string): void {
    this.epoch++;
    this.#noteExitCodes();
    this.pod.reason = reason;
    podEnded(this.#host.run(), this.pod, 'Failed');
    this.#host.ended(this);
  }

  /** Its node is not heard of any more: whatever its containers do, nobody learns of it, and nobody can stop them. */
  silence(): void {
    this.#stopping = true;
    this.epoch++;
  }

  /** Nothing of it happens any more. */
  stop(): void {
    this.epoch++;
  }

  #after(delay: number, act: () => void): void {
    const { clock } = this.#host.run();
    clock.at(clock.now + delay, act, this);
  }

  #phase(): 'Succeeded' | 'Failed' {
    return this.pod.conditions.length > 0 || anyFailed(this.#containers) ? 'Failed' : 'Succeeded';
  }

  #finish(phase: 'Succeeded' | 'Failed', reason: string | null, message: string | null): void {
    const { pod } = this;
    const { clock } = this.#host.run();
    this.epoch++;
    pod.containersEnded ??= clock.now;
    clock.at(clock.now + KUBELET_FINISH, () => {
      if (pod.removed !== null || isTerminal(pod)) return;
      if (phase === 'Failed') this.#noteFailure(reason, message);
      podEnded(this.#host.run(), pod, phase);
      this.#host.ended(this);
    });
  }

  /** Of the containers that have ended. */
  #noteExitCodes(): void {
    const { pod } = this;
    pod.exitCodes = this.#containers
      .filter(({ state }) => state === 'ended')
      .map(({ plan, exitCode }) => ({ container: plan.name, exitCode }));
    pod.exitCode = (pod.exitCodes.find(({ exitCode }) => exitCode !== 0) ?? pod.exitCodes[0])?.exitCode ?? null;
  }

  #noteFailure(reason: string | null, message: string | null): void {
    const { pod } = this;
    this.#noteExitCodes();
    const outOfMemory = this.plan.oomKilled && pod.exitCode === SIGKILL_EXIT_CODE && !this.#stopping;
    pod.reason = reason ?? pod.conditions[0] ?? (outOfMemory ? 'OOMKilled' : 'Error');
    pod.message = message ?? pod.message;
  }

  /** Ends the pod once every app container has ended. */
  #settle(): void {
    if (!allAppsEnded(this.#containers)) {
      // A pod of which one container has ended is not ready any more, though the others run.
      podReadiness(this.#host.run(), this.pod, false);
      return;
    }
    endContainers(this.#containers, 0);
    if (this.plan.condition !== null) this.pod.conditions = [...this.pod.conditions, this.plan.condition];
    this.#finish(this.#phase(), null, null);
  }

  #start(container: ContainerPlay): void {
    container.state = 'running';
    const { run: length, scripted, kind } = container.plan;
    if (length < 0 || (!scripted && kind === 'app')) return;
    this.#after(length, () => this.#endOfRun(container));
  }

  #endOfRun(container: ContainerPlay): void {
    const { plan } = container;
    if (container.restarts < plan.restarts || plan.restartsForEver) {
      this.#restart(container);
      return;
    }
    container.state = 'ended';
    container.exitCode = plan.exitCode;
    if (plan.kind === 'init') {
      if (plan.exitCode === 0) this.#startNext();
      else {
        endContainers(this.#containers, 0);
        this.#finish('Failed', null, null);
      }
      return;
    }
    if (this.#containers[this.plan.main] === container) endUnscripted(this.#containers);
    this.#settle();
  }

  #restart(container: ContainerPlay): void {
    const { plan } = container;
    const run = this.#host.run();
    if (plan.run >= RESTART_RESET) container.delays = 0;
    container.delays++;
    const delay = plan.delaysRestarts ? restartDelaySeconds(container.delays) * 1000 : 0;
    const again = (): void => {
      container.restarts++;
      podRestarted(run, this.pod);
      this.#start(container);
      if (delay > 0 && plan.kind !== 'init' && allAppsRunning(this.#containers)) podReadiness(run, this.pod, true);
    };
    if (delay === 0) {
      again();
      return;
    }
    container.state = 'waiting';
    if (run.recorder.explains)
      run.recorder.explainPod(
        this.pod,
        'started',
        `Restart ${container.restarts + 1} of container ${plan.name} in place waits ${delay / 1000} s: the kubelet restarts at once, then after 10 s doubling to 300 s.`,
        'spec.template.spec.restartPolicy',
      );
    if (plan.kind !== 'init') podReadiness(run, this.pod, false);
    this.#after(delay, again);
  }

  /** Init containers one after the other, native sidecars on the way, then the app containers at once. */
  #startNext(): void {
    for (const each of this.#containers) {
      if (each.plan.kind === 'app' || each.state !== 'waiting') continue;
      this.#start(each);
      if (each.plan.kind === 'init') return;
    }
    const run = this.#host.run();
    this.pod.phase = 'Running';
    this.pod.started ??= run.clock.now;
    podReadiness(run, this.pod, true);
    for (const each of this.#containers) if (each.plan.kind === 'app') this.#start(each);
  }
}
