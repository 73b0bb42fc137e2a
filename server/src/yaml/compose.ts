import type { CST } from 'yaml';
import type { Entry, ManifestNode, Span } from '../../core/manifest/tree.ts';
import { Aliases, markRepeats, mergedEntries } from './aliases.ts';
import { checkAnchorName, checkImplicitKey, checkKeyLine, checkProperty } from './checks.ts';
import { flowItems, flowSpan } from './flow-items.ts';
import { keyName } from './plain.ts';
import { glimpse, type Problems } from './problems.ts';
import { readEnd, readProperties, type Properties } from './properties.ts';
import { isOpenQuote, lineEnd, type Derailment } from './repair.ts';
import { emptyScalar, readScalar } from './scalar.ts';
import { afterIndicator, extent, lastLineOf, valueProperties } from './token-places.ts';

/** Makes one document's tree out of its syntax tree. Offsets stay those of the text that was parsed. */
export class TreeBuilder {
  readonly #text: string;
  readonly #problems: Problems;
  readonly #cut: boolean;
  readonly #aliases = new Aliases();
  /** How many brackets are open. */
  #flowDepth = 0;
  /** Aliases were refused for their number: what they stand for is missing. */
  truncated = false;
  /** The first place behind which the parser misunderstood the text. */
  derailed: Derailment | null = null;

  /** `text` is what the tokens were made of; `cut` when they were not read to its end. */
  constructor(text: string, cut: boolean, problems: Problems) {
    this.#text = text;
    this.#cut = cut;
    this.#problems = problems;
  }

  /** Reads the first document of the tokens, and names what the parser could place nowhere. */
  read(tokens: readonly CST.Token[]): ManifestNode | null {
    const document = tokens.find((token) => token.type === 'document');
    const root = document === undefined ? null : this.#document(document);
    for (const token of tokens) {
      if (token.type !== 'error') continue;
      if (this.#problems.full && this.derailed !== null) break;
      const message = token.source.trim() === '' ? token.message : `unexpected ${glimpse(token.source)}`;
      this.#derail(message, token.offset, lineEnd(this.#text, token.offset), token.offset);
    }
    return root;
  }

  #derail(
    message: string,
    start: number,
    end: number,
    blankStart: number,
    blankEnd = lineEnd(this.#text, blankStart),
  ): void {
    this.#problems.add(message, start, end);
    this.derailed ??= { message, start, end, blankStart, blankEnd };
  }

  #document(token: CST.Document): ManifestNode | null {
    const properties = readProperties(token.start, 'doc-start', token.offset, false, true, this.#problems);
    readEnd(token.end, this.#problems, true);
    if (token.value === undefined) {
      if (properties.anchor === null && properties.tag === null) return null;
      return emptyScalar(properties.end, properties.tag);
    }
    if (
      properties.found !== null &&
      !properties.hasNewline &&
      (token.value.type === 'block-map' || token.value.type === 'block-seq')
    )
      this.#problems.add('a block mapping or list cannot begin on the line of ---', ...extent(token.value));
    return this.#node(token.value, properties);
  }

  #node(token: CST.Token | null | undefined, properties: Properties): ManifestNode {
    checkProperty(properties.anchor, this.#text, this.#problems);
    checkProperty(properties.tag, this.#text, this.#problems);
    const anchor = properties.anchor?.source.slice(1);
    if (anchor !== undefined) this.#aliases.open(anchor);
    const node = this.#bareNode(token, properties);
    if (anchor !== undefined) this.#aliases.close(anchor, node);
    return node;
  }

  #bareNode(token: CST.Token | null | undefined, properties: Properties): ManifestNode {
    if (token === null || token === undefined) return this.#counted(emptyScalar(properties.end, properties.tag));
    switch (token.type) {
      case 'alias':
        if (properties.anchor !== null || properties.tag !== null)
          this.#problems.add('an alias has no anchor and no tag of its own', ...extent(token));
        return this.#alias(token);
      case 'scalar': {
        // The server's reader takes a `?` inside brackets for an indicator wherever it stands.
        const mark = this.#flowDepth > 0 ? token.source.indexOf('?') : -1;
        if (mark !== -1) this.#problems.add('unexpected ?: quote this value', ...extent(token));
        return this.#counted(readScalar(token, properties.tag, this.#problems));
      }
      case 'block-scalar':
        return this.#counted(readScalar(token, properties.tag, this.#problems));
      case 'single-quoted-scalar':
      case 'double-quoted-scalar':
        if (isOpenQuote(token.source)) this.#openQuote(token);
        return this.#counted(readScalar(token, properties.tag, this.#problems));
      case 'block-map':
        return this.#blockMapping(token);
      case 'block-seq':
        return this.#blockSequence(token);
      case 'flow-collection':
        return token.start.type === 'flow-map-start' ? this.#flowMapping(token) : this.#flowSequence(token);
      case 'error':
        this.#derail(
          `unexpected ${glimpse(token.source)}`,
          token.offset,
          token.offset + token.source.length,
          token.offset,
        );
        return this.#counted(emptyScalar(token.offset, null));
      default:
        this.#problems.add('unexpected text', ...extent(token));
        return this.#counted(emptyScalar(token.offset, null));
    }
  }

  /** An open quote swallows all lines behind it. */
  #openQuote({ offset, source }: CST.FlowScalar): void {
    const quote = source.charAt(0);
    const message = `a ${quote === '"' ? 'double' : 'single'} quote is not closed: missing ${quote}`;
    this.#derail(message, offset, lineEnd(this.#text, offset), offset);
  }

  /** A second `:` on the line of a key, or a key that is indented under a value: everything behind it went astray. */
  #strayColon(inner: CST.BlockMap): void {
    const message = 'mapping values are not allowed in this context';
    const { key, sep } = inner.items[0]!;
    const colon = sep?.find((token) => token.type === 'map-value-ind');
    const broken = key?.type === 'scalar' ? key.source.lastIndexOf('\n') : -1;
    if (key?.type === 'scalar' && broken !== -1) {
      const line = key.offset + broken + 1;
      const start = line + /^[ \t]*/.exec(key.source.slice(broken + 1))![0].length;
      this.#derail(message, start, lineEnd(this.#text, start), line);
    } else if (colon !== undefined)
      this.#derail(message, inner.offset, lineEnd(this.#text, inner.offset), colon.offset, colon.offset + 1);
    else this.#problems.add('mapping keys are not allowed in this context', ...extent(inner));
  }

  #counted<T extends ManifestNode>(node: T): T {
    this.#aliases.count();
    return node;
  }

  #alias(token: CST.FlowScalar): ManifestNode {
    readEnd(token.end, this.#problems);
    const [start, end] = extent(token);
    const span = { start, end };
    checkAnchorName(token, this.#problems);
    const name = token.source.slice(1);
    const original = this.#aliases.find(name);
    let message: string;
    if (original === undefined) message = `unknown anchor '${name}' referenced`;
    else if (original === 'open') message = `anchor '${name}' value contains itself`;
    else if (this.#aliases.allow(original)) return this.#aliases.aliasTo(original, span);
    else {
      message = EXCESSIVE_ALIASING;
      this.#refuseAliases(span);
      return { kind: 'scalar', span, value: null, source: token.source, style: 'plain', unreadable: message };
    }
    this.#problems.add(message, start, end);
    return { kind: 'scalar', span, value: null, source: token.source, style: 'plain', unreadable: message };
  }

  /** Said once: the rest of the copies is missing as well. */
  #refuseAliases({ start, end }: Span): void {
    if (!this.truncated) this.#problems.add(EXCESSIVE_ALIASING, start, end);
    this.truncated = true;
  }

  #blockMapping(token: CST.BlockMap): ManifestNode {
    const entries: Entry[] = [];
    let offset = token.offset;
    let end = token.offset;
    let first: number | null = null;
    for (const item of token.items) {
      const before = readProperties(item.start, 'explicit-key-ind', offset, false, true, this.#problems);
      offset = before.end;
      const mark = before.found;
      const explicit = mark !== null;
      if (!explicit && before.anchor === null && before.tag === null && item.sep === undefined) continue;
      if (mark === null) checkImplicitKey(item.key, token.indent, this.#problems);
      else if (mark.indent !== token.indent)
        this.#problems.add('keys of one mapping must begin in the same column', mark.offset, mark.offset + 1);
      const keyToken = explicit ? item.key : lastLineOf(item.key, this.#problems);
      const key = this.#node(keyToken, before);
      first ??= mark?.offset ?? key.span.start;
      const between = readProperties(item.sep, 'map-value-ind', key.span.end, false, false, this.#problems);
      offset = Math.max(offset, between.end);
      if (between.found === null && !explicit) {
        this.#problems.add("could not find expected ':'", key.span.start, key.span.end);
        // Half-typed: a name without a value says nothing yet.
        end = key.span.end;
        continue;
      }
      if (!explicit && between.found !== null && keyToken)
        checkKeyLine(keyToken, between.found, this.#text, this.#problems);
      let value: ManifestNode;
      if (!explicit && item.value?.type === 'block-map' && !between.hasNewline) {
        this.#strayColon(item.value);
        value = this.#bareNode(item.value, between);
      } else value = this.#node(item.value, valueProperties(between, key));
      end = Math.max(end, value.span.end, between.found?.offset ?? 0);
      offset = Math.max(offset, end);
      this.#addEntry(entries, key, value);
    }
    const span = { start: first ?? token.offset, end };
    return this.#counted({ kind: 'mapping', span, entries: markRepeats(entries) });
  }

  /** Adds what a key and its value mean: an entry, or those that a merge key brings in. */
  #addEntry(entries: Entry[], key: ManifestNode, value: ManifestNode): void {
    if (key.kind !== 'scalar') {
      this.#problems.add('a key must be a plain value, not a mapping or list', key.span.start, key.span.end);
      return;
    }
    const isMerge = key.source === '<<' && (key.tag === '!!merge' || (key.tag === undefined && key.style === 'plain'));
    if (isMerge) {
      const merged = mergedEntries(value);
      if (merged === null)
        this.#problems.add('map merge requires map or sequence of maps as the value', key.span.start, key.span.end);
      else if (this.#aliases.allow(value)) for (const entry of merged) entries.push(entry);
      else this.#refuseAliases(value.span);
      return;
    }
    const name = keyName(key.value);
    if (name === null || key.unreadable !== undefined) {
      this.#problems.add(key.unreadable ?? 'a key must not be empty or null', key.span.start, key.span.end);
      return;
    }
    entries.push({ key: name, keySpan: key.span, value });
  }

  #blockSequence(token: CST.BlockSequence): ManifestNode {
    const items: ManifestNode[] = [];
    let offset = token.offset;
    let end = token.offset;
    let first: number | null = null;
    for (const item of token.items) {
      const before = readProperties(item.start, 'seq-item-ind', offset, false, true, this.#problems);
      offset = before.end;
      if (before.found === null) {
        if (before.anchor === null && before.tag === null && item.value === undefined) continue;
        const [start, stop] = item.value === undefined ? [before.end, before.end] : extent(item.value);
        this.#problems.add("did not find expected '-' indicator", start, stop);
        if (item.value === undefined) continue;
        // What is no item may still be understood, but belongs nowhere.
        end = Math.max(end, this.#node(item.value, before).span.end);
        continue;
      }
      first ??= before.found.offset;
      const found = before.found;
      const node = this.#node(
        item.value,
        item.value === undefined ? { ...before, end: afterIndicator(found, before) } : before,
      );
      end = Math.max(end, node.span.end, found.offset + 1);
      offset = Math.max(offset, end);
      items.push(node);
    }
    return this.#counted({ kind: 'sequence', span: { start: first ?? token.offset, end }, items });
  }

  #flowMapping(token: CST.FlowCollection): ManifestNode {
    const entries: Entry[] = [];
    this.#flowDepth += 1;
    for (const { item, before } of flowItems(token, this.#problems)) {
      const key = this.#node(item.key, before);
      this.#addEntry(entries, key, this.#flowValue(item, key, before.found !== null));
    }
    this.#flowDepth -= 1;
    return this.#counted({
      kind: 'mapping',
      span: flowSpan(token, this.#cut, this.#problems),
      entries: markRepeats(entries),
      flow: true,
    });
  }

  #flowSequence(token: CST.FlowCollection): ManifestNode {
    const items: ManifestNode[] = [];
    this.#flowDepth += 1;
    for (const { item, before } of flowItems(token, this.#problems)) {
      if (item.sep === undefined && before.found === null) {
        items.push(this.#node(item.value ?? item.key, before));
        continue;
      }
      // `[a: b]` is a list of one small mapping.
      const entries: Entry[] = [];
      const key = this.#node(item.key, before);
      const value = this.#flowValue(item, key, before.found !== null);
      this.#addEntry(entries, key, value);
      const span = { start: before.found?.offset ?? key.span.start, end: Math.max(key.span.end, value.span.end) };
      items.push(this.#counted({ kind: 'mapping', span, entries, flow: true }));
    }
    this.#flowDepth -= 1;
    return this.#counted({ kind: 'sequence', span: flowSpan(token, this.#cut, this.#problems), items, flow: true });
  }

  #flowValue(item: CST.CollectionItem, key: ManifestNode, explicit: boolean): ManifestNode {
    const between = readProperties(item.sep, 'map-value-ind', key.span.end, true, false, this.#problems);
    if (
      item.key?.type === 'scalar' &&
      between.found !== null &&
      /[[{]/.test(this.#text.charAt(between.found.offset + 1))
    )
      this.#problems.add('a space is missing behind the :', between.found.offset, between.found.offset + 1);
    if (between.found !== null && item.key && !explicit)
      checkKeyLine(item.key, between.found, this.#text, this.#problems);
    if (item.value !== undefined && between.found === null)
      this.#problems.add("could not find expected ':'", key.span.start, key.span.end);
    return this.#node(item.value, valueProperties(between, key));
  }
}

const EXCESSIVE_ALIASING = 'document contains excessive aliasing';
