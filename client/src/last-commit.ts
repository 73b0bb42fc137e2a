import * as vscode from 'vscode';

/** What we use of VS Code's own Git extension. It asks for trust in the workspace itself, and finds and runs git. */
interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  /** Throws when switched off. */
  getAPI(version: 1): GitApi;
}
interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  getRepository(file: vscode.Uri): GitRepository | null;
}
interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    /** Fires after each `git status`. */
    readonly onDidChange: vscode.Event<void>;
  };
  /** Rejects where the commit has no such file. */
  show(revision: string, path: string): Promise<string>;
}

const GIT = 'vscode.git';
/** Milliseconds in which several changes are told as one: repositories are found one after the other. */
const PAUSE = 200;

/** Knows what files were in the last commit of their repository. Does nothing until the first question. */
export class LastCommit {
  readonly #changed: () => void;
  readonly #listeners: vscode.Disposable[] = [];
  /** By the address of the repository's folder: the API makes a new object each time. */
  readonly #heads = new Map<string, vscode.Disposable>();
  #api: Promise<GitApi | null> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** `changed` is called when answers given so far may not hold any more. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The text of a file as the last commit has it; null for a new file, outside of repositories, and without git. */
  async textOf(uri: string): Promise<string | null> {
    const file = vscode.Uri.parse(uri);
    if (file.scheme !== 'file') return null;
    try {
      const repository = (await (this.#api ??= this.#connect()))?.getRepository(file);
      return (await repository?.show('HEAD', file.fsPath)) ?? null;
    } catch {
      return null;
    }
  }

  dispose(): void {
    clearTimeout(this.#telling);
    for (const listener of [...this.#listeners.splice(0), ...this.#heads.values()]) listener.dispose();
    this.#heads.clear();
  }

  async #connect(): Promise<GitApi | null> {
    const extension = vscode.extensions.getExtension<GitExtension>(GIT);
    if (extension === undefined) {
      // It may come once the workspace is trusted.
      const appeared = (): boolean => vscode.extensions.getExtension(GIT) !== undefined;
      this.#listeners.push(vscode.extensions.onDidChange(() => appeared() && this.#connectAgain()));
      return null;
    }
    const git = await extension.activate();
    this.#listeners.push(git.onDidChangeEnablement(() => this.#connectAgain()));
    if (!git.enabled) return null;
    const api = git.getAPI(1);
    for (const repository of api.repositories) this.#follow(repository);
    this.#listeners.push(
      api.onDidOpenRepository((repository) => {
        this.#follow(repository);
        this.#tell();
      }),
      api.onDidCloseRepository(({ rootUri }) => {
        this.#heads.get(rootUri.toString())?.dispose();
        this.#heads.delete(rootUri.toString());
        this.#tell();
      }),
    );
    return api;
  }

  #connectAgain(): void {
    this.dispose();
    this.#api = undefined;
    this.#tell();
  }

  #follow({ rootUri, state }: GitRepository): void {
    let head = state.HEAD?.commit;
    const listener = state.onDidChange(() => {
      const now = state.HEAD?.commit;
      if (now !== head) this.#tell();
      head = now;
    });
    this.#heads.get(rootUri.toString())?.dispose();
    this.#heads.set(rootUri.toString(), listener);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(this.#changed, PAUSE);
  }
}
