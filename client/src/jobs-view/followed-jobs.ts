import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import type { SharedCollection } from '../../cluster/cluster.ts';
import type { ListedJobNode } from './job-node.ts';
import type { WatchedJobs } from './watched-jobs.ts';
import { endWords } from './watched-words.ts';

/** Jobs that a person asked to be told of: watched without a panel until they end, and shown in the status bar. */
export class FollowedJobs implements vscode.Disposable {
  readonly #watched: WatchedJobs;
  readonly #stops = new Map<string, { readonly context: string; readonly stop: () => void }>();

  constructor(watched: WatchedJobs) {
    this.#watched = watched;
  }

  /**
   * Follows a Job to its end; says so when that is done already, and offers to stop.
   *
   * @param jobs the one Job by its name
   * @param now the cluster's clock: milliseconds since the epoch
   */
  async follow(node: ListedJobNode, jobs: SharedCollection<ObservedJob>, now: () => number): Promise<void> {
    const end = endWords(node.object, now());
    if (end !== null) {
      void vscode.window.showInformationMessage(end.text);
      return;
    }
    const key = JSON.stringify([node.context, node.namespace, node.name]);
    const running = this.#stops.get(key);
    if (running !== undefined) {
      const stop = l10n.t('Don’t Tell Me');
      const text = l10n.t('You will be told when Job {0}/{1} ends.', node.namespace, node.name);
      if ((await vscode.window.showInformationMessage(text, stop)) === stop) running.stop();
      return;
    }
    const entry = this.#watched.begin(node, true);
    const { uid } = node.object.metadata;
    entry.see(node.object, now());
    const lookAway = jobs.look((change) => {
      const job = jobs.objects.get(uid);
      if (job !== undefined) {
        entry.see(job, now());
        if (endWords(job, now()) !== null) stop(false);
      } else if (change !== null || jobs.state.kind === 'refused') {
        const why = jobs.state.kind === 'refused' ? jobs.state.problem.message : l10n.t('It was deleted.');
        void vscode.window.showWarningMessage(
          l10n.t('Job {0}/{1} is no longer watched. {2}', node.namespace, node.name, why),
        );
        stop(true);
      }
    });
    const stop = (forget: boolean): void => {
      lookAway();
      this.#stops.delete(key);
      if (forget) entry.close();
    };
    this.#stops.set(key, { context: node.context, stop: () => stop(true) });
  }

  /** Follows no Job of this context any more. */
  leave(context: string): void {
    for (const followed of [...this.#stops.values()]) if (followed.context === context) followed.stop();
  }

  dispose(): void {
    for (const { stop } of [...this.#stops.values()]) stop();
  }
}
