import * as vscode from 'vscode';
import type { JobwrightApi } from './api.ts';
import { AttachedClusters } from './attached-clusters.ts';
import { registerCommands } from './commands.ts';
import { registerDocsPages } from './docs-page.ts';
import { registerExplainRule } from './explain-rule.ts';
import { exportedApi } from './exported-api.ts';
import { followActiveJobs } from './has-job.ts';
import { registerInsertSnippet } from './insert-snippet.ts';
import { registerIssueReport } from './issue-report.ts';
import { registerLanguageTools } from './language-tools.ts';
import { LanguageServer, type MakeClient } from './language-server.ts';
import { registerPanel, type PanelDeps, type TimelinePanel } from './panel/panel.ts';
import { registerStatusBar } from './status-bar.ts';
import { registerYamlExtension } from './yaml-extension.ts';

/** What differs between the desktop and the browser. */
export interface Host {
  readonly makeClient: MakeClient;
  /** Whether a cluster can be reached from here. */
  readonly watch: boolean;
  registerWatch(context: vscode.ExtensionContext, panel: TimelinePanel, deps: PanelDeps): vscode.Disposable;
}

/** Starts the extension, without the language server: that waits for a text with a Job in it. */
export function start(context: vscode.ExtensionContext, host: Host): JobwrightApi {
  const output = vscode.window.createOutputChannel('Jobwright', { log: true });
  const server = new LanguageServer({
    makeClient: host.makeClient,
    output,
    watch: host.watch,
    extensionUri: context.extensionUri,
  });
  const deps: PanelDeps = {
    requestManifest: (address) => server.manifest(address),
    requestManifests: (uri) => server.manifests(uri),
    requestFieldRanges: (address, fields) => server.fieldRanges({ ...address, fields }),
    requestEdits: (address, edits) => server.editManifest({ ...address, edits }),
    requestFieldAt: (params) => server.fieldAt(params),
    requestScenario: (text) => server.scenario(text),
    attached: new AttachedClusters((version) => server.tellClusterVersion(version)),
    onManifestsChanged: server.onManifestsChanged,
  };
  const panel = registerPanel(context, deps);
  const { api, rules } = exportedApi(server);
  context.subscriptions.push(
    output,
    server,
    panel,
    followActiveJobs(server.onManifestsChanged),
    registerCommands(server, panel, output),
    host.registerWatch(context, panel, deps),
    rules,
    registerStatusBar(server.onManifestsChanged),
    registerExplainRule(context),
    registerDocsPages(context),
    registerInsertSnippet(context),
    registerIssueReport(context),
    registerYamlExtension(server.onManifestsChanged),
    registerLanguageTools(api),
  );
  return { ...api, ready: server.ready, panel };
}
