import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  type ExecuteCommandParams,
  ExecuteCommandRequest,
  type LanguageClientOptions,
} from 'vscode-languageclient';
import {
  ClusterVersionNotification,
  type ClusterVersionParams,
  type FieldAtParams,
  FieldAtRequest,
  type FieldAtResult,
  EditManifestRequest,
  type EditManifestParams,
  type EditManifestResult,
  FieldRangesRequest,
  type FieldRangesParams,
  type FieldRangesResult,
  FormerTextChangedNotification,
  type FormerTextParams,
  FormerTextRequest,
  type FormerTextResult,
  type ManifestAddress,
  ManifestRequest,
  type ManifestResult,
  ManifestsChangedNotification,
  type ManifestsChangedParams,
  ManifestsRequest,
  type ManifestsParams,
  type ManifestsResult,
  type ReadTextParams,
  ReadTextRequest,
  type ReadTextResult,
  type ScenarioParams,
  ScenarioRequest,
  type ScenarioResult,
  VisibleLinesNotification,
  type VisibleLinesParams,
  CHECK_WORKSPACE,
  type WorkspaceCheck,
} from '../../server/src/protocol/protocol.ts';
import { DIFFERENCE_SCHEME } from './actions/difference-documents.ts';
import { crashHandler } from './crash-handler.ts';
import { withLocalPage } from './docs-page.ts';
import { localPages } from './explain-rule.ts';
import { LastCommit } from './last-commit.ts';
import { changeMayBringJobs, mayBeManifest, mayHoldJobs, SELECTOR } from './wake.ts';

/** Makes the client for the server's process or worker; called when the server is first needed. */
export type MakeClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

export interface LanguageServerOptions {
  readonly makeClient: MakeClient;
  readonly output: vscode.LogOutputChannel;
  /** Where the extension lies, with its pages. */
  readonly extensionUri: vscode.Uri;
  /** The Watch command can connect to a cluster here. */
  readonly watch: boolean;
}

/** Shorter texts are judged at one go, whatever is on screen. */
const LONG_TEXT = 2000;

/** Where kustomize says which files are patches, and where a project says what it wants. */
const PROJECT_FILES = '**/{Kustomization,jobwright.config.json}';
/** What may define a ConfigMap, or hold a Job; among them kustomizations and configurations. */
const MANIFESTS = '**/*.{yaml,yml}';

/** The language server as the extension sees it: asleep until a text holds a Job, then started once. */
export class LanguageServer {
  /** Settles once the server answers. */
  readonly ready: Promise<void>;
  readonly #options: LanguageServerOptions;
  readonly #changed = new vscode.EventEmitter<ManifestsChangedParams>();
  readonly #listeners: { dispose(): unknown }[] = [];
  #becomeReady: () => void = () => undefined;
  #starting: Promise<BaseLanguageClient> | undefined;
  #clusterVersion: string | null = null;

  constructor(options: LanguageServerOptions) {
    this.#options = options;
    this.ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    this.#listeners.push(
      this.#changed,
      vscode.workspace.onDidOpenTextDocument((document) => this.#wakeIf(mayHoldJobs(document))),
      vscode.workspace.onDidChangeTextDocument((event) => this.#wakeIf(changeMayBringJobs(event))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('jobwright.enable')) this.#look();
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#tellVisible(textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) this.#tellVisible(editor);
      }),
    );
    this.#look();
  }

  /** Fires after each analysis of a text that holds, or just held, Jobs. */
  get onManifestsChanged(): vscode.Event<ManifestsChangedParams> {
    return this.#changed.event;
  }

  async manifests(uri: string): Promise<ManifestsResult> {
    const params: ManifestsParams = { uri };
    return (await this.#client()).sendRequest<ManifestsResult>(ManifestsRequest, params);
  }

  async manifest(address: ManifestAddress): Promise<ManifestResult> {
    return (await this.#client()).sendRequest<ManifestResult>(ManifestRequest, address);
  }

  async fieldRanges(params: FieldRangesParams): Promise<FieldRangesResult> {
    return (await this.#client()).sendRequest<FieldRangesResult>(FieldRangesRequest, params);
  }

  async editManifest(params: EditManifestParams): Promise<EditManifestResult> {
    return (await this.#client()).sendRequest<EditManifestResult>(EditManifestRequest, params);
  }

  async fieldAt(params: FieldAtParams): Promise<FieldAtResult> {
    return (await this.#client()).sendRequest<FieldAtResult>(FieldAtRequest, params);
  }

  async scenario(text: string): Promise<ScenarioResult> {
    const params: ScenarioParams = { text };
    return (await this.#client()).sendRequest<ScenarioResult>(ScenarioRequest, params);
  }

  /** What a text holds, and what is to be said about it, whether an editor has it open or not. */
  async readText(text: string): Promise<ReadTextResult> {
    const params: ReadTextParams = { text };
    return (await this.#client()).sendRequest<ReadTextResult>(ReadTextRequest, params);
  }

  /** Fills the list of problems for files that are not open; the server shows how far it is. */
  async checkWorkspace(): Promise<WorkspaceCheck> {
    const params: ExecuteCommandParams = { command: CHECK_WORKSPACE };
    return (await this.#client()).sendRequest<WorkspaceCheck>(ExecuteCommandRequest.method, params);
  }

  /** Manifests are checked for this version where no other was chosen: what the cluster says that somebody watches. */
  tellClusterVersion(version: string | null): void {
    this.#clusterVersion = version;
    void this.#starting?.then((client) => this.#sendClusterVersion(client)).catch(() => undefined);
  }

  /** Stops the server, if it runs, and starts it afresh. */
  async restart(): Promise<void> {
    const starting = this.#starting;
    if (starting === undefined) {
      await this.#client();
      return;
    }
    // A start that failed is no reason not to try again.
    const client = await starting.catch(() => undefined);
    if (client === undefined) this.#starting = undefined;
    else await client.stop().catch(() => undefined);
    if (client === undefined) await this.#client();
    else await client.start();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    void this.#starting?.then((client) => client.dispose()).catch(() => undefined);
  }

  #look(): void {
    this.#wakeIf(vscode.workspace.textDocuments.some(mayHoldJobs));
  }

  #wakeIf(needed: boolean): void {
    if (!needed || this.#starting !== undefined) return;
    if (!vscode.workspace.getConfiguration('jobwright').get<boolean>('enable', true)) return;
    this.#client().catch((error: unknown) => {
      this.#options.output.error(error instanceof Error ? error : String(error));
      void this.#tellFailure();
    });
  }

  async #tellFailure(): Promise<void> {
    const show = vscode.l10n.t('Show Output');
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t('Jobwright’s language server could not be started.'),
      show,
    );
    if (chosen === show) this.#options.output.show();
  }

  async #tellCrash(): Promise<void> {
    const restart = vscode.l10n.t('Restart');
    const report = vscode.l10n.t('Report an Issue');
    const show = vscode.l10n.t('Show Output');
    const chosen = await vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Jobwright’s language server has stopped several times and is not started again: manifests are not checked. The output says why.',
      ),
      restart,
      show,
      report,
    );
    if (chosen === restart) await this.restart();
    else if (chosen === show) this.#options.output.show();
    else if (chosen === report) await vscode.commands.executeCommand('jobwright.reportIssue');
  }

  #client(): Promise<BaseLanguageClient> {
    return (this.#starting ??= this.#start());
  }

  async #start(): Promise<BaseLanguageClient> {
    const projectFiles = [PROJECT_FILES, MANIFESTS].map((files) => vscode.workspace.createFileSystemWatcher(files));
    this.#listeners.push(...projectFiles);
    const toLocalPage = await localPages(this.#options.extensionUri).catch(() => (same: vscode.Diagnostic) => same);
    const client = await this.#options.makeClient({
      documentSelector: [...SELECTOR],
      synchronize: { fileEvents: projectFiles },
      outputChannel: this.#options.output,
      errorHandler: crashHandler(await import('vscode-languageclient'), () => void this.#tellCrash()),
      middleware: {
        provideHover: async (document, position, token, next) => {
          const hover = await next(document, position, token);
          return hover === null || hover === undefined ? hover : withLocalPage(hover);
        },
        handleDiagnostics: (uri, diagnostics, next) => next(uri, isToRead(uri) ? [] : diagnostics.map(toLocalPage)),
      },
      initializationOptions: {
        settings: settings(),
        watch: this.#options.watch,
        diagnostics: 'push',
        formerText: true,
      },
    });
    client.onNotification(ManifestsChangedNotification, (params: ManifestsChangedParams) => this.#changed.fire(params));
    const lastCommit = new LastCommit(() => {
      client.sendNotification(FormerTextChangedNotification, {}).catch(() => undefined);
    });
    this.#listeners.push(lastCommit);
    client.onRequest(FormerTextRequest, async ({ uri }: FormerTextParams): Promise<FormerTextResult> => ({
      text: await lastCommit.textOf(uri),
    }));
    await client.start();
    if (this.#clusterVersion !== null) await this.#sendClusterVersion(client);
    this.#becomeReady();
    for (const editor of vscode.window.visibleTextEditors) this.#tellVisible(editor);
    return client;
  }

  async #sendClusterVersion(client: BaseLanguageClient): Promise<void> {
    const params: ClusterVersionParams = { version: this.#clusterVersion };
    await client.sendNotification(ClusterVersionNotification, params);
  }

  #tellVisible({ document, visibleRanges }: vscode.TextEditor): void {
    if (!mayBeManifest(document) || document.lineCount < LONG_TEXT || this.#starting === undefined) return;
    const params: VisibleLinesParams = {
      uri: document.uri.toString(),
      ranges: visibleRanges.map(({ start, end }) => ({ first: start.line, last: end.line })),
    };
    void this.#starting
      .then((client) => client.sendNotification(VisibleLinesNotification, params))
      .catch(() => undefined);
  }
}

/**
 * What a cluster has is nobody's to mend in the text that shows it, nor what a commit had: the file beside it in a
 * difference says what is wrong now.
 */
function isToRead({ scheme }: vscode.Uri): boolean {
  return scheme === DIFFERENCE_SCHEME || vscode.workspace.fs.isWritableFileSystem(scheme) === false;
}

/** Our settings as plain data, as the server reads them. */
function settings(): object {
  const section = vscode.workspace.getConfiguration('jobwright');
  return {
    enable: section.get('enable'),
    kubernetesVersion: section.get('kubernetesVersion'),
    compareWithLastCommit: section.get('compareWithLastCommit'),
    podSecurity: section.get('podSecurity'),
    advice: { enable: section.get('advice.enable') },
    inlayHints: { ...section.get<Record<string, boolean>>('inlayHints') },
    // A plain copy: what the configuration hands out is a proxy, and no proxy goes through to a worker.
    severity: { ...section.get<Record<string, string>>('severity') },
  };
}
