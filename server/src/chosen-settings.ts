import { DEFAULT_SETTINGS, readSettings, type Settings, withCluster } from './features/settings.ts';

/** What a person chose, for all texts and for those of single folders of the workspace. */
export interface ChosenSettingsDeps {
  /** Asks the client for our section, for all texts and for each of these folders; null where it has none. */
  ask(folders: readonly string[]): Promise<{ readonly all: unknown; readonly byFolder: readonly unknown[] }>;
  /** Something is chosen otherwise now. */
  changed(): void;
  failed(what: string, error: unknown): void;
}

/**
 * The settings of the section `jobwright`, as the client sends them or answers when it is asked. A folder of the
 * workspace may have its own. Equal settings are the same object.
 */
export class ChosenSettings {
  readonly #deps: ChosenSettingsDeps;
  /** What counts where the client has nothing to say. */
  #given: Settings = DEFAULT_SETTINGS;
  #all: Settings = DEFAULT_SETTINGS;
  #folders: readonly string[] = [];
  #byFolder: ReadonlyMap<string, Settings> = new Map();
  /** Of the cluster that somebody watches. */
  #clusterVersion: string | null = null;
  /** By what was chosen: the same for the cluster that is attached. */
  #held = new WeakMap<Settings, Settings>();
  /** Counts up with each question: an answer to an earlier one is out of date. */
  #asked = 0;

  constructor(deps: ChosenSettingsDeps) {
    this.#deps = deps;
  }

  /** What holds where no folder has its own. */
  get all(): Settings {
    return this.#forCluster(this.#all);
  }

  /** What holds for a text, by the innermost folder that it is in. */
  of(uri: string): Settings {
    let innermost = '';
    for (const folder of this.#byFolder.keys())
      if (uri.startsWith(`${folder}/`) && folder.length > innermost.length) innermost = folder;
    return this.#forCluster(this.#byFolder.get(innermost) ?? this.#all);
  }

  /** The client gave these at its start. */
  start(given: Settings | undefined): void {
    this.#given = given ?? DEFAULT_SETTINGS;
    this.#all = this.#given;
  }

  /** The workspace consists of these folders, by their addresses. */
  open(folders: readonly string[]): void {
    this.#folders = folders.map((folder) => folder.replace(/\/$/, ''));
  }

  /** The client sent a section: it holds for all texts. */
  sent(section: unknown): void {
    this.#asked++;
    this.#use(readSettings(section), new Map());
  }

  /** Asks the client anew. */
  async fetch(): Promise<void> {
    const asked = ++this.#asked;
    const folders = this.#folders;
    try {
      const { all, byFolder } = await this.#deps.ask(folders);
      if (asked !== this.#asked) return;
      const read = (section: unknown, otherwise: Settings): Settings =>
        section === null || section === undefined ? otherwise : readSettings(section);
      const general = read(all, this.#given);
      this.#use(general, new Map(folders.map((folder, at) => [folder, read(byFolder[at], general)])));
    } catch (error) {
      this.#deps.failed('settings', error);
    }
  }

  /** Somebody watches a cluster of this version; null when nobody does any more. */
  watch(clusterVersion: string | null): void {
    if (clusterVersion === this.#clusterVersion) return;
    const before = this.#said();
    this.#clusterVersion = clusterVersion;
    this.#held = new WeakMap();
    if (this.#said() !== before) this.#deps.changed();
  }

  #use(all: Settings, byFolder: ReadonlyMap<string, Settings>): void {
    const before = this.#said();
    const same = new Map([...this.#byFolder.values(), this.#all].map((one) => [JSON.stringify(one), one]));
    const known = (settings: Settings): Settings => {
      const key = JSON.stringify(settings);
      const one = same.get(key) ?? settings;
      same.set(key, one);
      return one;
    };
    this.#all = known(all);
    this.#byFolder = new Map([...byFolder].map(([folder, settings]) => [folder, known(settings)]));
    if (this.#said() !== before) this.#deps.changed();
  }

  #said(): string {
    return JSON.stringify([this.all, ...[...this.#byFolder].map(([folder, one]) => [folder, this.#forCluster(one)])]);
  }

  #forCluster(chosen: Settings): Settings {
    const held = this.#held.get(chosen) ?? withCluster(chosen, this.#clusterVersion);
    this.#held.set(chosen, held);
    return held;
  }
}
