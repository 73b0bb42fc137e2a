import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-protocol';
import { featuresOf } from '../../core/kubernetes/feature-history.ts';
import { apiFieldAt, fieldDoc } from '../../core/kubernetes/field-docs.ts';
import { sayFacts } from '../../core/kubernetes/field-docs/facts.ts';
import { SHAPES } from '../../core/kubernetes/generated/shapes.ts';
import type { Shape } from '../../core/kubernetes/shape.ts';
import { NEWEST, type KubernetesVersion } from '../../core/kubernetes/versions.ts';
import type { FieldPath } from '../../core/manifest/path.ts';
import type { Span } from '../../core/manifest/tree.ts';
import type { Position, Range } from '../protocol/protocol.ts';
import type { Analysis } from './analysis.ts';
import { BLOCKS, SKELETONS, type Block } from './blocks.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import type { ApiDocs } from './hover.ts';
import { manifestAround, type Manifest } from './identity.ts';
import type { ValueChoice } from './known-values.ts';
import { escapeMarkdown, inlineCode } from './markdown.ts';
import { documentAt, offsetAt, rangeOf } from './place.ts';
import { keysAt, valuesAt } from './values.ts';

export interface CompletionOptions {
  /** What is inserted may hold tab stops. */
  readonly snippets: boolean;
  /** Fields that this version does not know are left out. */
  readonly version: KubernetesVersion;
  /** Names of objects that a field may refer to, by its place. */
  readonly named: Named;
}

/** Names of known objects that may stand at a path from a Job's or CronJob's root. */
export type Named = (manifest: Manifest, path: FieldPath) => readonly ValueChoice[];

const DEFAULTS: CompletionOptions = { snippets: true, version: NEWEST, named: () => [] };

/**
 * What may be written here: fields that are missing, the necessary ones first, blocks of several fields, or the values
 * that a field can have. Reads one document.
 */
export function completionsOf(
  analysis: Analysis,
  position: Position,
  options: CompletionOptions = DEFAULTS,
): readonly CompletionItem[] {
  const placed = documentAt(analysis, position.line);
  const { text } = placed.document;
  const offset = offsetAt(placed, position);
  const skeleton = emptyWord(text, offset);
  if (skeleton !== null)
    return SKELETONS.map((block) => blockItem(block, '', rangeOf(placed, skeleton), options.snippets));
  const cursor = cursorAt(text, offset);
  if (cursor === null) return [];
  const manifest = manifestAround(cursor.root, cursor.path);
  if (manifest === null) return [];
  const path = cursor.path.slice(manifest.pathPrefix.length);
  const shape = shapeAt(manifest, path);
  if (shape === null) return [];
  const word = rangeOf(placed, cursor.word);
  const name = rangeOf(placed, cursor.withQuotes);
  if (cursor.slot !== 'key') {
    const typed = {
      before: text.slice(cursor.value.start, cursor.word.start),
      after: text.slice(cursor.word.end, cursor.value.end),
    };
    const named = options.named(manifest, path);
    const { choices, replaces } =
      named.length > 0 ? { choices: named, replaces: 'value' } : valuesAt(manifest, path, shape, typed);
    const range = replaces === 'word' ? word : rangeOf(placed, cursor.value);
    if (choices.length > 0 || cursor.slot === 'value')
      if (choices.length > 0 || fieldsOwner(shape).ref === null)
        return choices.map((choice, at) => valueItem(choice, cursor, range, at));
  }
  if (shape.type === 'map') return keyItems(keysAt(manifest, path), cursor, name);
  const { ref, dash } = fieldsOwner(shape);
  if (ref === null) return [];
  const style = { ...options, dash };
  return [...fieldItems(ref, cursor, name, style), ...blockItems(ref, path, cursor, word, style)];
}

/** The word, maybe none, of a document that holds nothing else: at the start of its line, beside comments only. */
function emptyWord(text: string, offset: number): Span | null {
  const written = text
    .replace(/^(?:---[ \t]*)?(?:\r?\n|$)/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  if (written.length > 1 || !/^\w*$/.test(written[0] ?? '')) return null;
  const start = offset - /\w*$/.exec(text.slice(0, offset))![0].length;
  if (start > 0 && text[start - 1] !== '\n') return null;
  return { start, end: offset + /^\w*/.exec(text.slice(offset))![0].length };
}

/** The shape at a path from a Job's or CronJob's root; null where the API knows nothing. */
function shapeAt({ kind, jobName }: Manifest, path: FieldPath): Shape | null {
  const field = apiFieldAt(kind, path);
  if (field === null)
    return path.length === 0 ? { type: 'object', ref: jobName === null ? kind : 'JobTemplateSpec' } : null;
  let { shape } = field;
  for (let depth = field.depth; depth < path.length; depth++) {
    if (shape.type !== 'list' && shape.type !== 'map') return null;
    shape = shape.of;
  }
  return shape;
}

/** The object whose fields may be typed: of a list, those of its items, behind a dash. */
function fieldsOwner(shape: Shape): { readonly ref: string | null; readonly dash: boolean } {
  if (shape.type === 'object') return { ref: shape.ref, dash: false };
  if (shape.type === 'list' && shape.of.type === 'object') return { ref: shape.of.ref, dash: true };
  return { ref: null, dash: false };
}

/** Fields that the published schema leaves optional and a Job cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  Job: ['apiVersion', 'kind', 'metadata', 'spec'],
  CronJob: ['apiVersion', 'kind', 'metadata', 'spec'],
  ObjectMeta: ['name'],
  PodTemplateSpec: ['spec'],
  JobTemplateSpec: ['spec'],
  PodSpec: ['restartPolicy'],
  Container: ['image'],
};

interface Style extends CompletionOptions {
  /** The list item's dash is still to be written. */
  readonly dash: boolean;
}

/** What `completionItem/resolve` gets back: the field to tell more of. */
export interface FieldData {
  readonly object: string;
  readonly field: string;
}

function fieldItems(ref: string, cursor: Cursor, range: Range, style: Style): readonly CompletionItem[] {
  const owner = SHAPES[ref];
  if (owner === undefined) return [];
  const needed = new Set([...owner.required, ...(NEEDED[ref] ?? [])]);
  const items: CompletionItem[] = [];
  for (const [name, shape] of Object.entries(owner.fields)) {
    const doc = fieldDoc(ref, name);
    if (cursor.present.has(name) || doc?.written === true || isUnknown(ref, name, style.version)) continue;
    const data: FieldData = { object: ref, field: name };
    const facts = [describe(shape)];
    if (needed.has(name)) facts.push('required');
    if (doc?.default !== undefined) facts.push(`default ${doc.default.replaceAll('`', '')}`);
    items.push({
      label: name,
      kind: CompletionItemKind.Field,
      detail: facts.join(', '),
      ...(doc === null ? {} : { documentation: { kind: MarkupKind.Markdown, value: doc.summary } }),
      sortText: `${needed.has(name) ? 0 : 1}${name}`,
      filterText: cursor.quoted ? asKey(name, cursor) : name,
      insertTextFormat: style.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: fieldText(name, shape, cursor, style) },
      data,
    });
  }
  return items;
}

/** The version that is chosen has no such field yet. */
function isUnknown(object: string, field: string, { minor }: KubernetesVersion): boolean {
  return featuresOf(object, field).some(
    ({ since, when, within }) => minor < since && when === undefined && within === undefined,
  );
}

/** An item with all that is known of its field: asked for when a person looks at it. */
export function resolved(item: CompletionItem, apiDocs: ApiDocs): CompletionItem {
  const data = item.data as Partial<FieldData> | undefined;
  if (typeof data?.object !== 'string' || typeof data.field !== 'string') return item;
  const doc = fieldDoc(data.object, data.field);
  const facts = doc === null ? '' : sayFacts(doc);
  const values = Object.entries(doc?.values ?? {}).map(([name, meaning]) => `- ${inlineCode(name)}: ${meaning}`);
  const told = [doc?.summary, values.join('\n'), doc?.detail, facts === '' ? '' : `_${facts}_`];
  const shown = told.filter((part) => part !== undefined && part !== '');
  const apiDoc = shown.length > 0 ? null : apiDocs(data.object, data.field);
  const value = apiDoc === null ? shown.join('\n\n') : escapeMarkdown(apiDoc.text);
  return value === '' ? item : { ...item, documentation: { kind: MarkupKind.Markdown, value } };
}

function keyItems(choices: readonly ValueChoice[], cursor: Cursor, range: Range): readonly CompletionItem[] {
  return choices
    .filter(({ value }) => !cursor.present.has(value))
    .map(({ value, meaning }, at) => ({
      label: value,
      kind: CompletionItemKind.Property,
      ...(meaning === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: meaning } }),
      sortText: String(at).padStart(3, '0'),
      filterText: cursor.quoted ? asKey(value, cursor) : value,
      textEdit: { range, newText: `${asKey(value, cursor)}${cursor.colon ? '' : ': '}` },
    }));
}

function blockItems(
  ref: string,
  path: FieldPath,
  cursor: Cursor,
  range: Range,
  style: Style,
): readonly CompletionItem[] {
  if (cursor.flow || cursor.colon) return [];
  const fresh = style.dash || cursor.slot === 'item';
  return BLOCKS.filter(({ of, as, within, lines }) => {
    if (of !== ref || (within !== undefined && !path.includes(within))) return false;
    if (as === 'item') return fresh;
    return !style.dash && lines.every((line) => !cursor.present.has(/^\w*(?=:)/.exec(line)?.[0] ?? ''));
  }).map((block) => {
    const indent = ' '.repeat(cursor.column + (style.dash ? 2 : 0));
    return blockItem(block, indent, range, style.snippets, style.dash ? '- ' : '');
  });
}

function blockItem(
  { label, meaning, lines }: Pick<Block, 'label' | 'meaning' | 'lines'>,
  indent: string,
  range: Range,
  snippets: boolean,
  dash = '',
): CompletionItem {
  const body = dash + lines.join(`\n${indent}`);
  return {
    label,
    kind: CompletionItemKind.Snippet,
    documentation: {
      kind: MarkupKind.Markdown,
      value: `${meaning}\n\n\`\`\`yaml\n${withoutStops(lines.join('\n'))}\n\`\`\``,
    },
    sortText: `2${label}`,
    filterText: label,
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.asIs,
    textEdit: { range, newText: snippets ? body : withoutStops(body) },
  };
}

/** A snippet's text as it is before somebody types: `${1:name}` is `name`. */
function withoutStops(text: string): string {
  return text.replace(/\$\{\d+:([^}]*)\}/g, '$1');
}

/** A name as it is to be written, in the place of what is typed with its quotes. */
function asKey(name: string, { json, quoted }: Cursor): string {
  return json || quoted ? JSON.stringify(name) : name;
}

/** A field with what usually follows its colon, indented for the place. */
function fieldText(name: string, shape: Shape, cursor: Cursor, { snippets, dash }: Style): string {
  const key = asKey(name, cursor);
  const start = dash ? `- ${key}` : key;
  if (cursor.colon) return start;
  if (cursor.flow) return `${start}: `;
  const deeper = `\n${' '.repeat(cursor.column + (dash ? 4 : 2))}`;
  if (shape.type === 'object' || shape.type === 'map') return `${start}:${deeper}`;
  if (shape.type === 'list') return `${start}:${deeper}- `;
  const choices = shape.type === 'boolean' ? ['true', 'false'] : shape.type === 'string' ? (shape.enum ?? []) : [];
  return snippets && choices.length > 0 ? `${start}: \${1|${choices.join(',')}|}` : `${start}: `;
}

function valueItem({ value, meaning, quote }: ValueChoice, cursor: Cursor, range: Range, at: number): CompletionItem {
  return {
    label: value,
    kind: CompletionItemKind.EnumMember,
    ...(meaning === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: meaning } }),
    sortText: String(at).padStart(3, '0'),
    filterText: value,
    textEdit: {
      range,
      newText:
        cursor.quoted || !(quote === true || (cursor.json && !WITHOUT_QUOTES.test(value))) ? value : `"${value}"`,
    },
  };
}

/** In JSON everything else is a text. */
const WITHOUT_QUOTES = /^(?:true|false|-?\d+)$/;

const TYPE_NAMES: Readonly<Record<Exclude<Shape['type'], 'list' | 'map' | 'object'>, string>> = {
  string: 'string',
  int32: 'integer',
  int64: 'integer',
  number: 'number',
  boolean: 'boolean',
  bytes: 'base64 text',
  time: 'time',
  quantity: 'quantity',
  intOrString: 'integer or string',
  raw: 'object',
};

function describe(shape: Shape): string {
  if (shape.type === 'list') return `list of ${describe(shape.of)}`;
  if (shape.type === 'map') return `map of ${describe(shape.of)}`;
  return shape.type === 'object' ? shape.ref : TYPE_NAMES[shape.type];
}
