import { pathOf, type ReadFile } from './features/file-paths.ts';
import { configFinder, withConfig, type FoundConfig, type ProjectConfig } from './features/project-config.ts';
import type { Settings } from './features/settings.ts';

/** The projects' own configurations, as far as the open texts have any. */
export class ConfigFiles {
  readonly #read: ReadFile;
  readonly #complain: (sentence: string) => void;
  readonly #told = new Set<string>();
  #find: (path: string) => FoundConfig;
  /** By what a person chose and what the project wants: the same settings are the same object. */
  #layered = new WeakMap<Settings, WeakMap<ProjectConfig, Settings>>();

  /** @param complain hears once of each configuration that cannot be used */
  constructor(read: ReadFile, complain: (sentence: string) => void) {
    this.#read = read;
    this.#complain = complain;
    this.#find = configFinder(read);
  }

  /** A configuration was written, edited or taken away: all are read again when they are next needed. */
  changed(): void {
    this.#find = configFinder(this.#read);
    this.#layered = new WeakMap();
  }

  /** The settings with what the configuration nearest above this text wants. */
  settingsFor(uri: string, settings: Settings): Settings {
    const path = pathOf(uri);
    const { file, config, problem } = path === null ? NOWHERE : this.#find(path);
    if (problem !== null) this.#tell(`${file ?? ''} ${problem}. Nothing of it counts.`);
    if (file === null || problem !== null) return settings;
    const byConfig = this.#layered.get(settings) ?? new WeakMap<ProjectConfig, Settings>();
    this.#layered.set(settings, byConfig);
    const layered = byConfig.get(config) ?? withConfig(settings, config);
    byConfig.set(config, layered);
    return layered;
  }

  #tell(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#complain(sentence);
  }
}

const NOWHERE = { file: null, config: { severity: {}, ignore: [] }, problem: null } satisfies FoundConfig;
