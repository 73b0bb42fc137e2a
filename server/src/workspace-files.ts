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
  #objects: readonly ClusterObject[] = [];
  /** Counts up when what is known may be out of date. */
  #change = 1;
  #known = 0;
  #looking: Promise<void> | null = null;

  constructor(read: ReadFile, list: ListFiles, failed: (what: string, error: unknown) => void) {
    this.#read = read;
    this.#list = list;
    this.#failed = failed;
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

  /** What is known of the objects now; what is out of date is looked for again meanwhile, and `then` is told. */
  objects(then: () => void): readonly ClusterObject[] {
    if (this.#known !== this.#change && this.#looking === null && this.#folders.length > 0)
      this.#looking = this.#look()
        .then(then)
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
    this.#objects = objects;
    this.#known = change;
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
