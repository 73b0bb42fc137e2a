import type { ClusterObject } from './features/cluster-objects.ts';
import { keysNear } from './features/known-keys.ts';
import type { Settings } from './features/settings.ts';

interface Held {
  readonly chosen: Settings;
  readonly objects: readonly ClusterObject[];
  readonly held: Settings;
}

/** What the open texts know of ConfigMaps and Secrets that files of the workspace define. */
export class NearKeys {
  readonly #objects: () => readonly ClusterObject[];
  readonly #texts = new Map<string, Held>();

  /** @param objects those that are known by now: the same array while they are the same */
  constructor(objects: () => readonly ClusterObject[]) {
    this.#objects = objects;
  }

  /** The settings, the same object each time, with what is known near this text. */
  settingsFor(uri: string, settings: Settings): Settings {
    const objects = this.#objects();
    if (objects.length === 0) return settings;
    const known = this.#texts.get(uri);
    if (known?.chosen === settings && known.objects === objects) return known.held;
    const held = { ...settings, keys: keysNear(uri, objects) };
    this.#texts.set(uri, { chosen: settings, objects, held });
    return held;
  }

  closed(uri: string): void {
    this.#texts.delete(uri);
  }
}
