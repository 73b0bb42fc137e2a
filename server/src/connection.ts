import {
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  MessageType,
  PositionEncodingKind,
  ShowMessageNotification,
  type ShowMessageParams,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Alarm } from './alarm.ts';
import { apiDocsFrom } from './api-docs.ts';
import { Answers, type ClientOptions } from './answers.ts';
import { analyse, type Analysis, type PlacedDocument } from './features/analysis.ts';
import { diagnosticsOf, severestFirst } from './features/diagnostics.ts';
import { manifestsOf } from './features/manifests.ts';
import { pathOf, type ReadFile } from './features/file-paths.ts';
import { isKustomization } from './features/partial.ts';
import { isConfigFile } from './features/project-config.ts';
import { versionOf } from './features/shown-findings.ts';
import { isScenarioFile } from './features/scenario-file.ts';
import { fieldOf, type Settings } from './features/settings.ts';
import { ChosenSettings } from './chosen-settings.ts';
import { serveClientRequests } from './client-requests.ts';
import { ConfigFiles } from './config-files.ts';
import { FormerTexts } from './former-texts.ts';
import {
  ClusterVersionNotification,
  type ClusterVersionParams,
  FormerTextChangedNotification,
  type FormerTextChangedParams,
  type FormerTextParams,
  FormerTextRequest,
  ManifestsChangedNotification,
  type ManifestsChangedParams,
  VisibleLinesNotification,
  type VisibleLinesParams,
} from './protocol/protocol.ts';
import { foldersOf, initializeResult, readOptions } from './handshake.ts';
import { LANGUAGE_FEATURES } from './language-features.ts';
import { NearKeys } from './near-keys.ts';
import { PartialTexts } from './partial-texts.ts';
import { chosenEncoding, type Positions, UTF16, utf8 } from './positions.ts';
import { serveWorkspaceCheck } from './workspace-check.ts';
import { type ListFiles, WorkspaceFiles } from './workspace-files.ts';
import { Publisher } from './publisher.ts';

/** The settings section that is ours. */
const SECTION = 'jobwright';
/** Of a larger stream, a change announces only so many of its Jobs; the rest is there for the asking. */
const MOST_ANNOUNCED = 200;

/** What lies around the server; in a browser there is nothing. */
export interface Surroundings {
  /** The text of a file beside those that are open, by its absolute path with slashes; null where there is none. */
  readonly readFile?: ReadFile;
  /** What the build left of the API's own words; null where there was no build. */
  readonly readApiDocs?: () => string | null;
  /** The YAML and JSON files under a folder. */
  readonly listFiles?: ListFiles;
}

/**
 * The language server on one connection, whatever carries it. Every handler answers with nothing rather than fail, and
 * says on the log what went wrong. The caller makes the connection and lets it listen.
 */
export function serve(
  connection: Connection,
  { readFile = () => null, readApiDocs = () => null, listFiles = () => Promise.resolve([]) }: Surroundings = {},
): void {
  let positions: Positions = UTF16;
  const documents = new TextDocuments({
    create: TextDocument.create,
    update: (document, changes, version) => positions.update(document, changes, version),
  });
  const analyses = new Map<string, Analysis>();
  /** Texts whose last announcement named a Job: when the last Job goes, that is announced too. */
  const withJobs = new Set<string>();
  /** Texts whose Jobs name keys of ConfigMaps or Secrets. */
  const withKeys = new Set<string>();
  let options: ClientOptions = readOptions({}, undefined);
  let refreshes: NonNullable<InitializeParams['capabilities']['workspace']> = {};
  let hasFolders = false;
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
  /** A text as it stands in an editor, or else in its file. */
  const documentOf = (uri: string): TextDocument | undefined => {
    const open = documents.get(uri);
    const path = open === undefined ? pathOf(uri) : null;
    const text = path === null ? null : read(path);
    return text === null ? open : TextDocument.create(uri, 'yaml', 0, text);
  };
  const partials = new PartialTexts(documents, read);
  const configs = new ConfigFiles(read, (sentence) => {
    const message: ShowMessageParams = { type: MessageType.Warning, message: `Jobwright: ${sentence}` };
    void connection.sendNotification(ShowMessageNotification.type, message);
  });
  const chosen = new ChosenSettings({
    ask: async (folders) => {
      const scopes = folders.map((scopeUri) => ({ scopeUri, section: SECTION }));
      const [all, ...byFolder] = (await connection.workspace.getConfiguration([
        { section: SECTION },
        ...scopes,
      ])) as unknown[];
      return { all, byFolder };
    },
    changed: () => {
      for (const { uri } of documents.all()) {
        const { enable, compareWithLastCommit } = chosen.of(uri);
        if (!enable || !compareWithLastCommit) formers.closed(uri);
      }
      showAgain();
    },
    failed: (what, error) => failed(what, error),
  });
  const ofScenarios = new WeakMap<Settings, Settings>();
  const scenarioSettings = (settings: Settings): Settings => {
    const known = ofScenarios.get(settings) ?? { ...settings, scenario: true };
    ofScenarios.set(settings, known);
    return known;
  };
  /** What holds for one text: what the person chose, what the project wants, what the file is, what it was. */
  const settingsOf = (uri: string): Settings =>
    isScenarioFile(uri)
      ? scenarioSettings(chosen.of(uri))
      : nearKeys.settingsFor(
          uri,
          formers.settingsFor(uri, partials.settingsFor(uri, configs.settingsFor(uri, chosen.of(uri)))),
        );

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

  /** What is drawn between the lines of a text follows settings and the time of day. */
  function drawAgain(): void {
    const { codeLens, inlayHint, semanticTokens } = refreshes;
    if (inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
    if (codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
    if (semanticTokens?.refreshSupport === true) void connection.languages.semanticTokens.refresh();
  }
  const workspaceFiles = new WorkspaceFiles(read, listFiles, judgeAgain, failed);
  const nearKeys = new NearKeys(() => workspaceFiles.known);
  const alarm = new Alarm(drawAgain);
  const answers = new Answers({
    connection,
    analysisOf: (uri) => (chosen.of(uri).enable ? analysisOf(uri) : undefined),
    settingsOf,
    options: () => options,
    positions: () => positions,
    apiDocs: apiDocsFrom(readApiDocs),
    objects: () => workspaceFiles.objects(),
    staleAt: (time) => alarm.at(time, Date.now()),
    failed,
  });
  const forgetProblems = serveWorkspaceCheck({
    connection,
    files: workspaceFiles,
    isOpen: (uri) => documents.get(uri) !== undefined,
    settingsOf,
    positions: () => positions,
    failed,
  });
  /** What holds for the text is looked up once, not for each of its documents. */
  const judge = (uri: string): ((placed: PlacedDocument) => unknown) => {
    const held = settingsOf(uri);
    return (placed) => diagnosticsOf(placed, held, (error) => failed('diagnostics', error));
  };

  const publisher = new Publisher({
    analysisOf,
    settings: settingsOf,
    failed,
    show: (uri, version, diagnostics) => {
      if (!pulls)
        void connection.sendDiagnostics(positions.encode({ uri, version, diagnostics: [...diagnostics] }, uri));
    },
    judged: (uri, analysis) => {
      announce(uri, analysis);
      compare(uri, analysis);
      lookAround(uri, analysis);
    },
  });

  function announce(uri: string, analysis: Analysis): void {
    const manifests = manifestsOf(analysis, uri, MOST_ANNOUNCED);
    if (manifests.length === 0 && !withJobs.has(uri)) return;
    if (manifests.length === 0) withJobs.delete(uri);
    else withJobs.add(uri);
    const kubernetesVersion = `1.${versionOf(settingsOf(uri)).minor}`;
    const { version } = analysis;
    const params: ManifestsChangedParams = positions.encode({ uri, version, manifests, kubernetesVersion }, uri);
    void connection.sendNotification(ManifestsChangedNotification, params);
  }

  /** Only now, when everything else about the text has been said. */
  function compare(uri: string, { documents: all }: Analysis): void {
    const { enable, compareWithLastCommit, partial } = settingsOf(uri);
    if (!options.formerText || !enable || !compareWithLastCommit || partial) return;
    if (all.some(({ document }) => document.objects.length > 0)) formers.want(uri);
  }

  /** Files of the workspace are looked at only when a Job names keys of what they may define. */
  function lookAround(uri: string, { text, documents: all }: Analysis): void {
    if (!/KeyRef|\bitems\b/.test(text) || !all.some(({ document }) => document.objects.length > 0)) {
      withKeys.delete(uri);
      return;
    }
    withKeys.add(uri);
    workspaceFiles.objects();
  }

  function openFolders(folders: readonly string[]): void {
    chosen.open(folders);
    workspaceFiles.open(folders);
  }

  function judgeAgain(): void {
    publisher.refresh();
    if (pulls) void connection.languages.diagnostics.refresh();
  }

  function showAgain(): void {
    judgeAgain();
    drawAgain();
  }

  /** What a kustomization says decides which texts are whole, what a configuration says which findings matter. */
  function projectFileChanged(uri: string): void {
    if (isConfigFile(uri)) configs.changed();
    if (isConfigFile(uri) || (isKustomization(uri) && partials.look())) showAgain();
  }

  connection.onInitialize((params) => {
    options = readOptions(params.capabilities, params.initializationOptions);
    const encoding = chosenEncoding(params.capabilities.general?.positionEncodings);
    if (encoding === PositionEncodingKind.UTF8) positions = utf8(documentOf);
    chosen.start(options.settings);
    const workspace = params.capabilities.workspace;
    refreshes = workspace ?? {};
    openFolders(foldersOf(params));
    hasFolders = workspace?.workspaceFolders === true;
    asksForSettings = workspace?.configuration === true;
    announcesSettings = workspace?.didChangeConfiguration?.dynamicRegistration === true;
    return initializeResult(params, options, encoding);
  });

  connection.onInitialized(() => {
    if (hasFolders)
      connection.workspace.onDidChangeWorkspaceFolders(() => {
        void connection.workspace
          .getWorkspaceFolders()
          .then((folders) => openFolders((folders ?? []).map(({ uri }) => uri)))
          .then(() => (asksForSettings ? chosen.fetch() : undefined))
          .catch((error: unknown) => failed('workspace', error));
      });
    if (announcesSettings)
      connection.client
        .register(DidChangeConfigurationNotification.type, { section: SECTION })
        .catch((error: unknown) => failed('settings', error));
    if (asksForSettings) void chosen.fetch();
  });

  connection.onDidChangeConfiguration(({ settings: sent }) => {
    const section = fieldOf(sent, SECTION);
    if (section !== undefined && section !== null) chosen.sent(section);
    else if (asksForSettings) void chosen.fetch();
  });

  documents.onDidOpen(({ document: { uri } }) => partials.opened(uri));
  documents.onDidChangeContent(({ document: { uri } }) => {
    projectFileChanged(uri);
    publisher.changed(uri);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    workspaceFiles.changed();
    if (withKeys.size > 0) workspaceFiles.objects();
    for (const { uri } of changes) {
      projectFileChanged(uri);
      forgetProblems(uri);
    }
  });
  documents.onDidClose(({ document: { uri } }) => {
    publisher.closed(uri);
    partials.closed(uri);
    formers.closed(uri);
    nearKeys.closed(uri);
    withKeys.delete(uri);
    analyses.delete(uri);
    withJobs.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    if (!pulls) {
      pulls = true;
      for (const { uri: shown } of documents.all()) void connection.sendDiagnostics({ uri: shown, diagnostics: [] });
    }
    const items = await answers.all<null, readonly Diagnostic[]>(
      'diagnostics',
      uri,
      null,
      token,
      [],
      judge(uri),
      ({ documents: all }) => {
        const held = settingsOf(uri);
        return severestFirst(all.flatMap((placed) => diagnosticsOf(placed, held)));
      },
    );
    return { kind: DocumentDiagnosticReportKind.Full, items: [...items] };
  });

  for (const feature of LANGUAGE_FEATURES) feature.listen(answers);

  serveClientRequests({ connection, answers, settingsOf, settings: () => chosen.all, judge, failed });

  connection.onNotification(VisibleLinesNotification, ({ uri, ranges }: VisibleLinesParams) =>
    publisher.visible(uri, ranges),
  );

  connection.onNotification(ClusterVersionNotification, ({ version }: ClusterVersionParams) => {
    chosen.watch(version);
  });

  connection.onNotification(FormerTextChangedNotification, (params?: FormerTextChangedParams) =>
    formers.outdated(params?.uri),
  );

  connection.onShutdown(() => {
    publisher.dispose();
    alarm.stop();
    formers.clear();
  });
  documents.listen(connection);
}
