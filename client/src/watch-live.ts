import * as l10n from '@vscode/l10n';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import { diagnose } from '../../server/core/diagnosis/diagnose.ts';
import type { PanelFinding, PanelNotice } from '../../server/src/protocol/panel.ts';
import type { ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import type {
  ClusterProblem,
  Connection,
  JobSnapshot,
  SeenBefore,
  SharedCollection,
  WatchEnd,
} from '../cluster/cluster.ts';
import type { LiveCluster } from './load-cluster.ts';
import type { LiveSource, LiveView } from './panel/panel.ts';
import type { WatchedJobs } from './jobs-view/watched-jobs.ts';
import { inWords } from './watch-problem.ts';

export interface LiveJob {
  readonly cluster: LiveCluster;
  readonly connection: Connection;
  readonly view: LiveView;
  readonly source: LiveSource;
  /** The list of the namespace's Jobs that a view is looking at now. */
  readonly jobs?: SharedCollection<ObservedJob> | null;
  /** Shows its progress in the status bar. */
  readonly watched: WatchedJobs;
  /** Gets each picture, for those who keep it. */
  readonly onSeen: (seen: SeenBefore) => void;
  /** Other actions than the watch's own, by id. */
  readonly onAction?: (id: string) => void;
  /** Tells that a cluster is attached; gives back what to call when it is let go. */
  readonly attach?: () => () => void;
  readonly watchAgain: () => Promise<void>;
  readonly chooseAnother: () => Promise<void>;
}

const again = { id: 'again', label: l10n.t('Try Again') };
const choose = { id: 'choose', label: l10n.t('Watch Another Job') };

/** Watches the Job into the view until it ends or the view is closed; the connection is closed then. */
export function showLiveJob(live: LiveJob): void {
  const { cluster, connection, view, source } = live;
  const detach = live.attach?.();
  const stop = new AbortController();
  const entry = live.watched.begin(source);
  view.onClosed(() => {
    stop.abort();
    entry.close();
  });
  view.onAction((id) => {
    if (id === again.id) void live.watchAgain();
    else if (id === choose.id) void live.chooseAnother();
    else live.onAction?.(id);
  });
  view.showMessage({
    tone: 'loading',
    title: l10n.t('Connecting to {0} …', source.context),
    text: l10n.t('Asking {0} for Job {1}/{2}.', connection.server, source.namespace, source.name),
  });
  let drawn = false;
  let limit: ClusterProblem | null = null;
  let interruption: ClusterProblem | null = null;
  const onTimeline = (timeline: Timeline, snapshot: JobSnapshot): void => {
    drawn = true;
    live.onSeen({ timeline, snapshot });
    entry.see(snapshot.job, snapshot.now);
    if (timeline.staleSince === undefined) interruption = null;
    const notice = noticeOf(interruption) ?? noticeOf(limit);
    view.showTimeline(timeline, notice, whyOf(snapshot));
  };
  const onProblem = (problem: ClusterProblem): void => {
    if (isLimit(problem)) limit = problem;
    else interruption = problem;
    const notice = noticeOf(problem);
    if (!drawn && notice !== undefined) view.showMessage(notice);
  };
  cluster
    .watchJob(connection, source, onTimeline, onProblem, stop.signal, { jobs: live.jobs ?? undefined })
    .then((end) => {
      if (end.outcome !== 'Complete' && end.outcome !== 'Failed') entry.close();
      const notice = noticeOfEnd(end);
      if (notice !== null) view.showMessage(notice);
    })
    .catch((error: unknown) => {
      entry.close();
      const text = error instanceof Error ? error.message : String(error);
      view.showMessage({ tone: 'error', title: l10n.t('Watching stopped.'), text, actions: [again, choose] });
    })
    .finally(() => {
      detach?.();
      connection.close();
    });
}

/** How many reasons are told. */
const MOST_REASONS = 3;

/** Why the Job is where it is; nothing where the rules fail on what the cluster sent: the picture does not need them. */
function whyOf(snapshot: JobSnapshot): readonly PanelFinding[] {
  try {
    return diagnose(snapshot)
      .slice(0, MOST_REASONS)
      .map(({ severity, summary, suggestion, field, fixes: [fix] = [] }) => ({
        severity,
        summary,
        ...(suggestion === undefined ? {} : { suggestion }),
        ...(field === undefined ? {} : { field }),
        ...(fix === undefined ? {} : { fix }),
      }));
  } catch {
    return [];
  }
}

/** A missing right limits the view, also where its way around (asking again and again) has a next time. */
function isLimit({ kind, retryIn }: ClusterProblem): boolean {
  return retryIn === undefined || kind === 'forbidden';
}

/** What limits (a missing right) or interrupts the view. */
function noticeOf(problem: ClusterProblem | null): PanelNotice | undefined {
  if (problem === null || problem.kind === 'aborted') return undefined;
  if (problem.retryIn === undefined || isLimit(problem)) {
    return { tone: 'stale', title: l10n.t('Not everything can be seen.'), text: inWords(problem), actions: [again] };
  }
  const soon = Math.max(1, Math.round(problem.retryIn));
  return {
    tone: 'stale',
    title: l10n.t('The connection is interrupted.'),
    text: l10n.t('{0} Trying again every few seconds (next in {1} s).', problem.message, soon),
    actions: [again],
  };
}

/** What to say when watching is over; nothing where the picture says it. */
function noticeOfEnd({ outcome, message, problem, recreated, timeline }: WatchEnd): PanelNotice | null {
  switch (outcome) {
    case 'Complete':
    case 'Failed':
    case 'Stopped':
      return null;
    case 'Deleted': {
      const text = timeline === null ? message : l10n.t('The picture shows it as it was last seen.');
      const actions = recreated === null ? [choose] : [{ id: again.id, label: l10n.t('Watch the New One') }, choose];
      const title =
        recreated === null ? l10n.t('The Job was deleted.') : l10n.t('The Job was deleted, and made again.');
      return { tone: 'stale', title, text, actions };
    }
    case 'NotFound':
      return { tone: 'error', title: l10n.t('There is no such Job'), text: message, actions: [again, choose] };
    case 'Problem':
      return {
        tone: 'error',
        title: l10n.t('The Job cannot be watched'),
        text: problem === null ? message : inWords(problem),
        actions: [again, choose],
      };
  }
}
