import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import type { PanelFinding, PanelNotice, PanelRunAction } from '../../../server/src/protocol/panel.ts';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';
import { type OpenPanel } from './open-panel.ts';
import type { LiveSource, LiveView, PanelDeps } from './panel.ts';
import { offerFix } from './offer-fix.ts';
import { planOf } from './plan.ts';
import { openManifest, revealField } from './reveal-field.ts';

/** What can be done with a live run. */
const RUN_ACTIONS: readonly PanelRunAction[] = [
  {
    id: 'logs',
    label: l10n.t('Logs'),
    text: l10n.t('Show the logs of all pods, one after the other in time, and follow them.'),
  },
  {
    id: 'record',
    label: l10n.t('Save Recording'),
    text: l10n.t('Save this run as a file that can be opened without a cluster.'),
  },
  {
    id: 'report',
    label: l10n.t('Save Incident Report'),
    text: l10n.t(
      'Save all that is known (manifest, pods, events, logs, why) as one file, with secrets masked, and a recording.',
    ),
  },
];

/** What can be done with the Job itself. */
const CHANGE: PanelRunAction = {
  id: 'change',
  label: l10n.t('Change…'),
  text: l10n.t('Suspend, resume, scale, retry or delete this Job.'),
};

/** The command behind each, which takes the Job's address. */
const RUN_COMMANDS: Readonly<Record<string, string>> = {
  logs: 'jobwright.showLogs',
  record: 'jobwright.saveRecording',
  report: 'jobwright.saveIncident',
  change: 'jobwright.changeJob',
};

/** The command that watches this Job, and its argument. The demo's cluster is gone with the window that made it. */
function watchAgain(source: LiveSource): [command: string, given: object] {
  return source.context === DEMO_CONTEXT ? ['jobwright.watchDemo', { example: true }] : ['jobwright.watch', source];
}

/** Feeds a panel with what the live watch brings. */
export class LiveFeed implements LiveView, vscode.Disposable {
  readonly #panel: OpenPanel;
  readonly #source: LiveSource;
  readonly #deps: PanelDeps;
  readonly #runActions: readonly PanelRunAction[];
  readonly #actions = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<void>();
  readonly #listener: vscode.Disposable;
  readonly #changes: vscode.Disposable;
  #plan: Awaited<ReturnType<typeof planOf>> = null;
  #why: readonly PanelFinding[] = [];
  #disposed = false;

  /** @param more actions beside those of every live run */
  constructor(panel: OpenPanel, source: LiveSource, deps: PanelDeps, more: readonly PanelRunAction[] = []) {
    this.#deps = deps;
    this.#panel = panel;
    this.#source = source;
    this.#runActions = [...RUN_ACTIONS, ...(source.context === DEMO_CONTEXT ? [] : [CHANGE]), ...more];
    panel.title = `Live: ${source.name}`;
    this.#changes = deps.onManifestsChanged(({ manifests }) => {
      if (manifests.some(({ kind, name }) => kind === 'Job' && name === source.name)) void this.#tellPlan();
    });
    void this.#tellPlan();
    this.#listener = panel.onMessage((message) => {
      // A page that comes back knows the last picture only.
      if (message.type === 'ready' && this.#plan !== null) panel.tell(this.#plan);
      const { context, namespace, name } = source;
      if (message.type === 'logs') {
        const { pod, previous } = message;
        void vscode.commands.executeCommand('jobwright.showLogs', { context, namespace, name, pod, previous });
      }
      if (message.type === 'reveal') void this.#reveal(message.field);
      if (message.type !== 'action') return;
      const command = RUN_COMMANDS[message.id];
      if (command !== undefined) void vscode.commands.executeCommand(command, { context, namespace, name });
      else if (message.id === 'watch') void vscode.commands.executeCommand(...watchAgain(source));
      else this.#actions.fire(message.id);
    });
  }

  get onAction(): vscode.Event<string> {
    return this.#actions.event;
  }

  get onClosed(): vscode.Event<void> {
    return this.#closed.event;
  }

  showTimeline(timeline: Timeline, notice?: PanelNotice, why?: readonly PanelFinding[]): void {
    if (this.#disposed) return;
    this.#why = why ?? [];
    const { context, namespace, name } = this.#source;
    this.#panel.show({
      type: 'timeline',
      title: `${namespace}/${name} on ${context}`,
      timeline,
      logs: true,
      actions: this.#runActions,
      ...(notice === undefined ? {} : { notice }),
      ...(why === undefined || why.length === 0 ? {} : { why }),
    });
  }

  showMessage(notice: PanelNotice): void {
    if (!this.#disposed) this.#panel.show({ type: 'message', ...notice });
  }

  /** What was planned, where the Job's manifest is open: shown beside what happens. */
  async #tellPlan(): Promise<void> {
    const plan = await planOf(this.#source.name, this.#deps);
    if (plan === null || this.#disposed) return;
    this.#plan = plan;
    this.#panel.tell(plan);
  }

  /** The field in the open manifest of the Job; a Job alone does not say where it was written. */
  async #reveal(field: string): Promise<void> {
    const address = await openManifest(this.#source.name, this.#deps);
    if (address === null) {
      void vscode.window.showInformationMessage(
        l10n.t('Open the manifest of {0} to see {1} in it.', this.#source.name, field),
      );
      return;
    }
    await revealField(this.#deps, address, field, this.#panel.webviewPanel.viewColumn);
    const fix = this.#why.find((finding) => finding.field === field)?.fix;
    if (fix !== undefined) await offerFix(this.#deps, address, fix);
  }

  /** After a window reload: nothing connects before the person asks. */
  showDisconnected(): void {
    const { context, namespace, name } = this.#source;
    this.showMessage({
      tone: 'empty',
      title: l10n.t('Not connected'),
      text: l10n.t('The window was reloaded while Job {0}/{1} on {2} was watched.', namespace, name, context),
      actions: [{ id: 'watch', label: l10n.t('Watch It Again') }],
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#listener.dispose();
    this.#changes.dispose();
    this.#closed.fire();
    this.#closed.dispose();
    this.#actions.dispose();
  }
}
