import type { Explanation } from './timeline.ts';

/** True when an explanation speaks of the pod of this ordinal. */
export function explainsPod({ about }: Explanation, ordinal: number): boolean {
  return about.kind === 'pod' && about.ordinal <= ordinal && ordinal <= (about.through ?? about.ordinal);
}

/** Explanations with one for each pod, where one speaks of many. */
export function podByPod(explanations: readonly Explanation[]): readonly Explanation[] {
  return explanations.flatMap((each) => {
    const { about } = each;
    if (about.kind !== 'pod' || about.through === undefined) return [each];
    const { kind, ordinal, moment, through } = about;
    return Array.from({ length: through - ordinal + 1 }, (_, at) => ({
      ...each,
      about: { kind, ordinal: ordinal + at, moment },
    }));
  });
}
