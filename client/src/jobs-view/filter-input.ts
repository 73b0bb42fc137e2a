import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseLabelQuery } from '../../../server/core/kubernetes/label-query.ts';
import { JOB_STATES, type JobState } from '../../../server/core/timeline/job-state.ts';
import { NO_FILTER, type JobFilter } from './job-filter.ts';

const MEANINGS: Readonly<Record<JobState, string>> = {
  Failed: '',
  FailureTarget: l10n.t('will be Failed once its pods have ended'),
  Running: '',
  SuccessCriteriaMet: l10n.t('will be Complete once its pods have ended'),
  Suspended: '',
  Terminating: l10n.t('is being deleted'),
  Complete: '',
};

/** Asks for states, then for a label selector. Undefined when the person gave up. */
export async function askFilter(before: JobFilter): Promise<JobFilter | undefined> {
  const picked = await vscode.window.showQuickPick(
    JOB_STATES.map((state) => ({
      label: state,
      description: MEANINGS[state],
      picked: before.states.has(state),
      state,
    })),
    {
      title: l10n.t('Filter Jobs (1 of 2)'),
      placeHolder: l10n.t('Which states? None chosen means all.'),
      canPickMany: true,
    },
  );
  if (picked === undefined) return undefined;
  const selector = await vscode.window.showInputBox({
    title: l10n.t('Filter Jobs (2 of 2)'),
    prompt: l10n.t('A label selector as kubectl takes it, such as app=report,tier!=web; nothing means all.'),
    value: before.selector,
    validateInput(text) {
      const query = parseLabelQuery(text);
      return query.ok ? null : query.problem;
    },
  });
  if (selector === undefined) return undefined;
  const query = parseLabelQuery(selector);
  const filter: JobFilter = {
    states: new Set(picked.map(({ state }) => state)),
    selector,
    labels: query.ok ? query.requirements : [],
  };
  return filter.states.size === 0 && filter.labels.length === 0 ? NO_FILTER : filter;
}

/** The filter that a command was given: `states` and `selector`; null where it was given none. */
export function readFilter(given: unknown): JobFilter | null {
  if (typeof given !== 'object' || given === null || !('states' in given || 'selector' in given)) return null;
  const { states, selector } = given as { readonly states?: unknown; readonly selector?: unknown };
  const wanted: readonly unknown[] = Array.isArray(states) ? states : [];
  const text = typeof selector === 'string' ? selector : '';
  const query = parseLabelQuery(text);
  return {
    states: new Set(JOB_STATES.filter((state) => wanted.includes(state))),
    selector: text,
    labels: query.ok ? query.requirements : [],
  };
}
