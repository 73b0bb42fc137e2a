import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { Analysis, PlacedDocument } from './features/analysis.ts';
import { diagnosticsOf, severestFirst } from './features/diagnostics.ts';
import type { Settings } from './features/settings.ts';

/** Judges texts in the background, a slice at a time, so that a hover asked meanwhile is answered in between. */

/** Milliseconds of work between two looks at the other messages. */
const SLICE = 12;
/** A text whose last answer took less than this is answered at once, without waiting for a pause in the typing. */
const QUICK = 12;
const SHORTEST_PAUSE = 30;
const LONGEST_PAUSE = 200;

export interface PublisherDeps {
  /** The text as it stands now; undefined when it is closed. */
  analysisOf(uri: string): Analysis | undefined;
  /** What holds for this text. */
  settings(uri: string): Settings;
  /** Shows these diagnostics and no others for the text. */
  show(uri: string, version: number, diagnostics: readonly Diagnostic[]): void;
  /** Every document of this version has been judged. */
  judged(uri: string, analysis: Analysis): void;
  failed(what: string, error: unknown): void;
}

/** 0-based lines, both inclusive, that a person can see. */
export interface VisibleLines {
  readonly first: number;
  readonly last: number;
}

interface Watched {
  /** Counts up with each run: a run that is not the latest stops. */
  run: number;
  /** Milliseconds of work that the last complete run cost; null before the first. */
  cost: number | null;
  timer: ReturnType<typeof setTimeout> | null;
  visible: readonly VisibleLines[];
}

export class Publisher {
  readonly #deps: PublisherDeps;
  readonly #texts = new Map<string, Watched>();

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /** The text was opened or edited: judge it, at once if that is cheap or the first time, else after a short pause. */
  changed(uri: string): void {
    const watched = this.#watched(uri);
    watched.run++;
    const { cost } = watched;
    this.#start(uri, cost === null || cost < QUICK ? 0 : Math.min(Math.max(cost, SHORTEST_PAUSE), LONGEST_PAUSE));
  }

  /** What is on screen is judged first. */
  visible(uri: string, lines: readonly VisibleLines[]): void {
    this.#watched(uri).visible = lines;
  }

  /** Shows everything again: the settings changed. */
  refresh(): void {
    for (const uri of this.#texts.keys()) this.#start(uri, 0);
  }

  closed(uri: string): void {
    const watched = this.#texts.get(uri);
    if (watched === undefined) return;
    watched.run++;
    if (watched.timer !== null) clearTimeout(watched.timer);
    this.#texts.delete(uri);
  }

  /** Stops all work. */
  dispose(): void {
    for (const uri of [...this.#texts.keys()]) this.closed(uri);
  }

  #watched(uri: string): Watched {
    let watched = this.#texts.get(uri);
    if (watched === undefined) {
      watched = { run: 0, cost: null, timer: null, visible: [] };
      this.#texts.set(uri, watched);
    }
    return watched;
  }

  #start(uri: string, delay: number): void {
    const watched = this.#watched(uri);
    if (watched.timer !== null) clearTimeout(watched.timer);
    watched.timer = setTimeout(() => {
      watched.timer = null;
      this.#run(uri, watched).catch((error: unknown) => this.#deps.failed('diagnostics', error));
    }, delay);
  }

  async #run(uri: string, watched: Watched): Promise<void> {
    const run = ++watched.run;
    let spent = 0;
    let began = performance.now();
    const analysis = this.#deps.analysisOf(uri);
    if (analysis === undefined) return;
    const settings = this.#deps.settings(uri);
    const judged = new Set<PlacedDocument>();
    let shown = false;
    let { visible } = watched;
    let waiting = visibleFirst(analysis.documents, visible);
    for (let at = 0; at < waiting.length; at++) {
      const next = waiting[at]!;
      diagnosticsOf(next, settings, (error) => this.#deps.failed('diagnostics', error));
      judged.add(next);
      if (performance.now() - began < SLICE) continue;
      if (!shown && judged.size < analysis.documents.length)
        this.#show(uri, analysis, settings, (one) => judged.has(one));
      shown = true;
      spent += performance.now() - began;
      await nextTurn();
      if (watched.run !== run) return;
      began = performance.now();
      if (watched.visible === visible) continue;
      // The person looks elsewhere now: that comes first.
      visible = watched.visible;
      waiting = visibleFirst(analysis.documents, visible).filter((placed) => !judged.has(placed));
      at = -1;
      shown = false;
    }
    this.#show(uri, analysis, settings, () => true);
    this.#deps.judged(uri, analysis);
    // The first look at a stream reads all its documents; an edit will touch one of them.
    const firstOfMany = watched.cost === null && analysis.documents.length > 1;
    watched.cost = firstOfMany ? 0 : spent + performance.now() - began;
  }

  #show(uri: string, analysis: Analysis, settings: Settings, known: (placed: PlacedDocument) => boolean): void {
    const diagnostics = analysis.documents.filter(known).flatMap((placed) => diagnosticsOf(placed, settings));
    this.#deps.show(uri, analysis.version, severestFirst(diagnostics));
  }
}

/**
 * Does something with each document of a text, a slice at a time; false when `cancelled` said so in between. For answers
 * that need a whole stream: what was read or judged once is remembered, so the answer itself is quick then.
 */
export async function inSlices(
  analysis: Analysis,
  work: (placed: PlacedDocument) => unknown,
  cancelled: () => boolean,
): Promise<boolean> {
  let began = performance.now();
  for (const placed of analysis.documents) {
    work(placed);
    if (performance.now() - began < SLICE) continue;
    await nextTurn();
    if (cancelled()) return false;
    began = performance.now();
  }
  return true;
}

function visibleFirst(
  documents: readonly PlacedDocument[],
  visible: readonly VisibleLines[],
): readonly PlacedDocument[] {
  if (visible.length === 0 || documents.length === 1) return documents;
  const seen = documents.filter(({ line, document }) =>
    visible.some(({ first, last }) => line <= last && line + document.lineStarts.length - 1 >= first),
  );
  const first = new Set(seen);
  return [...seen, ...documents.filter((placed) => !first.has(placed))];
}

/**
 * Lets the messages that have arrived meanwhile be handled first. A timer of 0 waits a millisecond and more, which over
 * the slices of a large stream is a tenth of the whole; browsers have nothing else.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
