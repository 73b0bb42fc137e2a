import * as l10n from '@vscode/l10n';
import { defaultJob } from '../../../server/core/kubernetes/defaults.ts';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { plural } from '../plural.ts';
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
  if (isFinished(job)) return { refusal: l10n.t('{0} has ended: there is nothing to scale.', sayObject(address)) };
  const { parallelism = 1, completions, completionMode } = defaultJob(job).spec ?? {};
  return {
    parallelism,
    completions: completions ?? null,
    elastic: completionMode === 'Indexed' && completions === parallelism && parallelism > 0,
  };
}

/** Why a typed number is no parallelism, in one sentence; null when it is one. */
export function parallelismProblem(text: string): string | null {
  if (!/^\d+$/.test(text.trim())) return l10n.t('A whole number, 0 or more.');
  return Number(text) > 2_147_483_647 ? l10n.t('At most 2147483647.') : null;
}

/** Runs another number of pods at once. */
export function planScale(address: ObjectAddress, job: ObservedJob, scale: Scale): Planned {
  const now = scalingOf(address, job);
  if ('refusal' in now) return now;
  const { parallelism, completions } = scale;
  const together = completions !== null && completions !== now.completions;
  if (parallelism === now.parallelism && !together)
    return { refusal: l10n.t('{0} has a parallelism of {1} already.', sayObject(address), parallelism) };
  const { uid } = job.metadata;
  const spec = (to: Scale, both: boolean): object =>
    both ? { parallelism: to.parallelism, completions: to.completions } : { parallelism: to.parallelism };
  const what = together
    ? l10n.t('{0} pods at once, {1} indexes', parallelism, completions)
    : l10n.t('{0} pods at once', parallelism);
  return {
    title: l10n.t('Scale {0} to {1}', sayObject(address), what),
    detail: [...consequences(job, now, scale), ...othersInCharge(job)],
    button: l10n.t('Scale'),
    changes: [mergeChange(address, uid, { spec: spec(scale, together) })],
    done: l10n.t('{0} is scaled from {1} to {2}', sayObject(address), now.parallelism, parallelism),
    undo: {
      changes: [mergeChange(address, uid, { spec: spec(now, together) })],
      done: l10n.t('{0} is scaled back to {1}', sayObject(address), now.parallelism),
    },
  };
}

function consequences(job: ObservedJob, now: Scaling, { parallelism, completions }: Scale): readonly string[] {
  const before = now.parallelism;
  const sentences: string[] = [];
  if (completions !== null && now.completions !== null && completions !== now.completions) {
    sentences.push(l10n.t('parallelism and completions: {0} → {1}.', before, parallelism));
    const [first, last] = [Math.min(completions, now.completions), Math.max(completions, now.completions) - 1];
    const span = first === last ? l10n.t('Index {0}', first) : l10n.t('Indexes {0} to {1}', first, last);
    const verb = first === last ? 'is' : 'are';
    sentences.push(
      completions > now.completions
        ? `${span} ${verb} added.`
        : l10n.t('{0} {1} dropped, also where they succeeded or failed; their pods are deleted.', span, verb),
    );
    return sentences;
  }
  sentences.push(`parallelism: ${before} → ${parallelism}.`);
  const active = job.status?.active ?? 0;
  if (parallelism === 0) sentences.push('0 pauses the Job: pods that run are deleted, and no new ones are made.');
  else if (parallelism < active)
    sentences.push(
      plural(
        active - parallelism,
        l10n.t('{0} pod that runs is deleted, and their work is lost.'),
        l10n.t('{0} pods that run are deleted, and their work is lost.'),
      ),
    );
  if (now.elastic && completions === null)
    sentences.push('completions stays: afterwards the two can no longer be scaled together.');
  if (job.spec?.suspend === true) sentences.push(l10n.t('It is suspended: this takes effect when it is resumed.'));
  else if (now.completions !== null && parallelism > now.completions - (job.status?.succeeded ?? 0))
    sentences.push(l10n.t('No more pods run at once than completions are left.'));
  return sentences;
}
