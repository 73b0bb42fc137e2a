import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import type { Explanation } from '../../../server/core/timeline/timeline.ts';

/** Reasons that are alike but for the Job and the slot that they name. */
export interface CronReason {
  readonly first: Explanation;
  readonly times: number;
}

/** Why a CronJob did what it did, each kind of reason once, in the order in which they came up. */
export function cronReasons({ name, explanations }: CronTimeline): readonly CronReason[] {
  const kinds = new Map<string, Map<string, Explanation>>();
  for (const each of explanations) {
    // That a slot makes a Job is what the runs show already.
    if (each.field === 'spec.schedule') continue;
    const kind = `${each.field ?? ''} ${alike(each.text, name)}`;
    // The controller gives the same reason each time it looks: once is enough.
    const texts = kinds.get(kind) ?? new Map<string, Explanation>();
    if (!texts.has(each.text)) texts.set(each.text, each);
    kinds.set(kind, texts);
  }
  return [...kinds.values()].map((texts) => ({ first: [...texts.values()][0]!, times: texts.size }));
}

/** A reason without the Job and the slot that it names. */
function alike(text: string, name: string): string {
  return text
    .split(' ')
    .map((word) =>
      word.startsWith(`${name}-`) || /^\d[\d:-]*$/.test(word) || /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/.test(word)
        ? '…'
        : word,
    )
    .join(' ');
}
