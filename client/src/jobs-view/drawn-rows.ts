import type { JobNode } from './job-node.ts';

/** A row that was drawn, as it was. */
interface Drawn {
  /** Its children when they were last asked for; null while it is collapsed. */
  children: readonly JobNode[] | null;
  /** What it showed; empty before it was drawn. */
  row: string;
  /** So many children are shown at most. */
  limit: number;
}

/** Which rows of the tree are drawn and how, which are open, and which of those can be seen. */
export class DrawnRows {
  /** Rows that are open, whether they can be seen or not. */
  readonly open = new Set<JobNode>();
  readonly #drawn = new WeakMap<JobNode, Drawn>();
  readonly #parents = new WeakMap<JobNode, JobNode>();
  readonly #page: number;

  /** @param page so many children of a row are shown at first */
  constructor(page: number) {
    this.#page = page;
  }

  of(node: JobNode): Drawn {
    let drawn = this.#drawn.get(node);
    if (drawn === undefined) this.#drawn.set(node, (drawn = { children: null, row: '', limit: this.#page }));
    return drawn;
  }

  parent(node: JobNode): JobNode | undefined {
    return this.#parents.get(node);
  }

  stands(node: JobNode, parent: JobNode): void {
    this.#parents.set(node, parent);
  }

  /** True when a row is shown and open, and all rows above it are. */
  isSeen(node: JobNode): boolean {
    let above: JobNode | undefined;
    for (let at: JobNode | undefined = node; at !== undefined; at = above) {
      above = this.#parents.get(at);
      if (!this.open.has(at)) return false;
      if (above !== undefined && this.#drawn.get(above)?.children?.includes(at) !== true) return false;
    }
    return true;
  }

  isBelow(node: JobNode, others: ReadonlySet<JobNode>): boolean {
    for (let at = this.#parents.get(node); at !== undefined; at = this.#parents.get(at))
      if (others.has(at)) return true;
    return false;
  }

  /** @param row what it shows now */
  isChanged(node: JobNode, row: () => string): boolean {
    const before = this.#drawn.get(node)?.row ?? '';
    return before !== '' && before !== row();
  }
}
