import type { TextDocument } from 'vscode-languageserver-textdocument';
import { pathOf, type ReadFile } from './features/file-paths.ts';
import { patchFinder } from './features/partial.ts';
import type { Settings } from './features/settings.ts';

/** The open texts, as far as they matter here. */
export interface OpenTexts {
  all(): readonly TextDocument[];
}

/** Knows which of the open texts a kustomization uses as patches. */
export class PartialTexts {
  readonly #texts: OpenTexts;
  readonly #readFile: ReadFile;
  readonly #partial = new Map<string, boolean>();
  readonly #parts = new WeakMap<Settings, Settings>();

  constructor(texts: OpenTexts, readFile: ReadFile) {
    this.#texts = texts;
    this.#readFile = readFile;
  }

  opened(uri: string): void {
    this.#partial.set(uri, this.#isPatch(uri));
  }

  closed(uri: string): void {
    this.#partial.delete(uri);
  }

  /** Looks again at every open text; true when one of them is something else now. */
  look(): boolean {
    let changed = false;
    for (const { uri } of this.#texts.all()) {
      const before = this.#partial.get(uri) === true;
      this.opened(uri);
      changed ||= before !== this.#partial.get(uri);
    }
    return changed;
  }

  /** The settings, the same object each time, with what is known of this text. */
  settingsFor(uri: string, settings: Settings): Settings {
    if (this.#partial.get(uri) !== true) return settings;
    const part = this.#parts.get(settings) ?? { ...settings, partial: true };
    this.#parts.set(settings, part);
    return part;
  }

  #isPatch(uri: string): boolean {
    const path = pathOf(uri);
    return path !== null && patchFinder(this.#readFile)(path);
  }
}
