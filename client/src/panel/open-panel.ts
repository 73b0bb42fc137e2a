import * as vscode from 'vscode';
import type { FromPanel, PanelSource, PanelState, PanelSummary, ToPanel } from '../../../server/src/protocol/panel.ts';
import { makeNonce, panelHtml } from './html.ts';
import { readFromPanel } from './read-message.ts';

/** Folder of the webview's bundles, below the extension's own. */
const bundles = ['dist', 'webview'];

/** Which files of the extension the webview may load: its bundles, nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, ...bundles)] };
}

/**
 * One webview and what it shows. VS Code throws a hidden webview away and makes it again when it is shown; so the last
 * content is kept here and sent whenever a page says that it is ready.
 */
export class OpenPanel {
  readonly webviewPanel: vscode.WebviewPanel;
  readonly #messages = new vscode.EventEmitter<FromPanel>();
  readonly #closed = new vscode.EventEmitter<void>();
  #state: PanelState;
  #content: ToPanel | null = null;
  #ready = false;
  #disposed = false;
  #summary: PanelSummary | null = null;

  constructor(webviewPanel: vscode.WebviewPanel, extensionUri: vscode.Uri, state: PanelState) {
    this.webviewPanel = webviewPanel;
    this.#state = state;
    const { webview } = webviewPanel;
    webview.options = webviewOptions(extensionUri);
    webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPanel(data);
      if (message !== null) this.#receive(message);
    });
    webviewPanel.onDidChangeViewState(() => {
      if (!webviewPanel.visible) this.#ready = false;
    });
    webviewPanel.onDidDispose(() => {
      this.#disposed = true;
      this.#closed.fire();
      this.#closed.dispose();
      this.#messages.dispose();
    });
    const resource = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, ...bundles, file)).toString();
    webview.html = panelHtml({
      scriptUri: resource('panel.js'),
      styleUri: resource('panel.css'),
      workerUri: resource('simulator-worker.js'),
      cspSource: webview.cspSource,
      nonce: makeNonce(),
    });
  }

  /** What the page says, except what this class deals with itself. */
  get onMessage(): vscode.Event<FromPanel> {
    return this.#messages.event;
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
    this.#post({ type: 'state', state: this.#state });
  }

  /** Shows this from now on, also after the panel was hidden. */
  show(content: ToPanel): void {
    this.#content = content;
    this.#post(content);
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

  #receive(message: FromPanel): void {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#post({ type: 'state', state: this.#state });
      if (this.#content !== null) this.#post(this.#content);
    } else if (message.type === 'state') {
      // The page speaks of seed, playhead and scenario; where the Job is, the host knows better.
      this.#state = { ...message.state, source: this.#state.source };
      return;
    } else if (message.type === 'drawn') this.#summary = message.summary;
    this.#messages.fire(message);
  }

  #post(message: ToPanel): void {
    if (this.#ready && !this.#disposed) void this.webviewPanel.webview.postMessage(message);
  }
}
