import type { Connection } from '../cluster/cluster.ts';
import type { Cluster } from './load-cluster.ts';

/** The connections that are open, for the version that manifests are checked for: that of the cluster attached last. */
export class AttachedClusters {
  readonly #versions = new Map<Connection, string>();
  readonly #tell: (version: string | null) => void;

  /** @param tell hears the version of the cluster attached last, as it says it itself; null when none is left */
  constructor(tell: (version: string | null) => void) {
    this.#tell = tell;
  }

  /** Asks the cluster for its version. Gives back what to call when the connection is let go. */
  attach({ serverVersion }: Pick<Cluster, 'serverVersion'>, connection: Connection): () => void {
    const stop = new AbortController();
    void serverVersion(connection, stop.signal).then((version) => {
      if (version === null || stop.signal.aborted) return;
      this.#versions.set(connection, version);
      this.#tell(version);
    });
    return () => {
      stop.abort();
      if (this.#versions.delete(connection)) this.#tell([...this.#versions.values()].at(-1) ?? null);
    };
  }
}
