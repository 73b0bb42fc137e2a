import { analyse, type Analysis } from './features/analysis.ts';
import { FormerObjects, type FormerObject } from './features/former-objects.ts';
import type { Settings } from './features/settings.ts';
import { inSlices } from './publisher.ts';

/** Beyond these many texts, and this many UTF-16 code units of them together, a text is compared with nothing. */
const MOST_TEXTS = 500;
const MOST_CHARACTERS = 16_000_000;

export interface FormerTextsDeps {
  /** Asks the client what the text was before; null when it was nothing. */
  ask(uri: string): Promise<string | null>;
  /** The text as it stands now; undefined when it is closed. */
  analysisOf(uri: string): Analysis | undefined;
  /** The text is compared with something else now. */
  changed(uri: string): void;
  failed(what: string, error: unknown): void;
}

interface Former {
  find: FormerObject | null;
  /** Length of the former text. */
  characters: number;
  /** The settings that were last asked for, and the same with `find`. */
  chosen?: Settings;
  compared?: Settings;
}

/**
 * What open texts were before, asked of the client once for each and remembered until it is closed. Nothing waits for an
 * answer: until it is there, and when there is none, the text is compared with nothing.
 */
export class FormerTexts {
  readonly #deps: FormerTextsDeps;
  /** An answer counts only while its entry is still the one here. */
  readonly #texts = new Map<string, Former>();

  constructor(deps: FormerTextsDeps) {
    this.#deps = deps;
  }

  /** Asks for what a text was before, unless that is known or asked for already. */
  want(uri: string): void {
    if (!this.#texts.has(uri) && this.#texts.size < MOST_TEXTS) this.#ask(uri);
  }

  /** Asks again, for one text or for all; until the answer is there, the earlier one counts. */
  outdated(uri?: string): void {
    const uris = uri === undefined ? [...this.#texts.keys()] : [uri];
    for (const one of uris) if (this.#texts.has(one)) this.#ask(one);
  }

  closed(uri: string): void {
    this.#texts.delete(uri);
  }

  /** Forgets everything, and what is being asked for. */
  clear(): void {
    this.#texts.clear();
  }

  /** The settings, the same object each time, with what is known of this text. */
  settingsFor(uri: string, settings: Settings): Settings {
    const former = this.#texts.get(uri);
    if (former === undefined || former.find === null) return settings;
    if (former.compared === undefined || former.chosen !== settings) {
      former.chosen = settings;
      former.compared = { ...settings, former: former.find };
    }
    return former.compared;
  }

  #ask(uri: string): void {
    const former: Former = { find: null, characters: 0, ...this.#texts.get(uri) };
    this.#texts.set(uri, former);
    const stale = (): boolean => this.#texts.get(uri) !== former;
    this.#receive(uri, former, stale).catch((error: unknown) => {
      if (stale()) return;
      this.#take(uri, former, null, 0);
      this.#deps.failed('former text', error);
    });
  }

  async #receive(uri: string, former: Former, stale: () => boolean): Promise<void> {
    const text = await this.#deps.ask(uri);
    const analysis = stale() ? undefined : this.#deps.analysisOf(uri);
    if (analysis === undefined) return;
    if (text === null || this.#charactersBeside(former) + text.length > MOST_CHARACTERS) {
      this.#take(uri, former, null, 0);
      return;
    }
    // Set at once: answers that arrive while this one is read count it too.
    former.characters = text.length;
    const objects = new FormerObjects();
    // What did not change is not read again, and so not compared either.
    const before = analyse(text, 0, analysis);
    if (await inSlices(before, ({ document }) => objects.add(document), stale))
      this.#take(uri, former, objects.find, text.length);
  }

  #take(uri: string, former: Former, find: FormerObject | null, characters: number): void {
    const same = former.find === null && find === null;
    former.find = find;
    former.characters = characters;
    delete former.compared;
    if (!same) this.#deps.changed(uri);
  }

  #charactersBeside(former: Former): number {
    let sum = 0;
    for (const other of this.#texts.values()) if (other !== former) sum += other.characters;
    return sum;
  }
}
