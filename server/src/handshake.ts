import type { InitializeParams, InitializeResult, PositionEncodingKind } from 'vscode-languageserver';
import { TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientOptions } from './answers.ts';
import { fieldOf, readSettings } from './features/settings.ts';
import { CAPABILITIES } from './language-features.ts';
import { CHECK_WORKSPACE } from './protocol/protocol.ts';

/** Reads what a client is from its capabilities and `initializationOptions` of any shape. */
export function readOptions(capabilities: InitializeParams['capabilities'], sent: unknown): ClientOptions {
  const settings = fieldOf(sent, 'settings');
  return {
    settings: settings === undefined || settings === null ? undefined : readSettings(settings),
    watch: fieldOf(sent, 'watch') !== false,
    formerText: fieldOf(sent, 'formerText') === true,
    push: fieldOf(sent, 'diagnostics') === 'push',
    snippets: capabilities.textDocument?.completion?.completionItem?.snippetSupport === true,
    links: capabilities.textDocument?.definition?.linkSupport === true,
  };
}

/** What the client is told of the server. */
export function initializeResult(
  { capabilities }: InitializeParams,
  { push }: ClientOptions,
  positionEncoding: PositionEncodingKind,
): InitializeResult {
  const canPull = capabilities.textDocument?.diagnostic !== undefined && !push;
  return {
    serverInfo: { name: 'Jobwright' },
    capabilities: {
      positionEncoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...CAPABILITIES,
      executeCommandProvider: { commands: [CHECK_WORKSPACE] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(canPull ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: true } } : {}),
    },
  };
}

/** The addresses of the folders that a client works in; older clients name one, or none. */
export function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders !== undefined && params.workspaceFolders !== null)
    return params.workspaceFolders.map(({ uri }) => uri);
  const root = fieldOf(params, 'rootUri');
  return typeof root === 'string' ? [root] : [];
}
