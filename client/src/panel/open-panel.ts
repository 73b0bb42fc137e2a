import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromPanel, PanelSource, PanelState, PanelSummary, ToPanel } from '../../../server/src/protocol/panel.ts';
import { makeNonce, panelHtml, type PanelPage, type PanelParts } from './html.ts';
import { readFromPanel } from './read-message.ts';

/** The page is whole: it loads nothing, not even of the extension. */
export const webviewOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** How long the page waits for what it is to show: most Jobs are known by then, and are drawn at once. */
const BIRTH_MS = 120;

/**
 * One webview and what it shows. VS Code throws a hidden webview away and makes it again when it is shown; so the last
 * content is kept here and sent whenever a page says that it is ready.
 */
export class OpenPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  readonly #messages = new vscode.EventEmitter<FromPanel>();
  readonly #kept = new vscode.EventEmitter<void>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #parts: Promise<PanelParts>;
  readonly #birth: NodeJS.Timeout | number;
  #state: PanelState;
  #content: ToPanel | null = null;
  #made = false;
  /** What the page was made with. */
  #first: ToPanel | null = null;
  #ready = false;
  #disposed = false;
  #summary: PanelSummary | null = null;

  /** @param parts of the page; where they cannot be had the person is told */
  constructor(webviewPanel: vscode.WebviewPanel, parts: Promise<PanelParts>, state: PanelState) {
    this.webviewPanel = webviewPanel;
    this.#parts = parts;
    this.#state = state;
    const { webview } = webviewPanel;
    webview.options = webviewOptions;
    webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPanel(data);
      if (message !== null) this.#receive(message);
    });
    webviewPanel.onDidChangeViewState(() => {
      if (!webviewPanel.visible) this.#ready = false;
    });
    webviewPanel.onDidDispose(() => {
      this.#disposed = true;
      clearTimeout(this.#birth);
      this.#closed.fire();
      this.#closed.dispose();
      this.#messages.dispose();
      this.#kept.dispose();
    });
    this.#birth = setTimeout(() => void this.#makePage(), BIRTH_MS);
  }

  /** What the page says, except what this class deals with itself. */
  get onMessage(): vscode.Event<FromPanel> {
    return this.#messages.event;
  }

  /** `state` is another one. */
  get onState(): vscode.Event<void> {
    return this.#kept.event;
  }

  get onClosed(): vscode.Event<void> {
    return this.#closed.event;
  }

  get source(): PanelSource {
    return this.#state.source;
  }

  /** As it is kept over hiding and a window reload. */
  get state(): PanelState {
    return this.#state;
  }

  /** What the last picture says; null before the first one. */
  get summary(): PanelSummary | null {
    return this.#summary;
  }

  /** The source has moved: the same Job, another address. */
  moveTo(source: PanelSource): void {
    this.#state = { ...this.#state, source };
    this.#kept.fire();
    this.#post({ type: 'state', state: this.#state });
  }

  /** Shows this from now on, also after the panel was hidden. */
  show(content: ToPanel): void {
    this.#content = content;
    if (this.#made) this.#post(content);
    else void this.#makePage();
  }

  /** Says this once: unlike what is shown, it is not said again to a page that comes back. */
  tell(message: ToPanel): void {
    this.#post(message);
  }

  set title(title: string) {
    if (!this.#disposed && this.webviewPanel.title !== title) this.webviewPanel.title = title;
  }

  reveal(): void {
    this.webviewPanel.reveal(undefined, true);
  }

  async #makePage(): Promise<void> {
    if (this.#made) return;
    this.#made = true;
    clearTimeout(this.#birth);
    try {
      const parts = await this.#parts;
      if (this.#disposed) return;
      this.#first = this.#content;
      const first = this.#first === null ? [] : [{ type: 'state', state: this.#state } as const, this.#first];
      this.webviewPanel.webview.html = panelHtml({ ...parts, ...languageOfPages(), nonce: makeNonce(), first });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      void vscode.window.showErrorMessage(
        l10n.t('The timeline cannot be shown: files of Jobwright are missing ({0}).', why),
      );
    }
  }

  #receive(message: FromPanel): void {
    if (message.type === 'ready') {
      this.#ready = true;
      if (!message.first || this.#content !== this.#first) {
        this.#post({ type: 'state', state: this.#state });
        if (this.#content !== null) this.#post(this.#content);
      }
    } else if (message.type === 'state') {
      // The page speaks of seed, playhead and scenario; where the Job is, the host knows better.
      this.#state = { ...message.state, source: this.#state.source };
      this.#kept.fire();
      return;
    } else if (message.type === 'drawn') this.#summary = message.summary;
    this.#messages.fire(message);
  }

  #post(message: ToPanel): void {
    if (this.#ready && !this.#disposed) void this.webviewPanel.webview.postMessage(message);
  }
}

/** In which language pages speak: that of VS Code, as far as there is a translation. */
function languageOfPages(): Pick<PanelPage, 'language' | 'translations'> {
  const { bundle } = vscode.l10n;
  return bundle === undefined
    ? { language: 'en', translations: null }
    : { language: vscode.env.language, translations: bundle };
}
