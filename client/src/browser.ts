import './translations.ts';
import * as vscode from 'vscode';
import type { JobwrightApi } from './api.ts';
import { registerWithoutCluster } from './cluster-commands.ts';
import { start } from './start.ts';

/** The web worker's own; the compiler knows no DOM here. */
declare const Worker: new (url: string) => object;

/** Starts Jobwright in a browser, as on vscode.dev: the language server is a worker, and no cluster is in reach. */
export function activate(context: vscode.ExtensionContext): JobwrightApi {
  return start(context, {
    watch: false,
    registerWatch: registerWithoutCluster,
    makeClient: async (options) => {
      const { LanguageClient } = await import('vscode-languageclient/browser');
      const script = vscode.Uri.joinPath(context.extensionUri, 'dist/server-browser.js');
      return new LanguageClient('jobwright', 'Jobwright', await workerFrom(script), options);
    },
  });
}

/** A worker takes no `vscode-remote:` and the like as its script: such a script is handed over by its content. */
async function workerFrom(script: vscode.Uri): Promise<object> {
  if (/^https?$/.test(script.scheme)) return new Worker(script.toString(true));
  const content = await vscode.workspace.fs.readFile(script);
  return new Worker(URL.createObjectURL(new Blob([new Uint8Array(content)], { type: 'text/javascript' })));
}
