import type { ManifestDocument, ManifestNode } from '../../core/manifest/tree.ts';

/** How a text is written, so that what is added to it looks the same. */
export interface TextStyle {
  readonly lineEnd: '\n' | '\r\n';
  /** Spaces that a mapping inside a mapping is indented by. */
  readonly step: number;
  /** Spaces that a list is indented by under its key: often none. */
  readonly listStep: number;
}

export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Offset of the end of the line that holds `offset`, in front of its line end. */
export function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at === -1) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Offset of the first character of the next line, or of the text's end. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

/** Reads the style off a document: from its first nested mapping and its first list. */
export function styleOf(text: string, document: ManifestDocument): TextStyle {
  const lineBreak = text.indexOf('\n');
  const lineEnd = lineBreak > 0 && text[lineBreak - 1] === '\r' ? '\r\n' : '\n';
  let step: number | undefined;
  let listStep: number | undefined;
  const pending: ManifestNode[] = document.root === null ? [] : [document.root];
  for (let node = pending.shift(); node !== undefined; node = pending.shift()) {
    if (step !== undefined && listStep !== undefined) break;
    if (node.kind === 'sequence') pending.push(...node.items);
    if (node.kind !== 'mapping') continue;
    for (const { keySpan, value, merged } of node.entries) {
      if (value.kind === 'scalar' || value.flow === true || value.aliasOf !== undefined || merged === true) continue;
      const deeper = columnOf(text, value.span.start) - columnOf(text, keySpan.start);
      if (value.kind === 'mapping' && deeper > 0) step ??= deeper;
      if (value.kind === 'sequence' && deeper >= 0) listStep ??= deeper;
      pending.push(value);
    }
  }
  return { lineEnd, step: step ?? 2, listStep: listStep ?? step ?? 2 };
}
