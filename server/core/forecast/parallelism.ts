import type { JobSpec } from '../kubernetes/generated/types.ts';

/** What a Job has to do until it is Complete. */
export type Work =
  /** `completions` unset: the pods share a queue; the first success ends the making of pods. */
  | { readonly kind: 'queue' }
  /** So many pods must succeed, whichever. */
  | { readonly kind: 'count'; readonly completions: number }
  /** Each index from 0 to completions - 1 must succeed once. */
  | { readonly kind: 'indexes'; readonly completions: number };

export interface ParallelismForecast {
  /** `spec.parallelism` after defaulting. */
  readonly asked: number;
  /** The most pods that ever work at once. */
  readonly peak: number;
  /** What holds `peak` below `asked`, or makes it 0. */
  readonly limit: 'none' | 'completions' | 'paused' | 'nothing to do';
  /** Rounds of `peak` pods if all took the same time: completions / peak, rounded up. Null for a work queue or at peak 0. */
  readonly waves: number | null;
  /** How many pods the last wave has. Null where `waves` is. */
  readonly lastWave: number | null;
}

/** The kind of work, from a spec with the API's defaults (`spec.completions`, `spec.completionMode`). */
export function workOf(spec: JobSpec): Work {
  if (spec.completions === undefined) return { kind: 'queue' };
  return { kind: spec.completionMode === 'Indexed' ? 'indexes' : 'count', completions: spec.completions };
}

/**
 * How many pods run at once, from a spec with the API's defaults. The controller never wants more pods than
 * completions are missing, so parallelism above completions has no effect.
 */
export function forecastParallelism(spec: JobSpec): ParallelismForecast {
  const asked = spec.parallelism ?? 1;
  const completions = spec.completions;
  if (completions === 0) return { asked, peak: 0, limit: 'nothing to do', waves: null, lastWave: null };
  if (asked === 0) return { asked, peak: 0, limit: 'paused', waves: null, lastWave: null };
  if (completions === undefined) return { asked, peak: asked, limit: 'none', waves: null, lastWave: null };
  const peak = Math.min(asked, completions);
  const waves = Math.ceil(completions / peak);
  return {
    asked,
    peak,
    limit: asked > completions ? 'completions' : 'none',
    waves,
    lastWave: completions - (waves - 1) * peak,
  };
}
