import type { Entry, ManifestNode, Span, SyntaxProblem } from '../../core/manifest/tree.ts';

/** The same tree, all its spans moved by `by` code units. Nodes that aliases share stay shared. */
export function shiftNode(node: ManifestNode, by: number): ManifestNode {
  return by === 0 ? node : shifter(by)(node);
}

export function shiftProblem(problem: SyntaxProblem, by: number): SyntaxProblem {
  return { message: problem.message, span: shiftSpan(problem.span, by) };
}

export function shiftSpan(span: Span, by: number): Span {
  return { start: span.start + by, end: span.end + by };
}

function shifter(by: number): (node: ManifestNode) => ManifestNode {
  // The lists of children are what an alias has in common with its original.
  const lists = new Map<readonly ManifestNode[] | readonly Entry[], readonly ManifestNode[] | readonly Entry[]>();
  const items = (list: readonly ManifestNode[]): readonly ManifestNode[] => {
    const known = lists.get(list) as readonly ManifestNode[] | undefined;
    if (known !== undefined) return known;
    const moved = list.map(move);
    lists.set(list, moved);
    return moved;
  };
  const entries = (list: readonly Entry[]): readonly Entry[] => {
    const known = lists.get(list) as readonly Entry[] | undefined;
    if (known !== undefined) return known;
    const moved = list.map((entry) => ({
      ...entry,
      keySpan: shiftSpan(entry.keySpan, by),
      value: move(entry.value),
    }));
    lists.set(list, moved);
    return moved;
  };
  function move(node: ManifestNode): ManifestNode {
    const place =
      node.aliasOf === undefined
        ? { span: shiftSpan(node.span, by) }
        : { span: shiftSpan(node.span, by), aliasOf: shiftSpan(node.aliasOf, by) };
    switch (node.kind) {
      case 'scalar':
        return { ...node, ...place };
      case 'mapping':
        return { ...node, ...place, entries: entries(node.entries) };
      case 'sequence':
        return { ...node, ...place, items: items(node.items) };
    }
  }
  return move;
}
