import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { calendarOf } from '../../../server/core/forecast/calendar.ts';
import type { NamespaceJobs } from '../../cluster/cluster.ts';
import { makeNonce } from '../panel/html.ts';
import { calendarPage } from './calendar-page.ts';
import type { NamespaceNode } from './job-node.ts';
import { textOf } from './jobs-host.ts';

const VIEW_TYPE = 'jobwright.calendar';
/** Changes are gathered for so long, in milliseconds. */
const THROTTLE = 1_000;
/** Time goes by: the page is drawn anew so often, in milliseconds. */
const TICK = 5 * 60_000;

/** The calendars of CronJobs that are open, one for each namespace. */
export class Calendars implements vscode.Disposable {
  readonly #open = new Map<string, CalendarPanel>();

  /**
   * Shows the calendar of a namespace. It looks at the same list of Jobs as the view, while it can be seen.
   *
   * @param now the cluster's clock: milliseconds since the epoch
   * @param onClosed called once it is closed, or at once where it was open before
   */
  show(
    { context, namespace }: Pick<NamespaceNode, 'context' | 'namespace'>,
    jobs: NamespaceJobs,
    now: () => number,
    onClosed: () => void = () => undefined,
  ): void {
    const key = JSON.stringify([context, namespace]);
    const before = this.#open.get(key);
    if (before !== undefined) {
      before.panel.reveal();
      onClosed();
      return;
    }
    const calendar = new CalendarPanel({ context, namespace }, jobs, now);
    this.#open.set(key, calendar);
    calendar.panel.onDidDispose(() => {
      this.#open.delete(key);
      onClosed();
    });
  }

  /** Closes the calendars of this context. */
  leave(context: string): void {
    for (const { panel, place } of [...this.#open.values()]) if (place.context === context) panel.dispose();
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }
}

class CalendarPanel {
  readonly panel: vscode.WebviewPanel;
  readonly place: Pick<NamespaceNode, 'context' | 'namespace'>;
  readonly #jobs: NamespaceJobs;
  readonly #now: () => number;
  #away: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** What was drawn last: a page that says the same is not drawn again, for it would be scrolled back. */
  #drawn = '';

  constructor(place: Pick<NamespaceNode, 'context' | 'namespace'>, jobs: NamespaceJobs, now: () => number) {
    this.place = place;
    this.#jobs = jobs;
    this.#now = now;
    this.panel = vscode.window.createWebviewPanel(VIEW_TYPE, `CronJobs: ${place.namespace}`, vscode.ViewColumn.Active, {
      enableScripts: false,
      localResourceRoots: [],
    });
    this.panel.onDidChangeViewState(() => this.#look());
    const ticker = setInterval(() => this.#later(), TICK);
    this.panel.onDidDispose(() => {
      clearInterval(ticker);
      this.#look(false);
    });
    this.#look();
    this.#draw();
  }

  #look(wanted = this.panel.visible): void {
    if (wanted && this.#away === null) this.#away = this.#jobs.look(() => this.#later());
    if (wanted || this.#away === null) return;
    this.#away();
    this.#away = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(): void {
    if (this.#away !== null) this.#timer ??= setTimeout(() => this.#draw(), THROTTLE);
  }

  #draw(): void {
    this.#timer = null;
    const { cronJobs } = this.#jobs;
    const { state } = cronJobs;
    const calendar = calendarOf({
      cronJobs: [...cronJobs.objects.values()],
      jobs: this.#jobs.allJobs(),
      now: this.#now(),
    });
    const limit =
      'problem' in state
        ? textOf(state.problem)
        : state.kind === 'loading' && cronJobs.objects.size === 0
          ? l10n.t('Asking for the CronJobs …')
          : '';
    const language = vscode.l10n.bundle === undefined ? 'en' : vscode.env.language;
    const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
    const entries = calendar.entries.map(({ name, next, usual, suspended }) => [name, next, usual, suspended]);
    const said = JSON.stringify([limit, Math.floor(this.#now() / TICK), entries]);
    if (said === this.#drawn) return;
    this.#drawn = said;
    this.panel.webview.html = calendarPage(calendar, { ...this.place, language, zone, limit, nonce: makeNonce() });
  }
}
