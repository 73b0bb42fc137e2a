import type { Entry, ManifestNode, MappingNode, Span } from '../../core/manifest/tree.ts';

/**
 * The anchors of one document, and how much its aliases make of it. An alias shares its original's children, so
 * reading is linear; but whoever walks the tree walks them again each time, so their number is counted as the API
 * server's YAML reader counts it, and too much of it is refused.
 */
export class Aliases {
  readonly #anchors = new Map<string, ManifestNode | 'open'>();
  readonly #weights = new Map<ManifestNode, number>();
  #visited = 0;
  #copied = 0;

  /** The anchor's node is about to be read: an alias to it from inside would contain itself. */
  open(name: string): void {
    this.#anchors.set(name, 'open');
  }

  close(name: string, node: ManifestNode): void {
    this.#anchors.set(name, node);
  }

  find(name: string): ManifestNode | 'open' | undefined {
    return this.#anchors.get(name);
  }

  /** One more node was read. */
  count(): void {
    this.#visited += 1;
  }

  /** How many nodes a walk through this one meets, itself included. */
  #weightOf(node: ManifestNode): number {
    if (node.kind === 'scalar') return 1;
    const known = this.#weights.get(node);
    if (known !== undefined) return known;
    let weight = 1;
    if (node.kind === 'sequence') for (const item of node.items) weight += this.#weightOf(item);
    else for (const entry of node.entries) weight += 1 + this.#weightOf(entry.value);
    this.#weights.set(node, weight);
    return weight;
  }

  /** Counts one more walk through a node; false when that is more than a document of this size may ask for. */
  allow(node: ManifestNode): boolean {
    const weight = this.#weightOf(node);
    const copied = this.#copied + weight;
    const visited = this.#visited + weight;
    if (copied > 100 && visited > 1000 && copied / visited > allowedShare(visited)) return false;
    this.#copied = copied;
    this.#visited = visited;
    return true;
  }

  /** The node that stands for an alias: the original with the place of the alias. */
  aliasTo(node: ManifestNode, span: Span): ManifestNode {
    const alias = { ...node, span, aliasOf: node.aliasOf ?? node.span };
    if (node.kind !== 'scalar') this.#weights.set(alias, this.#weightOf(node));
    return alias;
  }
}

/** Small documents may consist of copies to 99%, large ones less, down to 10% (go-yaml's figures). */
function allowedShare(visited: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (visited <= low) return 0.99;
  if (visited >= high) return 0.1;
  return 0.99 - (0.89 * (visited - low)) / (high - low);
}

/**
 * The entries that a merge key (`<<`) brings in: those of one mapping, or of several, of which the first has the last
 * word. Null when the value is no mapping and no list of them.
 */
export function mergedEntries(value: ManifestNode): readonly Entry[] | null {
  const sources: MappingNode[] = [];
  if (value.kind === 'mapping') sources.push(value);
  else if (value.kind === 'sequence') {
    for (const item of value.items) {
      if (item.kind !== 'mapping') return null;
      sources.unshift(item);
    }
  } else return null;
  const entries: Entry[] = [];
  for (const source of sources) for (const entry of source.entries) entries.push({ ...entry, merged: true });
  return entries;
}

/**
 * Marks repeated keys, in source order and in linear time: the last one counts (`shadowed` on those before it), and
 * each repeat is one the server's strict reading names (`duplicate`).
 */
export function markRepeats(entries: readonly Entry[]): readonly Entry[] {
  const last = new Map<string, number>();
  let marked: Entry[] | null = null;
  for (const [at, entry] of entries.entries()) {
    const before = last.get(entry.key);
    last.set(entry.key, at);
    if (before === undefined) {
      if (entry.duplicate !== true && entry.shadowed !== true) continue;
      // A mark from the mapping that it was merged from.
      marked ??= [...entries];
      marked[at] = plainEntry(entry, {});
      continue;
    }
    marked ??= [...entries];
    marked[before] = { ...marked[before]!, shadowed: true };
    marked[at] = plainEntry(entry, { duplicate: true });
  }
  return marked ?? entries;
}

function plainEntry(entry: Entry, marks: { duplicate?: true }): Entry {
  const { key, keySpan, value } = entry;
  return entry.merged === true ? { key, keySpan, value, merged: true, ...marks } : { key, keySpan, value, ...marks };
}
