import * as vscode from 'vscode';
import type { ScenarioFileState } from '../../../server/src/protocol/panel.ts';
import type { ManifestSummary, ScenarioResult } from '../../../server/src/protocol/protocol.ts';
import { isForAnother, scenarioPath } from './scenario-name.ts';
import { scenarioText } from './scenario-text.ts';

type Subject = Pick<ManifestSummary, 'kind' | 'name'>;

/** What the scenario file says now. */
export interface ReadScenario {
  /** Data in the scenario format; null where the file is not used. */
  readonly value: unknown;
  readonly state: ScenarioFileState;
}

/** The scenario file `NAME.jobwright.yaml` beside a manifest `NAME.yaml`; an open text counts, saved or not. */
export class ScenarioFile implements vscode.Disposable {
  readonly #uri: vscode.Uri | null;
  readonly #parse: (text: string) => Promise<ScenarioResult>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: { dispose(): unknown }[] = [this.#changed];

  constructor(manifest: vscode.Uri, parse: (text: string) => Promise<ScenarioResult>) {
    const path = manifest.scheme === 'untitled' ? null : scenarioPath(manifest.path);
    this.#uri = path === null ? null : manifest.with({ path });
    this.#parse = parse;
    const uri = this.#uri;
    if (uri === null) return;
    const isOurs = (document: vscode.TextDocument): boolean => document.uri.toString() === uri.toString();
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), asGlob(nameOf(uri))),
    );
    const fire = (): void => this.#changed.fire();
    this.#listeners.push(
      watcher,
      watcher.onDidCreate(fire),
      watcher.onDidChange(fire),
      watcher.onDidDelete(fire),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isOurs(document) && fire()),
      // Closing without saving takes the edits back.
      vscode.workspace.onDidCloseTextDocument((document) => isOurs(document) && fire()),
    );
  }

  get onChanged(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** Null where the manifest can have no such file. */
  async read(subject: Subject): Promise<ReadScenario | null> {
    if (this.#uri === null) return null;
    const name = nameOf(this.#uri);
    const text = await this.#text();
    if (text === null) return { value: null, state: { name, used: false, problem: null } };
    try {
      const { value, problems } = await this.#parse(text);
      const problem = problems[0] ?? null;
      if (problem !== null) return { value: null, state: { name, used: true, problem } };
      if (isForAnother(value, subject)) return { value: null, state: { name, used: false, problem: null } };
      return { value, state: { name, used: true, problem: null } };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { value: null, state: { name, used: true, problem } };
    }
  }

  /** Writes the scenario as an edit that can be undone; one sentence when it cannot be done. */
  async write(scenario: unknown, subject: Subject): Promise<string | null> {
    const uri = this.#uri;
    if (uri === null) return 'Save the manifest first: its scenario file goes beside it.';
    const name = nameOf(uri);
    const edit = new vscode.WorkspaceEdit();
    const before = await this.#text();
    if (before === null) {
      edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(scenarioText(scenario, '')) });
    } else {
      const { value, problems } = await this.#parse(before);
      if (problems.length > 0) return `${name} cannot be read, so it is not written over: ${problems[0] ?? ''}`;
      if (isForAnother(value, subject)) return `${name} is the scenario of another Job, so it is not written over.`;
      const document = await vscode.workspace.openTextDocument(uri);
      const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
      edit.replace(uri, whole, scenarioText(scenario, before));
    }
    return (await vscode.workspace.applyEdit(edit)) ? null : `${name} could not be written.`;
  }

  async show(): Promise<void> {
    if (this.#uri === null) return;
    await vscode.window.showTextDocument(this.#uri, { viewColumn: vscode.ViewColumn.One });
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  /** The open text while it is unsaved, else the file's; null where there is no file, though its text may still be open. */
  async #text(): Promise<string | null> {
    const uri = this.#uri;
    if (uri === null) return null;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open?.isDirty === true) return open.getText();
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    } catch {
      return null;
    }
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/** A name that matches itself only. */
function asGlob(name: string): string {
  return name.replace(/[*?[\]{}]/g, '[$&]');
}
