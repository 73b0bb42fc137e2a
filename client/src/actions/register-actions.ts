import * as vscode from 'vscode';
import { explainBrowser } from '../cluster-access.ts';
import type { ClusterSession } from '../cluster-session.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { applyAllCommand, registerApplyAll } from './apply-all.ts';
import { applyCommand, registerApply } from './apply-manifest.ts';
import { DifferenceDocuments } from './difference-documents.ts';
import { changeCommand, registerObjectActions } from './object-actions.ts';
import { VERBS } from './verbs.ts';

/** Registers everything that changes a cluster. Nothing connects before a person asks, nothing changes before they confirm. */
export function registerActions(session: ClusterSession, deps: PanelDeps): vscode.Disposable {
  const differences = new DifferenceDocuments();
  return vscode.Disposable.from(
    differences,
    registerApply(session, deps, differences),
    registerApplyAll(session, deps, differences),
    registerObjectActions(session, deps),
  );
}

/** The same in a browser, which reaches no cluster: each explains why not. */
export function registerActionsWithoutCluster(): vscode.Disposable {
  return vscode.Disposable.from(
    ...[applyCommand, applyAllCommand, changeCommand, ...VERBS.map(({ command }) => command)].map((command) =>
      vscode.commands.registerCommand(command, () => explainBrowser('Changing a Job')),
    ),
  );
}
