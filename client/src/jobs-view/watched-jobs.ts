import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { endWords, watchedWords, type WatchedJob } from './watched-words.ts';

type Address = Pick<WatchedJob, 'context' | 'namespace' | 'name'>;

/** One Job on its way into the status bar. */
export interface WatchedEntry {
  /** Takes in the Job as it is now; `now` is the cluster's clock. */
  see(job: ObservedJob, now: number): void;
  /** Nobody watches it any more. */
  close(): void;
}

/** How long a Job that ended stays in the status bar, in milliseconds. */
const LINGER = 60_000;
const SHOW = 'jobwright.showWatched';

interface Entry extends WatchedJob {
  readonly asked: boolean;
  told: boolean;
}

/** The Jobs that are watched in this window: their progress in the status bar, and a word when one ends, if asked for. */
export class WatchedJobs implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('jobwright.watched', vscode.StatusBarAlignment.Right, 91);
  readonly #entries = new Map<symbol, Entry>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #command: vscode.Disposable;

  constructor() {
    this.#item.name = l10n.t('Jobwright: watched Jobs');
    this.#item.command = SHOW;
    this.#command = vscode.commands.registerCommand(SHOW, () => this.#choose());
  }

  /**
   * A Job is being watched from now on.
   *
   * @param asked a person asked to be told of this Job's end, whatever the setting says
   */
  begin({ context, namespace, name }: Address, asked = false): WatchedEntry {
    const key = Symbol(name);
    this.#entries.set(key, { context, namespace, name, job: null, now: 0, asked, told: false });
    this.#draw();
    return {
      see: (job, now) => {
        const entry = this.#entries.get(key);
        if (entry === undefined) return;
        const told = entry.told || this.#tell(entry, job, now);
        this.#entries.set(key, { ...entry, job, now, told });
        if (told && !entry.told) this.#forgetLater(key);
        this.#draw();
      },
      close: () => {
        if (this.#entries.delete(key)) this.#draw();
      },
    };
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#item.dispose();
    this.#command.dispose();
  }

  #draw(): void {
    const words = watchedWords([...this.#entries.values()]);
    if (words === null) {
      this.#item.hide();
      return;
    }
    this.#item.text = words.text;
    this.#item.tooltip = words.tooltip;
    this.#item.accessibilityInformation = { label: l10n.t('Watched Jobs: {0}', words.tooltip) };
    this.#item.show();
  }

  /** True once the Job has ended. One that had ended when it was first seen is no news. */
  #tell(entry: Entry, job: ObservedJob, now: number): boolean {
    const end = endWords(job, now);
    if (end === null) return false;
    const wish = vscode.workspace.getConfiguration('jobwright').get<string>('watch.notify', 'never');
    if (entry.job !== null && (entry.asked || wish === 'ended' || (wish === 'failed' && end.failed)))
      void notify(entry, end);
    return true;
  }

  #forgetLater(key: symbol): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#entries.delete(key)) this.#draw();
    }, LINGER);
    this.#timers.add(timer);
  }

  async #choose(): Promise<void> {
    const entries = [...this.#entries.values()];
    const picked =
      entries.length < 2
        ? { entry: entries[0] }
        : await vscode.window.showQuickPick(
            entries.map((entry) => ({
              label: entry.name,
              description: l10n.t('{0} on {1}', entry.namespace, entry.context),
              entry,
            })),
            { placeHolder: l10n.t('Which Job shall be shown?') },
          );
    if (picked?.entry !== undefined) await show(picked.entry);
  }
}

async function notify(
  entry: Entry,
  { failed, text }: { readonly failed: boolean; readonly text: string },
): Promise<void> {
  const [draw, logs] = ['Show', 'Logs'];
  const say = failed ? vscode.window.showErrorMessage : vscode.window.showInformationMessage;
  const chosen = await say(text, draw, logs);
  if (chosen === draw) await show(entry);
  else if (chosen === logs) {
    const { context, namespace, name } = entry;
    await vscode.commands.executeCommand('jobwright.showLogs', { context, namespace, name });
  }
}

async function show({ context, namespace, name }: Address): Promise<void> {
  await vscode.commands.executeCommand('jobwright.jobs.open', { kind: 'job', context, namespace, name });
}
