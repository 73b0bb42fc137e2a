import { countOf } from '../../../server/core/forecast/words.ts';
import { defaultJob } from '../../../server/core/kubernetes/defaults.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import {
  isFinished,
  mergeChange,
  othersInCharge,
  sayObject,
  type ObjectAddress,
  type Planned,
  type Refusal,
} from './change.ts';

export interface Scale {
  readonly parallelism: number;
  /** Null: stays as it is. Only an elastic Job takes another. */
  readonly completions: number | null;
}

/** How a Job is scaled now. */
export interface Scaling {
  readonly parallelism: number;
  /** Null: a work queue. */
  readonly completions: number | null;
  /** Indexed, with as many completions as parallelism: the server takes another number of both together. */
  readonly elastic: boolean;
}

/** What a person may choose from; a refusal where nothing can be scaled. */
export function scalingOf(address: ObjectAddress, job: ObservedJob): Scaling | Refusal {
  if (isFinished(job)) return { refusal: `${sayObject(address)} has ended: there is nothing to scale.` };
  const { parallelism = 1, completions, completionMode } = defaultJob(job).spec ?? {};
  return {
    parallelism,
    completions: completions ?? null,
    elastic: completionMode === 'Indexed' && completions === parallelism && parallelism > 0,
  };
}

/** Why a typed number is no parallelism, in one sentence; null when it is one. */
export function parallelismProblem(text: string): string | null {
  if (!/^\d+$/.test(text.trim())) return 'A whole number, 0 or more.';
  return Number(text) > 2_147_483_647 ? 'At most 2147483647.' : null;
}

/** Runs another number of pods at once. */
export function planScale(address: ObjectAddress, job: ObservedJob, scale: Scale): Planned {
  const now = scalingOf(address, job);
  if ('refusal' in now) return now;
  const { parallelism, completions } = scale;
  const together = completions !== null && completions !== now.completions;
  if (parallelism === now.parallelism && !together)
    return { refusal: `${sayObject(address)} has a parallelism of ${parallelism} already.` };
  const { uid } = job.metadata;
  const spec = (to: Scale, both: boolean): object =>
    both ? { parallelism: to.parallelism, completions: to.completions } : { parallelism: to.parallelism };
  const what = together ? `${parallelism} pods at once, ${completions} indexes` : `${parallelism} pods at once`;
  return {
    title: `Scale ${sayObject(address)} to ${what}`,
    detail: [...consequences(job, now, scale), ...othersInCharge(job)],
    button: 'Scale',
    changes: [mergeChange(address, uid, { spec: spec(scale, together) })],
    done: `${sayObject(address)} is scaled from ${now.parallelism} to ${parallelism}`,
    undo: {
      changes: [mergeChange(address, uid, { spec: spec(now, together) })],
      done: `${sayObject(address)} is scaled back to ${now.parallelism}`,
    },
  };
}

function consequences(job: ObservedJob, now: Scaling, { parallelism, completions }: Scale): readonly string[] {
  const before = now.parallelism;
  const sentences: string[] = [];
  if (completions !== null && now.completions !== null && completions !== now.completions) {
    sentences.push(`parallelism and completions: ${before} → ${parallelism}.`);
    const [first, last] = [Math.min(completions, now.completions), Math.max(completions, now.completions) - 1];
    const span = first === last ? `Index ${first}` : `Indexes ${first} to ${last}`;
    const verb = first === last ? 'is' : 'are';
    sentences.push(
      completions > now.completions
        ? `${span} ${verb} added.`
        : `${span} ${verb} dropped, also where they succeeded or failed; their pods are deleted.`,
    );
    return sentences;
  }
  sentences.push(`parallelism: ${before} → ${parallelism}.`);
  const active = job.status?.active ?? 0;
  if (parallelism === 0) sentences.push('0 pauses the Job: pods that run are deleted, and no new ones are made.');
  else if (parallelism < active)
    sentences.push(
      `${countOf(active - parallelism, 'pod that runs is', 'pods that run are')} deleted, and their work is lost.`,
    );
  if (now.elastic && completions === null)
    sentences.push('completions stays: afterwards the two can no longer be scaled together.');
  if (job.spec?.suspend === true) sentences.push('It is suspended: this takes effect when it is resumed.');
  else if (now.completions !== null && parallelism > now.completions - (job.status?.succeeded ?? 0))
    sentences.push('No more pods run at once than completions are left.');
  return sentences;
}
