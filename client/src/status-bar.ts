import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { KNOWN_VERSIONS } from '../../server/core/kubernetes/versions.ts';
import type { ManifestsChangedParams } from '../../server/src/protocol/protocol.ts';

const MENU = 'jobwright.showMenu';
const SOURCE = 'Jobwright';

/** Shows the Kubernetes version and the number of findings while the active editor has a Job in it. */
export function registerStatusBar(onManifestsChanged: vscode.Event<ManifestsChangedParams>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('jobwright.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Jobwright';
  item.command = MENU;
  const withJobs = new Map<string, Pick<ManifestsChangedParams, 'manifests' | 'kubernetesVersion'>>();
  const update = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const shownNow = uri === undefined ? undefined : withJobs.get(uri.toString());
    if (uri === undefined || shownNow === undefined) {
      item.hide();
      return;
    }
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === SOURCE);
    const count = (severity: vscode.DiagnosticSeverity): number =>
      found.filter((diagnostic) => diagnostic.severity === severity).length;
    const [errors, warnings] = [count(vscode.DiagnosticSeverity.Error), count(vscode.DiagnosticSeverity.Warning)];
    const { manifests, kubernetesVersion: version } = shownNow;
    const shown = [errors > 0 ? `$(error) ${errors}` : '', warnings > 0 ? `$(warning) ${warnings}` : ''].filter(
      Boolean,
    );
    item.text = l10n.t('Kubernetes {0} {1}', version, shown.length === 0 ? '$(check)' : shown.join(' '));
    item.tooltip = l10n.t(
      'Jobwright: {0} Jobs, {1} errors, {2} warnings, {3} remarks and hints. Checked for Kubernetes {4}.',
      manifests.length,
      errors,
      warnings,
      found.length - errors - warnings,
      version,
    );
    item.accessibilityInformation = { label: item.tooltip };
    item.backgroundColor = errors > 0 ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.show();
  };
  return vscode.Disposable.from(
    item,
    onManifestsChanged(({ uri, manifests, kubernetesVersion }) => {
      if (manifests.length === 0) withJobs.delete(uri);
      else withJobs.set(uri, { manifests, kubernetesVersion });
      update();
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => withJobs.delete(uri.toString())),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const active = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === active)) update();
    }),
    vscode.commands.registerCommand(MENU, showMenu),
    vscode.commands.registerCommand('jobwright.fixAll', () =>
      vscode.commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.jobwright', apply: 'first' }),
    ),
    vscode.commands.registerCommand('jobwright.chooseVersion', chooseVersion),
    vscode.commands.registerCommand('jobwright.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', 'jobwright.jobwright#jobwright.start', false),
    ),
  );
}

async function showMenu(): Promise<void> {
  const entry = (icon: string, label: string, command: string): vscode.QuickPickItem & { command: string } => ({
    label: `$(${icon}) ${label}`,
    command,
  });
  const picked = await vscode.window.showQuickPick(
    [
      entry('play-circle', l10n.t('Simulate'), 'jobwright.simulate'),
      entry('wand', l10n.t('Fix all that is wrong'), 'jobwright.fixAll'),
      entry('list-unordered', l10n.t('Show the problems'), 'workbench.actions.view.problems'),
      entry('list-tree', l10n.t('Show the Jobs of clusters'), 'jobwright.jobs.focus'),
      entry('versions', l10n.t('Choose the Kubernetes version'), 'jobwright.chooseVersion'),
      entry('output', l10n.t('Show the output'), 'jobwright.showOutput'),
      entry('refresh', l10n.t('Restart the language server'), 'jobwright.restartServer'),
      entry('mortar-board', l10n.t('Open the walkthrough'), 'jobwright.openWalkthrough'),
    ],
    { placeHolder: 'Jobwright' },
  );
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}

async function chooseVersion(): Promise<void> {
  const newest = l10n.t('The newest one known');
  const picked = await vscode.window.showQuickPick([newest, ...[...KNOWN_VERSIONS].reverse()], {
    placeHolder: l10n.t('Which Kubernetes version are the manifests for?'),
  });
  if (picked === undefined) return;
  const target =
    vscode.workspace.workspaceFolders === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  const value = picked === newest ? undefined : picked;
  await vscode.workspace.getConfiguration('jobwright').update('kubernetesVersion', value, target);
}
