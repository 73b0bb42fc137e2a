import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ScenarioFileState } from '../../../server/src/protocol/panel.ts';
import type { ManifestSummary, ScenarioResult } from '../../../server/src/protocol/protocol.ts';
import { freeScenarioPath, isForAnother, isScenarioName, scenarioPath } from './scenario-name.ts';
import { changedScenarioText, scenarioText } from './scenario-text.ts';

type Subject = Pick<ManifestSummary, 'kind' | 'name'>;

/** What the scenario file says now. */
export interface ReadScenario {
  /** Data in the scenario format; null where the file is not used. */
  readonly value: unknown;
  readonly state: ScenarioFileState;
}

/** So many names are offered. */
const MOST_NAMES = 100;

/**
 * The scenario file of a manifest: `NAME.jobwright.yaml` beside `NAME.yaml`, or another one in the folder that the
 * person chose. An open text counts, saved or not.
 */
export class ScenarioFile implements vscode.Disposable {
  readonly #own: vscode.Uri | null;
  readonly #parse: (text: string) => Promise<ScenarioResult>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: { dispose(): unknown }[] = [this.#changed];
  #chosen: string | null | undefined;
  /** Names of the scenario files in the folder; null until it was looked through (again). */
  #names: readonly string[] | null = null;
  /** The names are of this moment: not every place tells of new files. */
  #looked = false;
  #open = false;

  /** @param chosen name of the file to use, null for none, undefined for the one of the manifest's name */
  constructor(manifest: vscode.Uri, parse: (text: string) => Promise<ScenarioResult>, chosen?: string | null) {
    const path = manifest.scheme === 'untitled' ? null : scenarioPath(manifest.path);
    this.#own = path === null ? null : manifest.with({ path });
    this.#parse = parse;
    this.#chosen = chosen;
    if (this.#own === null) return;
    const isUsed = (document: vscode.TextDocument): boolean => document.uri.toString() === this.#uri?.toString();
    const fire = (): void => this.#changed.fire();
    const listed = (): void => {
      this.#names = null;
      fire();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(this.#own, '..'), '*.jobwright.{yaml,yml}'),
    );
    this.#open = this.#isOpen();
    this.#listeners.push(
      watcher,
      watcher.onDidCreate(listed),
      watcher.onDidChange((uri) => uri.toString() === this.#uri?.toString() && fire()),
      watcher.onDidDelete(listed),
      vscode.workspace.onDidChangeTextDocument(({ document }) => isUsed(document) && fire()),
      // Closing without saving takes the edits back.
      vscode.workspace.onDidCloseTextDocument((document) => isUsed(document) && fire()),
      vscode.window.tabGroups.onDidChangeTabs(() => {
        if (this.#open === this.#isOpen()) return;
        this.#open = !this.#open;
        fire();
      }),
    );
  }

  get onChanged(): vscode.Event<void> {
    return this.#changed.event;
  }

  /** What the person chose; undefined where nothing was. */
  get chosen(): string | null | undefined {
    return this.#chosen;
  }

  /** Uses the file of this name from now on; null: none. */
  choose(name: string | null): void {
    if (name !== null && !isScenarioName(name)) return;
    this.#chosen = name;
    this.#open = this.#isOpen();
    this.#changed.fire();
  }

  /** Looks through the folder, unless it is known what is there. */
  async look(): Promise<void> {
    if (this.#own === null) return;
    await this.#namesBeside(this.#own);
    this.#looked = true;
  }

  /** Null where the manifest can have no such file. */
  async read(subject: Subject): Promise<ReadScenario | null> {
    const uri = this.#uri ?? this.#own;
    if (uri === null) return null;
    const names = await this.#namesBeside(uri);
    const state = (used: boolean, problem: string | null): ScenarioFileState => ({
      name: nameOf(uri),
      used,
      problem,
      open: used && this.#isOpen(),
      names,
      ...(this.#chosen === undefined ? {} : { chosen: this.#chosen }),
    });
    const text = this.#chosen === null ? null : await this.#text();
    if (text === null) return { value: null, state: state(false, null) };
    try {
      const { value, problems } = await this.#parse(text);
      const problem = problems[0] ?? null;
      if (problem !== null) return { value: null, state: state(true, problem) };
      // A file that was chosen is meant, whatever it says it is for.
      if (this.#chosen === undefined && isForAnother(value, subject)) return { value: null, state: state(false, null) };
      return { value, state: state(true, null) };
    } catch (error) {
      return { value: null, state: state(true, error instanceof Error ? error.message : String(error)) };
    }
  }

  /** Writes the scenario as an edit that can be undone; one sentence when it cannot be done. */
  async write(scenario: unknown, subject: Subject): Promise<string | null> {
    if (this.#own === null) return l10n.t('Save the manifest first: its scenario file goes beside it.');
    const edit = new vscode.WorkspaceEdit();
    const before = this.#chosen === null ? null : await this.#text();
    if (before === null) {
      // Without a file the scenario began from nothing, so it takes the place of none.
      const name = freeScenarioPath(nameOf(this.#own), this.#chosen === null ? await this.#namesBeside(this.#own) : []);
      const uri = this.#chosen === null ? vscode.Uri.joinPath(this.#own, '..', name) : (this.#uri ?? this.#own);
      if (this.#chosen === null) this.#chosen = name;
      edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode(scenarioText(scenario, '')) });
    } else {
      const uri = this.#uri ?? this.#own;
      const name = nameOf(uri);
      const { value, problems } = await this.#parse(before);
      if (problems.length > 0)
        return l10n.t('{0} cannot be read, so it is not written over: {1}', name, problems[0] ?? '');
      if (this.#chosen === undefined && isForAnother(value, subject))
        return l10n.t('{0} is the scenario of another Job, so it is not written over.', name);
      const document = await vscode.workspace.openTextDocument(uri);
      const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
      edit.replace(uri, whole, await this.#textWith(scenario, before, value));
    }
    const written = await vscode.workspace.applyEdit(edit);
    this.#names = null;
    return written ? null : l10n.t('{0} could not be written.', nameOf(this.#uri ?? this.#own));
  }

  async show(): Promise<void> {
    const uri = this.#uri;
    if (uri !== null) await vscode.window.showTextDocument(uri, { viewColumn: this.#column ?? vscode.ViewColumn.One });
  }

  /** Takes the last edit of the open text back, or makes it again, as the editor does. */
  async undo(redo: boolean): Promise<void> {
    if (!this.#isOpen()) return;
    await this.show();
    await vscode.commands.executeCommand(redo ? 'redo' : 'undo');
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  /** The file that is used, should there be one. */
  get #uri(): vscode.Uri | null {
    if (this.#own === null || this.#chosen === null) return null;
    return this.#chosen === undefined ? this.#own : vscode.Uri.joinPath(this.#own, '..', this.#chosen);
  }

  /** Column of the editor tab in which the file is open. */
  get #column(): vscode.ViewColumn | undefined {
    const wanted = this.#uri?.toString();
    const holds = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputText && input.uri.toString() === wanted;
    return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(holds))?.viewColumn;
  }

  #isOpen(): boolean {
    return this.#column !== undefined;
  }

  /** Only what differs is written anew, so that comments stay; where that fails, all of it. */
  async #textWith(scenario: unknown, before: string, was: unknown): Promise<string> {
    const changed = changedScenarioText(scenario, before, was);
    const { value, problems } = await this.#parse(changed);
    const same = problems.length === 0 && JSON.stringify(value) === JSON.stringify(scenario);
    return same ? changed : scenarioText(scenario, before);
  }

  async #namesBeside(uri: vscode.Uri): Promise<readonly string[]> {
    if (this.#names !== null) return this.#names;
    try {
      const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(uri, '..'));
      const names = entries.map(([name]) => name).filter(isScenarioName);
      this.#names = names.sort().slice(0, MOST_NAMES);
    } catch {
      this.#names = [];
    }
    return this.#names;
  }

  /** The open text while it is unsaved, else the file's; null where there is no file, though its text may still be open. */
  async #text(): Promise<string | null> {
    const uri = this.#uri;
    if (uri === null) return null;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    if (open?.isDirty === true) return open.getText();
    // Mostly there is none, and what the folder holds is known: nobody has to be asked.
    const names = this.#looked ? this.#names : null;
    this.#looked = false;
    if (names !== null && names.length < MOST_NAMES && !names.includes(nameOf(uri))) return null;
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
