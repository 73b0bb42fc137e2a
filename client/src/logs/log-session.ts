import * as l10n from '@vscode/l10n';
import type { ClusterProblem, Connection, LogBook } from '../../cluster/cluster.ts';
import type { LiveCluster } from '../load-cluster.ts';
import { inWords } from '../watch-problem.ts';
import { type LogAddress, sayLogs } from './log-address.ts';

/** Least milliseconds between two texts; a large text comes less often, since the editor compares it as a whole. */
const REFRESH_MILLISECONDS = 200;
const CHARACTERS_PER_MILLISECOND = 20_000;

/** The logs at one address: what was read so far, and the reading. */
export class LogSession {
  readonly address: LogAddress;
  readonly book: LogBook;
  timestamps = false;
  readonly #onChange: () => void;
  #stop: AbortController | null = null;
  /** Why nothing more comes; null while logs are followed. */
  #ending: string | null = null;
  #interruption: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #length = 0;

  /** @param onChange there is another text */
  constructor(address: LogAddress, book: LogBook, onChange: () => void) {
    this.address = address;
    this.book = book;
    this.#onChange = onChange;
  }

  get isFollowed(): boolean {
    return this.#stop !== null;
  }

  /** Follows the logs until `stop`, and closes the connection then. */
  follow(cluster: LiveCluster, connection: Connection): void {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#ending = null;
    const { namespace, name: job, pod, index, container, previous } = this.address;
    const listeners = {
      onChange: () => {
        this.#interruption = null;
        this.#refreshSoon();
      },
      onProblem: (problem: ClusterProblem) => {
        this.#interruption = problem.kind === 'aborted' ? null : inWords(problem);
        this.#refreshSoon();
      },
    };
    cluster
      .followLogs(connection, { namespace, job, pod, index, container, previous }, this.book, listeners, stop.signal)
      .then((problem) => (problem === null ? null : inWords(problem)))
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      .then((ending) => {
        connection.close();
        if (this.#stop !== stop) return;
        this.#stop = null;
        this.#ending = ending;
        this.#refreshSoon();
      })
      .catch(() => undefined);
  }

  /** What was read stays. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  text(): string {
    const { address, book } = this;
    const prefixes = address.pod === undefined;
    const text = book.text({ timestamps: this.timestamps, prefixes });
    this.#length = text.length;
    const notes = [
      ...(this.#interruption === null ? [] : [`… ${this.#interruption}`]),
      ...(this.#ending === null
        ? []
        : [`… The logs of ${sayLogs(address)} are not followed any more. ${this.#ending}`]),
    ];
    if (text === '' && notes.length === 0) return l10n.t('… No line yet: {0}\n', this.#waitingFor());
    return notes.length === 0 ? text : `${text}${notes.join('\n')}\n`;
  }

  #waitingFor(): string {
    const { address } = this;
    if (!this.isFollowed) return l10n.t('the logs of {0} are not followed.', sayLogs(address));
    if (address.previous === true) return l10n.t('no container of {0} was restarted so far.', sayLogs(address));
    return l10n.t('waiting for a container of {0} to start and write.', sayLogs(address));
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        this.#onChange();
      },
      Math.max(REFRESH_MILLISECONDS, this.#length / CHARACTERS_PER_MILLISECOND),
    );
  }
}
