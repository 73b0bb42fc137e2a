import * as l10n from '@vscode/l10n';
import type { JobCondition } from '../../server/core/kubernetes/generated/types.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import type { ClusterProblem } from './problem.ts';
import type { JobSnapshot } from './watch-job.ts';

/** How watching a Job ended. */
export interface WatchEnd {
  /**
   * `Complete`, `Failed`: the Job ended. `Deleted`: it was deleted while watched. `NotFound`: there was none.
   * `Stopped`: the caller's signal. `Problem`: nothing more can be had from the cluster; `problem` says why.
   */
  readonly outcome: 'Complete' | 'Failed' | 'Deleted' | 'NotFound' | 'Stopped' | 'Problem';
  /** One sentence for a person. */
  readonly message: string;
  /** The last timeline; null when there never was one. */
  readonly timeline: Timeline | null;
  readonly snapshot: JobSnapshot | null;
  readonly problem: ClusterProblem | null;
  /** The uid of another Job that has the same name now. */
  readonly recreated: string | null;
}

/** What is known of an end when it is heard of. */
export type Ending = Pick<WatchEnd, 'outcome' | 'message'> & Partial<Pick<WatchEnd, 'problem' | 'recreated'>>;

/** The Job ended by itself. @param called how messages call it */
export function ended(called: string, { type, reason = '', message = '' }: JobCondition): Ending {
  const outcome = type === 'Complete' ? 'Complete' : 'Failed';
  const because = [reason, message].filter((text) => text !== '').join(': ');
  if (outcome === 'Complete')
    return {
      outcome,
      message: because === '' ? l10n.t('{0} is complete.', called) : l10n.t('{0} is complete ({1}).', called, because),
    };
  return {
    outcome,
    message: because === '' ? l10n.t('{0} failed.', called) : l10n.t('{0} failed ({1}).', called, because),
  };
}

/** It was deleted. @param recreated the uid of another one that has its name now */
export function gone(called: string, recreated: string | null): Ending {
  const message =
    recreated === null
      ? l10n.t('{0} was deleted while it was watched.', called)
      : l10n.t(
          '{0} was deleted while it was watched. Another Job has the same name now; it is not this one, so it has to be watched anew.',
          called,
        );
  return { outcome: 'Deleted', message, recreated };
}
