import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
} from 'vscode-languageserver-protocol';
import { apiFieldAt, fieldDoc, type FieldDoc } from '../../core/kubernetes/field-docs.ts';
import { SHAPES } from '../../core/kubernetes/generated/shapes.ts';
import type { Shape } from '../../core/kubernetes/shape.ts';
import type { FieldPath } from '../../core/manifest/path.ts';
import type { Position, Range } from '../protocol/protocol.ts';
import type { BatchKind } from '../../core/validation/identity.ts';
import type { Analysis } from './analysis.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import { documentAt, offsetAt, rangeOf } from './place.ts';
import { valuesAt, type ValueChoice } from './values.ts';
import { manifestAround } from './identity.ts';

/** What may be written here: fields that are missing, the necessary ones first, or the values a field can have. */
export function completionsOf(analysis: Analysis, position: Position, snippets = true): readonly CompletionItem[] {
  const placed = documentAt(analysis, position.line);
  const cursor = cursorAt(placed.document.text, offsetAt(placed, position));
  if (cursor === null) return [];
  const manifest = manifestAround(cursor.root, cursor.path);
  if (manifest === null) return [];
  const path = cursor.path.slice(manifest.pathPrefix.length);
  const range = rangeOf(placed, cursor.word);
  const shape = shapeAt(manifest.kind, path);

  if (shape === null) return [];
  const choices = cursor.slot === 'key' ? [] : valuesAt(manifest, path, shape);
  if (choices.length > 0 || cursor.slot === 'value') return choices.map((choice) => valueItem(choice, cursor, range));
  const { ref, dash } = fieldsOwner(shape);
  return ref === null ? [] : fieldItems(ref, cursor, range, { snippets, dash });
}

/** The shape at a path from a Job's or CronJob's root; null where the API knows nothing. */
function shapeAt(kind: BatchKind, path: FieldPath): Shape | null {
  const field = apiFieldAt(kind, path);
  if (field === null) return path.length === 0 ? { type: 'object', ref: kind } : null;
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

interface Style {
  readonly snippets: boolean;
  /** The list item's dash is still to be written. */
  readonly dash: boolean;
}

function fieldItems(ref: string, cursor: Cursor, range: Range, style: Style): readonly CompletionItem[] {
  const owner = SHAPES[ref];
  if (owner === undefined) return [];
  const needed = new Set([...owner.required, ...(NEEDED[ref] ?? [])]);
  const items: CompletionItem[] = [];
  for (const [name, shape] of Object.entries(owner.fields)) {
    const doc = fieldDoc(ref, name);
    if (cursor.present.has(name) || doc?.written === true) continue;
    items.push({
      label: name,
      kind: CompletionItemKind.Field,
      detail: `${describe(shape)}${needed.has(name) ? ', required' : ''}`,
      ...documentationOf(doc),
      sortText: `${needed.has(name) ? 0 : 1}${name}`,
      filterText: name,
      insertTextFormat: style.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      insertTextMode: InsertTextMode.asIs,
      textEdit: { range, newText: fieldText(name, shape, cursor, style) },
    });
  }
  return items;
}

/** A field with what usually follows its colon, indented for the place. */
function fieldText(name: string, shape: Shape, cursor: Cursor, { snippets, dash }: Style): string {
  const start = dash ? `- ${name}` : name;
  if (cursor.colon) return start;
  if (cursor.flow) return `${start}: `;
  const deeper = `\n${' '.repeat(cursor.column + (dash ? 4 : 2))}`;
  if (shape.type === 'object' || shape.type === 'map') return `${start}:${deeper}`;
  if (shape.type === 'list') return `${start}:${deeper}- `;
  const choices = shape.type === 'boolean' ? ['true', 'false'] : shape.type === 'string' ? (shape.enum ?? []) : [];
  return snippets && choices.length > 0 ? `${start}: \${1|${choices.join(',')}|}` : `${start}: `;
}

function valueItem({ value, meaning, quote }: ValueChoice, cursor: Cursor, range: Range): CompletionItem {
  return {
    label: value,
    kind: CompletionItemKind.EnumMember,
    ...(meaning === undefined ? {} : { documentation: { kind: MarkupKind.Markdown, value: meaning } }),
    filterText: value,
    textEdit: { range, newText: quote === true && !cursor.quoted ? `"${value}"` : value },
  };
}

function documentationOf(doc: FieldDoc | null): Pick<CompletionItem, 'documentation'> {
  if (doc === null) return {};
  const lines = [doc.summary, doc.detail, doc.default === undefined ? undefined : `Default: ${doc.default}.`];
  return {
    documentation: { kind: MarkupKind.Markdown, value: lines.filter((line) => line !== undefined).join('\n\n') },
  };
}

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
