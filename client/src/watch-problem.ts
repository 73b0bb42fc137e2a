import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProblem } from '../cluster/cluster.ts';
import type { ClusterSession } from './cluster-session.ts';

export interface WaysOn {
  readonly retry: () => Promise<void>;
  readonly otherContext?: () => Promise<void>;
  /** Another kubeconfig file may help. */
  readonly configure?: boolean;
}

/** The problem as one message, with what the person can do about it. */
export async function tellProblem(session: ClusterSession, problem: ClusterProblem, ways: WaysOn): Promise<void> {
  if (problem.kind === 'aborted') return;
  const actions: { readonly title: string; readonly act: () => Promise<void> }[] = [
    { title: l10n.t('Try Again'), act: ways.retry },
  ];
  const { otherContext } = ways;
  if (otherContext !== undefined) actions.push({ title: l10n.t('Choose Another Context'), act: otherContext });
  if (ways.configure === true) {
    actions.push({
      title: l10n.t('Choose Kubeconfig…'),
      async act() {
        const files = await vscode.window.showOpenDialog({
          title: 'Kubeconfig',
          openLabel: l10n.t('Use This Kubeconfig'),
        });
        const file = files?.[0];
        if (file === undefined) return;
        session.kubeconfigFile = file.fsPath;
        await ways.retry();
      },
    });
  }
  const chosen = await vscode.window.showErrorMessage(inWords(problem), ...actions);
  await chosen?.act();
}

/** What happened, and what helps, in one or two sentences. */
export function inWords({ message, suggestion }: ClusterProblem): string {
  return withoutLinks(suggestion === undefined ? message : `${message} ${suggestion}`);
}

/** VS Code makes links, also to commands, of `[words](address)` in a message: what a cluster says shall make none. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
