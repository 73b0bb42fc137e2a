import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readRecording, type Recording } from '../../../server/core/timeline/recording.ts';
import type { PanelNotice, PanelRunAction, PanelSource } from '../../../server/src/protocol/panel.ts';
import { simulateRecording } from '../recording/simulate-recording.ts';
import { type OpenPanel } from './open-panel.ts';
import type { PanelDeps } from './panel.ts';
import { planOf } from './plan.ts';

export type RecordingSource = Extract<PanelSource, { readonly kind: 'recording' }>;

/** What can be done with a recorded run. */
const ACTIONS: readonly PanelRunAction[] = [
  {
    id: 'scenario',
    label: l10n.t('Simulate What Happened'),
    text: l10n.t('Write a scenario under which the simulator does what this run did, and play it.'),
  },
  { id: 'file', label: l10n.t('Show the File'), text: l10n.t('Open the recording as text.') },
];

/** A run of thousands of pods is a few megabytes. */
const LARGEST_BYTES = 100_000_000;

/** Feeds a panel with a recorded run; no cluster is asked. */
export class RecordingFeed implements vscode.Disposable {
  readonly #panel: OpenPanel;
  readonly #uri: vscode.Uri;
  readonly #deps: PanelDeps;
  readonly #listener: vscode.Disposable;
  #recording: Recording | null = null;

  constructor(panel: OpenPanel, source: RecordingSource, deps: PanelDeps) {
    this.#panel = panel;
    this.#uri = vscode.Uri.parse(source.uri);
    this.#deps = deps;
    this.#listener = panel.onMessage((message) => {
      // A page that comes back knows the last picture only.
      if (message.type === 'ready') void this.#tellPlan();
      if (message.type === 'action') void this.#act(message.id);
    });
  }

  /** Reads the file again and shows it. */
  async refresh(): Promise<void> {
    const file = nameOf(this.#uri);
    this.#panel.title = `Recorded: ${file}`;
    const read = await readFile(this.#uri);
    if ('title' in read) {
      this.#panel.show({ type: 'message', ...read });
      return;
    }
    this.#recording = read;
    const { timeline } = read;
    const title = timeline.namespace === undefined ? timeline.name : `${timeline.namespace}/${timeline.name}`;
    this.#panel.title = `Recorded: ${timeline.name}`;
    this.#panel.show({ type: 'timeline', title: l10n.t('{0} in {1}', title, file), timeline, actions: ACTIONS });
    await this.#tellPlan();
  }

  /** What was planned, where the Job's manifest is open: shown beside what happened. */
  async #tellPlan(): Promise<void> {
    const name = this.#recording?.timeline.name;
    const plan = name === undefined ? null : await planOf(name, this.#deps);
    if (plan !== null) this.#panel.tell(plan);
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #act(id: string): Promise<void> {
    if (id === 'refresh') await this.refresh();
    else if (id === 'file') await vscode.window.showTextDocument(this.#uri, { viewColumn: vscode.ViewColumn.Beside });
    else if (id === 'scenario' && this.#recording !== null) await simulateRecording(this.#recording, this.#deps);
  }
}

async function readFile(uri: vscode.Uri): Promise<Recording | PanelNotice> {
  const file = nameOf(uri);
  const actions = [
    { id: 'refresh', label: l10n.t('Try Again') },
    { id: 'file', label: l10n.t('Show the File') },
  ];
  let text: string;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > LARGEST_BYTES)
      return {
        tone: 'error',
        title: l10n.t('The recording is too large.'),
        text: l10n.t('{0} has {1} MB.', file, Math.round(size / 1e6)),
      };
    text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    const why = l10n.t('{0} could not be opened. It may have been moved or deleted.', file);
    return { tone: 'error', title: l10n.t('The recording cannot be read.'), text: why, actions: actions.slice(0, 1) };
  }
  let recording: Recording | null = null;
  try {
    recording = readRecording(JSON.parse(text));
  } catch {
    // No JSON is no recording, either.
  }
  if (recording !== null) return recording;
  const why = l10n.t('{0} holds no recorded run. One is made with “Save Recording” in the panel of a live Job.', file);
  return { tone: 'error', title: l10n.t('This is no recording.'), text: why, actions };
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
