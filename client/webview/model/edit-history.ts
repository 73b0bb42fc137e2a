import type { ScenarioEdits } from './scenario-edits.ts';

/** What a person can change about a simulation without a file. */
export interface Changeable {
  readonly seed: number;
  readonly edits: ScenarioEdits;
}

/** The states before this one, the last at the end, and those that were taken back, the next at the end. */
export interface EditHistory {
  readonly past: readonly Changeable[];
  readonly future: readonly Changeable[];
}

export const beginHistory: EditHistory = { past: [], future: [] };

/** So many steps can be taken back. */
const MOST_STEPS = 100;

interface WithHistory extends Changeable {
  readonly history: EditHistory;
}

/** After a change; what was taken back before is gone. */
export function withChange({ seed, edits, history }: WithHistory, to: Changeable): WithHistory {
  return { ...to, history: { past: [...history.past, { seed, edits }].slice(-MOST_STEPS), future: [] } };
}

/** Before the last change; the same where there is none. */
export function undone({ seed, edits, history }: WithHistory): WithHistory {
  const before = history.past.at(-1);
  if (before === undefined) return { seed, edits, history };
  return {
    ...before,
    history: { past: history.past.slice(0, -1), future: [...history.future, { seed, edits }] },
  };
}

/** After the change that was taken back last; the same where there is none. */
export function redone({ seed, edits, history }: WithHistory): WithHistory {
  const after = history.future.at(-1);
  if (after === undefined) return { seed, edits, history };
  return {
    ...after,
    history: { past: [...history.past, { seed, edits }], future: history.future.slice(0, -1) },
  };
}
