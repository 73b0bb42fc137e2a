import { PassThrough } from 'node:stream';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import {
  type CodeAction,
  type CodeLens,
  type CompletionItem,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  type DocumentSymbol,
  type Hover,
  type InitializeResult,
  type Position,
  type PublishDiagnosticsParams,
  type Range,
  type TextEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { serve } from '../../server/src/connection.ts';
import { listFiles } from '../../server/src/list-files.ts';
import { readFile } from '../../server/src/read-file.ts';
import {
  type FormerTextParams,
  FormerTextRequest,
  ManifestsChangedNotification,
  type ManifestsChangedParams,
} from '../../server/src/protocol/protocol.ts';

/** What `startEditor` tells the server about itself. */
export interface EditorOptions {
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  /** The server can read files, as under Node. */
  readonly files?: boolean;
  /** What a build would have left of the API's own words. */
  readonly apiDocs?: string;
  /** Addresses of the folders that the editor works in. */
  readonly folders?: readonly string[];
  /** Answers `workspace/configuration`, for all or for one folder. */
  readonly configuration?: (scope?: string) => unknown;
  /** Answers what a text was in the last commit. */
  readonly formerText?: (uri: string) => Promise<string | null>;
}

/** An editor without a screen: the server's other side, over streams. Close it, or the test does not end. */
export interface Editor {
  readonly initialized: InitializeResult;
  /** Everything that the server wrote to the log, newest last. */
  readonly log: readonly string[];
  /** `begin`, `report` and `end` of work that can take a while. */
  readonly progress: readonly string[];
  readonly changes: readonly ManifestsChangedParams[];
  request<T>(method: string, params: object): Promise<T>;
  notify(method: string, params: object): Promise<void>;
  open(text: string, uri?: string): Promise<Text>;
  /** Settles with what is shown for a text once `wanted` accepts it. */
  shown(uri: string, wanted: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams>;
  /** Settles once the server has said that diagnostics are to be asked for again. */
  refreshed(): Promise<void>;
  close(): Promise<void>;
}

/** One open text. */
export interface Text {
  readonly uri: string;
  readonly document: TextDocument;
  /** The diagnostics of the present version. */
  diagnostics(): Promise<readonly Diagnostic[]>;
  /** Replaces a stretch given by offsets, as typing does. */
  edit(start: number, end: number, text: string): Promise<void>;
  replace(before: string, after: string): Promise<void>;
  hover(offset: number): Promise<Hover | null>;
  completions(offset: number): Promise<readonly CompletionItem[]>;
  lenses(): Promise<readonly CodeLens[]>;
  actions(range: Range, diagnostics?: readonly Diagnostic[], only?: readonly string[]): Promise<readonly CodeAction[]>;
  symbols(): Promise<readonly DocumentSymbol[]>;
  apply(action: CodeAction): string;
  /** What a range covers. */
  at(range: Range): string;
  shut(): Promise<void>;
}

let opened = 0;

export async function startEditor(options: EditorOptions = {}): Promise<Editor> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serve(server, {
    ...(options.files === true ? { readFile, listFiles } : {}),
    readApiDocs: () => options.apiDocs ?? null,
  });
  server.listen();

  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  const log: string[] = [];
  const progress: string[] = [];
  const changes: ManifestsChangedParams[] = [];
  let refreshes = 0;
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const look of waiting) look();
  });
  for (const way of ['window/logMessage', 'window/showMessage'])
    client.onNotification(way, ({ message }: { message: string }) => void log.push(message));
  client.onNotification(ManifestsChangedNotification, (params: ManifestsChangedParams) => {
    changes.push(params);
    for (const look of waiting) look();
  });
  const { formerText } = options;
  if (formerText !== undefined)
    client.onRequest(FormerTextRequest, async ({ uri }: FormerTextParams) => ({ text: await formerText(uri) }));
  client.onRequest('client/registerCapability', () => null);
  client.onRequest('window/workDoneProgress/create', () => null);
  client.onNotification('$/progress', ({ value }: { value: { kind: string } }) => void progress.push(value.kind));
  client.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
    items.map(({ scopeUri }) => options.configuration?.(scopeUri) ?? null),
  );
  client.onRequest('workspace/diagnostic/refresh', () => {
    refreshes++;
    for (const look of waiting) look();
    return null;
  });
  client.listen();

  const initialized = await client.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    ...(options.folders === undefined
      ? {}
      : { workspaceFolders: options.folders.map((uri, at) => ({ uri, name: `folder ${at}` })) }),
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions ?? {},
  });
  await client.sendNotification('initialized', {});

  const editor: Editor = {
    initialized,
    log,
    progress,
    changes,
    request: (method, params) => client.sendRequest(method, params),
    notify: (method, params) => client.sendNotification(method, params),
    open: async (text, uri = `file:///${++opened}.yaml`) => {
      const opening = openText(editor, TextDocument.create(uri, 'yaml', 1, text));
      await client.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      });
      return opening;
    },
    shown: (uri, wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const params = published.get(uri);
          if (params === undefined || !wanted(params)) return;
          waiting.delete(look);
          resolve(params);
        };
        waiting.add(look);
        look();
      }),
    refreshed: () =>
      new Promise((resolve) => {
        const look = (): void => {
          if (refreshes === 0) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      await client.sendRequest('shutdown');
      client.dispose();
      server.dispose();
      toServer.destroy();
      toClient.destroy();
    },
  };
  return editor;
}

function openText(editor: Editor, document: TextDocument): Text {
  const { uri } = document;
  const textDocument = { uri };
  const at = (offset: number): Position => document.positionAt(offset);
  return {
    uri,
    document,
    diagnostics: async () => (await editor.shown(uri, ({ version }) => version === document.version)).diagnostics,
    edit: async (start, end, text) => {
      const change = { range: { start: at(start), end: at(end) }, text };
      TextDocument.update(document, [change], document.version + 1);
      await editor.notify('textDocument/didChange', {
        textDocument: { uri, version: document.version },
        contentChanges: [change],
      });
    },
    async replace(before, after) {
      const start = document.getText().indexOf(before);
      if (start < 0) throw new Error(`the text does not hold ${before}`);
      await this.edit(start, start + before.length, after);
    },
    hover: (offset) => editor.request('textDocument/hover', { textDocument, position: at(offset) }),
    completions: async (offset) => {
      const params = { textDocument, position: at(offset) };
      const answer = await editor.request<CompletionItem[] | { items: CompletionItem[] }>(
        'textDocument/completion',
        params,
      );
      return Array.isArray(answer) ? answer : answer.items;
    },
    lenses: () => editor.request('textDocument/codeLens', { textDocument }),
    actions: (range, diagnostics = [], only) =>
      editor.request('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics, ...(only === undefined ? {} : { only }) },
      }),
    symbols: () => editor.request('textDocument/documentSymbol', { textDocument }),
    apply: (action) => {
      const edits: TextEdit[] = action.edit?.changes?.[uri] ?? [];
      return TextDocument.applyEdits(document, edits);
    },
    at: (range) => document.getText(range),
    shut: () => editor.notify('textDocument/didClose', { textDocument }),
  };
}
