import type { TextDocument } from 'vscode-languageserver-textdocument';
import { patchFinder, type ReadFile } from './features/partial.ts';
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
  #whole: Settings | undefined;
  #part: Settings | undefined;

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
    if (this.#part === undefined || this.#whole !== settings) {
      this.#whole = settings;
      this.#part = { ...settings, partial: true };
    }
    return this.#part;
  }

  #isPatch(uri: string): boolean {
    const path = pathOf(uri);
    return path !== null && patchFinder((file) => this.#openText(file) ?? this.#readFile(file))(path);
  }

  /** A kustomization as it stands in an editor counts more than the file. */
  #openText(path: string): string | null {
    for (const document of this.#texts.all()) if (pathOf(document.uri) === path) return document.getText();
    return null;
  }
}

/** The path of a file's address; null for what is no file. */
function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:///')) return null;
  try {
    return decodeURIComponent(uri.slice('file://'.length));
  } catch {
    return null;
  }
}
