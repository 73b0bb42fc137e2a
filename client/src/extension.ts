import './translations.ts';
import type * as vscode from 'vscode';
import type { JobwrightApi } from './api.ts';
import { start } from './start.ts';
import { registerCluster } from './cluster-commands.ts';

/** Starts Jobwright where VS Code runs in Node: the language server is a process of its own. */
export function activate(context: vscode.ExtensionContext): JobwrightApi {
  return start(context, {
    watch: true,
    registerWatch: registerCluster,
    makeClient: async (options) => {
      // Only when a Job is there: the client is most of the bundle's weight.
      const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
      const run = { module: context.asAbsolutePath('dist/server.cjs'), transport: TransportKind.ipc };
      const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6009'] } };
      return new LanguageClient('jobwright', 'Jobwright', { run, debug }, options);
    },
  });
}
