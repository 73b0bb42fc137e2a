import {
  type CancellationToken,
  CodeActionKind,
  type CodeLens,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type DocumentSymbol,
  type InitializeParams,
  type InitializeResult,
  MessageType,
  PositionEncodingKind,
  ShowMessageNotification,
  type ShowMessageParams,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse, type Analysis, type PlacedDocument } from './features/analysis.ts';
import { codeActionsOf } from './features/code-actions.ts';
import { codeLensesOf } from './features/code-lens.ts';
import { completionsOf } from './features/completion.ts';
import { diagnosticsOf, severestFirst } from './features/diagnostics.ts';
import { documentSymbolsOf } from './features/document-symbols.ts';
import { hoverAt } from './features/hover.ts';
import { fieldRangesOf, manifestOf, manifestsOf } from './features/manifests.ts';
import { pathOf, type ReadFile } from './features/file-paths.ts';
import { isKustomization } from './features/partial.ts';
import { isConfigFile } from './features/project-config.ts';
import { readScenarioText } from './features/scenario-text.ts';
import { DEFAULT_SETTINGS, fieldOf, readSettings, type Settings } from './features/settings.ts';
import { ConfigFiles } from './config-files.ts';
import { FormerTexts } from './former-texts.ts';
import {
  FieldRangesRequest,
  type FieldRangesParams,
  type FieldRangesResult,
  FormerTextChangedNotification,
  type FormerTextChangedParams,
  type FormerTextParams,
  FormerTextRequest,
  type ManifestAddress,
  ManifestRequest,
  type ManifestResult,
  ManifestsChangedNotification,
  type ManifestsChangedParams,
  ManifestsRequest,
  type ManifestsParams,
  type ManifestsResult,
  type ScenarioParams,
  ScenarioRequest,
  type ScenarioResult,
  VisibleLinesNotification,
  type VisibleLinesParams,
} from './protocol/protocol.ts';
import { PartialTexts } from './partial-texts.ts';
import { inSlices, Publisher } from './publisher.ts';

/** The settings section that is ours. */
const SECTION = 'jobwright';
/** Of a larger stream, a change announces only so many of its Jobs; the rest is there for the asking. */
const MOST_ANNOUNCED = 200;

/** What a client may send as `initializationOptions`; all of it optional. */
interface Options {
  readonly settings: Settings | undefined;
  /** False: the client has no Watch command. */
  readonly watch: boolean;
  /** True: the client can say what a text was in the last commit. */
  readonly formerText: boolean;
  /** True: the client wants diagnostics sent, also when it could ask for them. */
  readonly push: boolean;
}

/**
 * The language server on one connection, whatever carries it. Every handler answers with nothing rather than fail, and
 * says on the log what went wrong. The caller makes the connection and lets it listen. `readFile` gives the text of a
 * file beside those that are open, by its absolute path with slashes; null where there is none, or no file system.
 */
export function serve(connection: Connection, readFile: (path: string) => string | null = () => null): void {
  const documents = new TextDocuments(TextDocument);
  const analyses = new Map<string, Analysis>();
  /** Texts whose last announcement named a Job: when the last Job goes, that is announced too. */
  const withJobs = new Set<string>();
  let settings = DEFAULT_SETTINGS;
  let options: Options = { settings: undefined, watch: true, formerText: false, push: true };
  let asksForSettings = false;
  let announcesSettings = false;
  /** True once the client has asked for diagnostics: then nothing is sent unasked. */
  let pulls = false;

  const analysisOf = (uri: string): Analysis | undefined => {
    const document = documents.get(uri);
    if (document === undefined) return undefined;
    const known = analyses.get(uri);
    if (known?.version === document.version) return known;
    const fresh = analyse(document.getText(), document.version, known);
    analyses.set(uri, fresh);
    return fresh;
  };

  /** A file as it stands in an editor counts more than the file itself. */
  const read: ReadFile = (path) =>
    documents
      .all()
      .find(({ uri }) => pathOf(uri) === path)
      ?.getText() ?? readFile(path);
  const partials = new PartialTexts(documents, read);
  const configs = new ConfigFiles(read, (sentence) => {
    const message: ShowMessageParams = { type: MessageType.Warning, message: `Jobwright: ${sentence}` };
    void connection.sendNotification(ShowMessageNotification.type, message);
  });
  /** What holds for one text: what the person chose, what the project wants, what the file is, what it was. */
  const settingsOf = (uri: string): Settings =>
    formers.settingsFor(uri, partials.settingsFor(uri, configs.settingsFor(uri, settings)));

  const formers = new FormerTexts({
    ask: async (uri) => {
      const params: FormerTextParams = { uri };
      const text = fieldOf(await connection.sendRequest<unknown>(FormerTextRequest, params), 'text');
      return typeof text === 'string' ? text : null;
    },
    analysisOf,
    changed: (uri) => {
      publisher.changed(uri);
      if (pulls) void connection.languages.diagnostics.refresh();
    },
    failed: (what, error) => failed(what, error),
  });

  const failed = (what: string, error: unknown): void => {
    connection.console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };

  /** Runs one handler on one text; `nothing` when the text is not open, we are switched off, or it failed. */
  function answer<T>(what: string, uri: string, nothing: T, from: (analysis: Analysis) => T): T {
    try {
      const analysis = settings.enable ? analysisOf(uri) : undefined;
      return analysis === undefined ? nothing : from(analysis);
    } catch (error) {
      failed(what, error);
      return nothing;
    }
  }

  /** The same for answers that need every document: other messages are handled in between. */
  async function answerAll<T>(
    what: string,
    uri: string,
    token: CancellationToken,
    nothing: T,
    prepare: (placed: PlacedDocument) => unknown,
    from: (analysis: Analysis) => T,
  ): Promise<T> {
    try {
      const analysis = settings.enable ? analysisOf(uri) : undefined;
      if (analysis === undefined) return nothing;
      const stale = (): boolean => token.isCancellationRequested || analyses.get(uri) !== analysis;
      return (await inSlices(analysis, prepare, stale)) ? from(analysis) : nothing;
    } catch (error) {
      failed(what, error);
      return nothing;
    }
  }
  const readObjects = ({ document }: PlacedDocument): unknown => document.objects;
  const judge =
    (uri: string) =>
    (placed: PlacedDocument): unknown =>
      diagnosticsOf(placed, settingsOf(uri), (error) => failed('diagnostics', error));

  const publisher = new Publisher({
    analysisOf,
    settings: settingsOf,
    failed,
    show: (uri, version, diagnostics) => {
      if (!pulls) void connection.sendDiagnostics({ uri, version, diagnostics: [...diagnostics] });
    },
    judged: (uri, analysis) => {
      announce(uri, analysis);
      compare(uri, analysis);
    },
  });

  function announce(uri: string, analysis: Analysis): void {
    const manifests = manifestsOf(analysis, uri, MOST_ANNOUNCED);
    if (manifests.length === 0 && !withJobs.has(uri)) return;
    if (manifests.length === 0) withJobs.delete(uri);
    else withJobs.add(uri);
    const params: ManifestsChangedParams = { uri, version: analysis.version, manifests };
    void connection.sendNotification(ManifestsChangedNotification, params);
  }

  /** Only now, when everything else about the text has been said. */
  function compare(uri: string, { documents: all }: Analysis): void {
    if (!options.formerText || !settings.enable || !settings.compareWithLastCommit || settingsOf(uri).partial) return;
    if (all.some(({ document }) => document.objects.length > 0)) formers.want(uri);
  }

  async function fetchSettings(): Promise<void> {
    try {
      use(readSettings(await connection.workspace.getConfiguration(SECTION)));
    } catch (error) {
      failed('settings', error);
    }
  }

  function use(next: Settings): void {
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    if (!settings.enable || !settings.compareWithLastCommit) formers.clear();
    showAgain();
  }

  function showAgain(): void {
    publisher.refresh();
    if (pulls) void connection.languages.diagnostics.refresh();
  }

  /** What a kustomization says decides which texts are whole, what a configuration says which findings matter. */
  function projectFileChanged(uri: string): void {
    if (isConfigFile(uri)) configs.changed();
    if (isConfigFile(uri) || (isKustomization(uri) && partials.look())) showAgain();
  }

  connection.onInitialize((params) => {
    options = readOptions(params.initializationOptions);
    settings = options.settings ?? settings;
    const workspace = params.capabilities.workspace;
    asksForSettings = workspace?.configuration === true;
    announcesSettings = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    return initializeResult(params, options);
  });

  connection.onInitialized(() => {
    if (announcesSettings)
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: SECTION })
        .catch((error: unknown) => failed('settings', error));
    if (asksForSettings && options.settings === undefined) void fetchSettings();
  });

  connection.onDidChangeConfiguration(({ settings: sent }) => {
    const section = fieldOf(sent, SECTION);
    if (section !== undefined && section !== null) use(readSettings(section));
    else if (asksForSettings) void fetchSettings();
  });

  documents.onDidOpen(({ document: { uri } }) => partials.opened(uri));
  documents.onDidChangeContent(({ document: { uri } }) => {
    projectFileChanged(uri);
    publisher.changed(uri);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) projectFileChanged(uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    publisher.closed(uri);
    partials.closed(uri);
    formers.closed(uri);
    analyses.delete(uri);
    withJobs.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    if (!pulls) {
      pulls = true;
      for (const { uri: shown } of documents.all()) void connection.sendDiagnostics({ uri: shown, diagnostics: [] });
    }
    const items = await answerAll<readonly Diagnostic[]>(
      'diagnostics',
      uri,
      token,
      [],
      judge(uri),
      ({ documents: all }) => severestFirst(all.flatMap((placed) => diagnosticsOf(placed, settingsOf(uri)))),
    );
    return { kind: DocumentDiagnosticReportKind.Full, items: [...items] };
  });

  connection.onHover(({ textDocument: { uri }, position }) =>
    answer('hover', uri, null, (analysis) => hoverAt(analysis, position, { now: Date.now() })),
  );
  connection.onCompletion(({ textDocument: { uri }, position }) =>
    answer('completion', uri, [], (analysis) => [...completionsOf(analysis, position)]),
  );
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answerAll<CodeLens[]>('code lens', uri, token, [], readObjects, (analysis) => [
      ...codeLensesOf(analysis, uri, { watch: options.watch, now: Date.now() }),
    ]),
  );
  connection.onCodeAction(({ textDocument: { uri }, range, context }) =>
    answer('code action', uri, [], (analysis) => [...codeActionsOf(analysis, uri, range, context, settingsOf(uri))]),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answerAll<DocumentSymbol[]>('symbols', uri, token, [], readObjects, (analysis) => [...documentSymbolsOf(analysis)]),
  );

  connection.onRequest(ManifestsRequest, ({ uri }: ManifestsParams, token: CancellationToken) =>
    answerAll<ManifestsResult>('manifests', uri, token, [], judge(uri), (analysis) => manifestsOf(analysis, uri)),
  );
  connection.onRequest(ManifestRequest, (address: ManifestAddress) =>
    answer<ManifestResult>('manifest', address.uri, null, (analysis) => manifestOf(analysis, address)),
  );
  connection.onRequest(FieldRangesRequest, (params: FieldRangesParams) =>
    answer<FieldRangesResult>('field ranges', params.uri, {}, (analysis) => fieldRangesOf(analysis, params)),
  );
  connection.onRequest(ScenarioRequest, ({ text }: ScenarioParams): ScenarioResult => {
    try {
      return readScenarioText(text);
    } catch (error) {
      failed('scenario', error);
      return { value: null, problems: ['The scenario could not be read.'] };
    }
  });
  connection.onNotification(VisibleLinesNotification, ({ uri, ranges }: VisibleLinesParams) =>
    publisher.visible(uri, ranges),
  );

  connection.onNotification(FormerTextChangedNotification, (params?: FormerTextChangedParams) =>
    formers.outdated(params?.uri),
  );

  connection.onShutdown(() => {
    publisher.dispose();
    formers.clear();
  });
  documents.listen(connection);
}

function readOptions(sent: unknown): Options {
  const settings = fieldOf(sent, 'settings');
  return {
    settings: settings === undefined || settings === null ? undefined : readSettings(settings),
    watch: fieldOf(sent, 'watch') !== false,
    formerText: fieldOf(sent, 'formerText') === true,
    push: fieldOf(sent, 'diagnostics') === 'push',
  };
}

function initializeResult({ capabilities }: InitializeParams, { push }: Options): InitializeResult {
  const canPull = capabilities.textDocument?.diagnostic !== undefined && !push;
  return {
    serverInfo: { name: 'Jobwright' },
    capabilities: {
      positionEncoding: PositionEncodingKind.UTF16,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      hoverProvider: true,
      completionProvider: { triggerCharacters: [' ', '"'] },
      codeLensProvider: { resolveProvider: false },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      documentSymbolProvider: true,
      ...(canPull ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } } : {}),
    },
  };
}
