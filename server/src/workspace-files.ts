import type { Diagnostic } from 'vscode-languageserver';
import { documentsIn } from './features/analysis.ts';
import { clusterObjectsIn, type ClusterObject } from './features/cluster-objects.ts';
import { diagnosticsOf, severestFirst } from './features/diagnostics.ts';
import { pathOf, type ReadFile } from './features/file-paths.ts';
import { mayHoldJobs } from './features/identity.ts';
import type { Settings } from './features/settings.ts';
import { nextTurn } from './publisher.ts';

/** The YAML and JSON files under a folder, by their paths with slashes; a bounded number of them. */
export type ListFiles = (folder: string) => Promise<readonly string[]>;

/** What one file of the workspace holds, when nobody has it open. */
export interface JudgedFile {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The files of the workspace's folders, beside those that are open. Nothing is looked at before somebody asks. */
export class WorkspaceFiles {
  readonly #read: ReadFile;
  readonly #list: ListFiles;
  readonly #failed: (what: string, error: unknown) => void;
  #folders: readonly string[] = [];
  readonly #looked: () => void;
  #objects: readonly ClusterObject[] = [];
  /** Counts up when what is known may be out of date. */
  #change = 1;
  #known = 0;
  #looking: Promise<void> | null = null;

  /** @param looked hears when other objects are known than before */
  constructor(read: ReadFile, list: ListFiles, looked: () => void, failed: (what: string, error: unknown) => void) {
    this.#read = read;
    this.#list = list;
    this.#looked = looked;
    this.#failed = failed;
  }

  /** What is known of the objects, without looking. The same array while nothing else is known. */
  get known(): readonly ClusterObject[] {
    return this.#objects;
  }

  /** The workspace consists of these folders, given by their addresses. */
  open(folders: readonly string[]): void {
    this.#folders = folders.map(pathOf).filter((path) => path !== null);
    this.changed();
  }

  /** A file was written, made or taken away. */
  changed(): void {
    this.#change++;
  }

  /** The same; what is out of date is looked for again meanwhile. */
  objects(): readonly ClusterObject[] {
    if (this.#known !== this.#change && this.#looking === null && this.#folders.length > 0)
      this.#looking = this.#look()
        .catch((error: unknown) => this.#failed('workspace', error))
        .finally(() => {
          this.#looking = null;
        });
    return this.#objects;
  }

  async #look(): Promise<void> {
    const change = this.#change;
    const objects: ClusterObject[] = [];
    for (const path of await this.#paths()) {
      const text = this.#read(path);
      if (text !== null) objects.push(...clusterObjectsIn(text, uriOf(path)));
      await nextTurn();
    }
    const nothing = this.#objects.length === 0 && objects.length === 0;
    if (!nothing) this.#objects = objects;
    this.#known = change;
    if (!nothing) this.#looked();
  }

  /** Judges every file that holds Jobs, one at a time; `seen` is told how far it is, and ends it by false. */
  async *judge(
    settings: (uri: string) => Settings,
    seen: (done: number, all: number) => boolean,
  ): AsyncGenerator<JudgedFile> {
    const paths = await this.#paths();
    for (const [at, path] of paths.entries()) {
      if (!seen(at, paths.length)) return;
      await nextTurn();
      const text = this.#read(path);
      if (text === null || !mayHoldJobs(text)) continue;
      const uri = uriOf(path);
      const diagnostics: Diagnostic[] = [];
      for (const placed of documentsIn(text)) diagnostics.push(...diagnosticsOf(placed, settings(uri)));
      yield { uri, diagnostics: severestFirst(diagnostics) };
    }
  }

  async #paths(): Promise<readonly string[]> {
    const found = await Promise.all(this.#folders.map((folder) => this.#list(folder)));
    return [...new Set(found.flat())];
  }
}

function uriOf(path: string): string {
  const start = path.startsWith('/') ? 'file://' : 'file:///';
  return start + path.split('/').map(encodeURIComponent).join('/');
}
