import * as vscode from 'vscode';
import type { JobwrightApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { followActiveJobs } from './has-job.ts';
import { LanguageServer, type MakeClient } from './language-server.ts';
import { registerPanel, type PanelDeps, type TimelinePanel } from './panel/panel.ts';

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
  const server = new LanguageServer({ makeClient: host.makeClient, output, watch: host.watch });
  const deps: PanelDeps = {
    requestManifest: (address) => server.manifest(address),
    requestManifests: (uri) => server.manifests(uri),
    requestFieldRanges: (address, fields) => server.fieldRanges({ ...address, fields }),
    requestScenario: (text) => server.scenario(text),
    onManifestsChanged: server.onManifestsChanged,
  };
  const panel = registerPanel(context, deps);
  context.subscriptions.push(
    output,
    server,
    panel,
    followActiveJobs(server.onManifestsChanged),
    registerCommands(server, panel, output),
    host.registerWatch(context, panel, deps),
  );
  return { ready: server.ready, panel };
}
