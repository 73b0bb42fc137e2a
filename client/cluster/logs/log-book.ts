import * as l10n from '@vscode/l10n';
import type { LogLine } from './log-line.ts';

/** Whose log it is. */
export interface LogStream {
  readonly pod: string;
  readonly container: string;
  /** Completion index of the pod; null in a NonIndexed Job. */
  readonly index: number | null;
  /** True for the run of the container before its last restart. */
  readonly previous: boolean;
}

/** Most of what is kept; the oldest lines go first. */
export interface LogLimits {
  /** Lines of one log. */
  readonly lines: number;
  /** Characters of all logs together. */
  readonly characters: number;
  /** Characters of one line; what is longer is cut. */
  readonly line: number;
}

export const LOG_LIMITS: LogLimits = { lines: 10_000, characters: 16_000_000, line: 16_000 };

export interface LogView {
  /** Each line with the moment at which it was written. */
  readonly timestamps: boolean;
  /** Each line with its pod; off where there is one pod only. */
  readonly prefixes: boolean;
}

/** Logs of some containers in bounded memory: what was read stays, also once pods are gone. */
export interface LogBook {
  /** Takes lines in, in the order in which the container wrote them. */
  append(stream: LogStream, lines: readonly LogLine[]): void;
  /** Something to say about a log, in its place among the lines: `at` is in milliseconds since the epoch. */
  note(stream: LogStream, at: number, text: string): void;
  /** All lines (of one log, if that is asked for) in the order of their time stamps, those of one log never out of their own order. */
  text(view: LogView, only?: Pick<LogStream, 'pod' | 'container' | 'previous'>): string;
  readonly streams: readonly LogStream[];
  /** Lines that are kept. */
  readonly lines: number;
  /** Lines that had to go. */
  readonly dropped: number;
}

/** Names a log among those of one namespace. */
export function streamKey({ pod, container, previous }: Pick<LogStream, 'pod' | 'container' | 'previous'>): string {
  return `${pod}/${container}${previous ? '/previous' : ''}`;
}

interface Kept {
  readonly stream: LogStream;
  readonly lines: (LogLine & { readonly note?: boolean })[];
  /** Lines before this position have been dropped and wait to be cut off. */
  head: number;
  characters: number;
  dropped: number;
  /** Greatest moment so far: stamps of one log never go back in what we show. */
  last: number;
}

/** An empty book. */
export function logBook(limits: LogLimits = LOG_LIMITS): LogBook {
  const kept = new Map<string, Kept>();
  let characters = 0;

  const keptOf = (stream: LogStream): Kept => {
    const key = streamKey(stream);
    let found = kept.get(key);
    if (found === undefined)
      kept.set(key, (found = { stream, lines: [], head: 0, characters: 0, dropped: 0, last: -Infinity }));
    return found;
  };
  const dropOldest = (log: Kept): void => {
    const line = log.lines[log.head++];
    if (line === undefined) return;
    log.characters -= line.text.length;
    characters -= line.text.length;
    if (line.note !== true) log.dropped++;
    // Cutting the array at each line would copy it each time.
    if (log.head > 1_000 && log.head * 2 > log.lines.length) {
      log.lines.splice(0, log.head);
      log.head = 0;
    }
  };
  const push = (log: Kept, line: LogLine & { readonly note?: boolean }): void => {
    const text =
      line.text.length > limits.line
        ? l10n.t('{0} … (cut: {1} characters)', line.text.slice(0, limits.line), line.text.length)
        : line.text;
    log.last = Math.max(log.last, line.at);
    log.lines.push({ ...line, text, at: log.last });
    log.characters += text.length;
    characters += text.length;
    if (log.lines.length - log.head > limits.lines) dropOldest(log);
    while (characters > limits.characters) dropOldest(largest(kept.values()));
  };

  return {
    append(stream, lines) {
      const log = keptOf(stream);
      for (const line of lines) push(log, line);
    },
    note(stream, at, text) {
      push(keptOf(stream), { stamp: '', at, text, note: true });
    },
    text(view, only) {
      const one = only === undefined ? undefined : kept.get(streamKey(only));
      return textOf(only === undefined ? [...kept.values()] : one === undefined ? [] : [one], view);
    },
    get streams() {
      return [...kept.values()].map(({ stream }) => stream);
    },
    get lines() {
      return [...kept.values()].reduce((sum, { lines, head }) => sum + lines.length - head, 0);
    },
    get dropped() {
      return [...kept.values()].reduce((sum, { dropped }) => sum + dropped, 0);
    },
  };
}

function largest(logs: Iterable<Kept>): Kept {
  let most: Kept | undefined;
  for (const log of logs) if (most === undefined || log.characters > most.characters) most = log;
  return most!;
}

function textOf(logs: readonly Kept[], view: LogView): string {
  const manyContainers = new Set(logs.map(({ stream }) => stream.container)).size > 1;
  const rows: { readonly at: number; readonly text: string }[] = [];
  for (const { stream, lines, head, dropped } of logs) {
    const prefix = prefixOf(stream, view.prefixes, manyContainers);
    if (dropped > 0) {
      const what = dropped === 1 ? l10n.t('1 older line') : l10n.t('{0} older lines', dropped.toLocaleString('en-US'));
      rows.push({ at: lines[head]?.at ?? 0, text: l10n.t('{0}… {1} dropped', prefix, what) });
    }
    for (let place = head; place < lines.length; place++) {
      const { stamp, at, text, note } = lines[place]!;
      const when = view.timestamps && stamp !== '' ? `${stamp} ` : '';
      rows.push({ at, text: `${when}${prefix}${note === true ? `… ${text}` : text}` });
    }
  }
  // A stable sort: lines of one log, whose moments never go back, keep their order.
  rows.sort((a, b) => a.at - b.at);
  return rows.map(({ text }) => `${text}\n`).join('');
}

function prefixOf({ pod, container, previous }: LogStream, asked: boolean, manyContainers: boolean): string {
  const names = [...(asked ? [pod] : []), ...(asked || manyContainers ? (manyContainers ? [container] : []) : [])];
  if (previous) names.push('before the restart');
  return names.length === 0 ? '' : `[${names.join(' ')}] `;
}
