import * as vscode from 'vscode';
import type { ManifestsChangedParams } from '../../server/src/protocol/protocol.ts';

/** Keeps the context key `jobwright.hasJob` true while the active editor shows a text with a Job or CronJob. */
export function followActiveJobs(onManifestsChanged: vscode.Event<ManifestsChangedParams>): vscode.Disposable {
  const withJobs = new Set<string>();
  let shown: boolean | undefined;
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const hasJob = uri !== undefined && withJobs.has(uri);
    if (hasJob === shown) return;
    shown = hasJob;
    void vscode.commands.executeCommand('setContext', 'jobwright.hasJob', hasJob);
  };
  return vscode.Disposable.from(
    onManifestsChanged(({ uri, manifests }) => {
      if (manifests.length > 0) withJobs.add(uri);
      else withJobs.delete(uri);
      update();
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      withJobs.delete(uri.toString());
      update();
    }),
    vscode.window.onDidChangeActiveTextEditor(update),
  );
}
