import { SHAPES } from '../kubernetes/generated/shapes.ts';
import type { CronJob, Job, JobTemplateSpec } from '../kubernetes/generated/types.ts';
import type { ObjectShape, Shape } from '../kubernetes/shape.ts';
import type { Fix } from '../manifest/edit.ts';
import type { FieldPath, PathSegment } from '../manifest/path.ts';
import type { Entry, ManifestNode, MappingNode, Span } from '../manifest/tree.ts';
import { misspelled, misreadText, repeatedKey, type Written } from './decoding-fixes.ts';
import { cannotUnmarshal, decodeScalar, jsonKind, typeName } from './decoding-values.ts';
import type { Finding } from './finding.ts';

/** The objects that have a decoder. */
export interface Decodable {
  readonly Job: Job;
  readonly CronJob: CronJob;
  /** Of other objects that make Jobs. */
  readonly JobTemplateSpec: JobTemplateSpec;
}

export interface Decoding<T> {
  /** What did decode: fields of a wrong type, unknown ones and nulls are absent. */
  readonly object: T;
  /** By place in the source. */
  readonly findings: Finding[];
}

/**
 * Decodes a source tree as the API server's strict decoding does: unknown fields and repeated keys are `StrictDecoding`,
 * values of a wrong type `Decoding`; the server answers both with HTTP 400. It names all of the former but only one of
 * the latter, and none of the former then: those that it would not have named are marked `unreached`.
 *
 * (sigs.k8s.io/json `UnmarshalStrict` after sigs.k8s.io/yaml `YAMLToJSONStrict`.)
 */
export function decodeObject<K extends keyof Decodable>(root: ManifestNode, shapeName: K): Decoding<Decodable[K]> {
  const decoder = new Decoder();
  const object = decoder.object(root, shapeName, []);
  decoder.repeats(root);
  return { object, findings: decoder.findings() };
}

interface Complaint {
  readonly finding: Finding;
  readonly span: Span;
  /** The server stops at this one at once, whatever it has collected. */
  readonly abrupt: boolean;
}

class Decoder {
  readonly #complaints: Complaint[] = [];
  readonly #repeats = new Set<number>();
  #unknown = 0;

  findings(): Finding[] {
    const wrong = this.#complaints.filter(({ finding }) => finding.type === 'Decoding');
    const reached = wrong.find(({ abrupt }) => abrupt) ?? wrong[0];
    const marked = this.#complaints.map((complaint) =>
      reached === undefined || complaint === reached
        ? complaint
        : { ...complaint, finding: { ...complaint.finding, unreached: true } },
    );
    return marked.sort((a, b) => a.span.start - b.span.start).map(({ finding }) => finding);
  }

  object(node: ManifestNode, ref: string, path: FieldPath): Readonly<Record<string, unknown>> {
    const shape = SHAPES[ref]!;
    if (node.kind !== 'mapping') {
      if (!isNull(node)) this.#wrongType(node, path, cannotUnmarshal(jsonKind(node), ref));
      return {};
    }
    const decoded: Record<string, unknown> = {};
    for (const entry of inKeyOrder(node)) {
      const at = [...path, entry.key];
      const field = Object.hasOwn(shape.fields, entry.key) ? shape.fields[entry.key] : undefined;
      if (field === undefined) this.#unknownField(entry, at, shape, node);
      else {
        const value = this.#value(entry.value, field, at);
        if (value !== undefined) decoded[entry.key] = value;
      }
    }
    return decoded;
  }

  /** Undefined for null and for what did not decode. */
  #value(node: ManifestNode, shape: Shape, path: FieldPath): unknown {
    if (node.kind === 'scalar' && node.unreadable !== undefined) {
      this.#wrongType(node, path, node.unreadable, true);
      return undefined;
    }
    if (isNull(node)) return undefined;
    switch (shape.type) {
      case 'object': {
        const before = this.#complaints.length;
        const value = this.object(node, shape.ref, path);
        return node.kind === 'mapping' || this.#complaints.length === before ? value : undefined;
      }
      case 'list':
        if (node.kind !== 'sequence') {
          this.#wrongType(node, path, cannotUnmarshal(jsonKind(node), typeName(shape)));
          return undefined;
        }
        return node.items.map((item, index) => this.#value(item, shape.of, [...path, index]) ?? emptyItem(shape.of));
      case 'map': {
        if (node.kind !== 'mapping') {
          this.#wrongType(node, path, cannotUnmarshal(jsonKind(node), typeName(shape)));
          return undefined;
        }
        const decoded: [string, unknown][] = [];
        for (const entry of inKeyOrder(node)) {
          const value = this.#value(entry.value, shape.of, [...path, { key: entry.key }]) ?? emptyItem(shape.of);
          decoded.push([entry.key, value]);
        }
        return Object.fromEntries(decoded);
      }
      case 'raw':
        return plainData(node);
      default: {
        const result = decodeScalar(node, shape);
        if ('value' in result) return result.value;
        this.#wrongType(node, path, result.problem, result.abrupt, misreadText(node, shape, path));
        return undefined;
      }
    }
  }

  #wrongType(node: ManifestNode, path: FieldPath, message: string, abrupt = false, fixes: readonly Fix[] = []): void {
    const finding: Finding = { rule: 'api/wrong-type', type: 'Decoding', severity: 'error', path, message };
    const span = node.span.end > node.span.start ? firstLine(node) : node.span;
    this.#complaints.push({ finding: withFixes({ ...finding, span }, fixes), span, abrupt });
  }

  #unknownField(entry: Entry, path: FieldPath, shape: ObjectShape, siblings: MappingNode): void {
    const finding: Finding = {
      rule: 'api/unknown-field',
      type: 'StrictDecoding',
      severity: 'error',
      path,
      message: `unknown field "${entry.key}"`,
      span: entry.keySpan,
    };
    this.#unreadable(entry.value, [...path]);
    this.#unknown += 1;
    if (this.#unknown > MOST_STRICT) return;
    const fixes = misspelled(entry, path, shape, siblings);
    this.#complaints.push({ finding: withFixes(finding, fixes), span: entry.keySpan, abrupt: false });
  }

  /** What cannot be written as JSON stops the server wherever it stands, also in fields that it does not know. */
  #unreadable(node: ManifestNode, path: PathSegment[]): void {
    if (node.kind === 'scalar') {
      if (node.unreadable !== undefined) this.#wrongType(node, [...path], node.unreadable, true);
      return;
    }
    eachChild(node, path, (child) => {
      this.#unreadable(child, path);
    });
  }

  /** Repeated keys anywhere, each written repeat once however many aliases lead to it. */
  repeats(node: ManifestNode, path: PathSegment[] = []): void {
    if (node.kind === 'scalar' || this.#repeats.size >= MOST_STRICT) return;
    const repeated = node.kind === 'mapping' && node.entries.some(({ duplicate }) => duplicate === true);
    const written = new Map<string, Written>();
    eachChild(node, path, (child, entry) => {
      if (repeated && entry !== undefined && entry.merged !== true) {
        const before = written.get(entry.key);
        if (entry.duplicate === true) this.#repeat(entry, before, [...path]);
        written.set(entry.key, { times: (before?.times ?? 0) + 1, last: entry });
      }
      this.repeats(child, path);
    });
  }

  #repeat(entry: Entry, before: Written | undefined, path: FieldPath): void {
    if (this.#repeats.has(entry.keySpan.start) || this.#repeats.size >= MOST_STRICT) return;
    this.#repeats.add(entry.keySpan.start);
    const finding: Finding = {
      rule: 'api/duplicate-key',
      type: 'StrictDecoding',
      severity: 'error',
      path,
      message: `key "${entry.key}" already set in map`,
      span: entry.keySpan,
    };
    const fixes = before === undefined ? [] : repeatedKey(entry, before, path);
    this.#complaints.push({ finding: withFixes(finding, fixes), span: entry.keySpan, abrupt: false });
  }
}

/** The server names no more unknown fields, and we no more repeats: a text with that many is something else. */
const MOST_STRICT = 100;

/** Walks the values of a collection; `path` is theirs during the visit, and the collection's own before and after. */
function eachChild(node: ManifestNode, path: PathSegment[], visit: (child: ManifestNode, entry?: Entry) => void): void {
  if (node.kind === 'sequence')
    for (const [index, item] of node.items.entries()) {
      path.push(index);
      visit(item);
      path.pop();
    }
  else if (node.kind === 'mapping')
    for (const entry of node.entries) {
      path.push(entry.key);
      visit(entry.value, entry);
      path.pop();
    }
}

function withFixes(finding: Finding, fixes: readonly Fix[]): Finding {
  return fixes.length === 0 ? finding : { ...finding, fixes };
}

function isNull(node: ManifestNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** A collection is marked where it begins, not over all its lines. */
function firstLine(node: ManifestNode): Span {
  if (node.kind === 'mapping') return node.flow === true ? node.span : (node.entries[0]?.keySpan ?? node.span);
  if (node.kind === 'sequence' && node.flow !== true) return { start: node.span.start, end: node.span.start + 1 };
  return node.span;
}

/**
 * The entries that count, as the server meets them: it reads JSON that was made from the YAML, with sorted keys. Which
 * wrong type it names first depends on this.
 */
function inKeyOrder(node: MappingNode): readonly Entry[] {
  return node.entries
    .filter((entry) => entry.shadowed !== true)
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** A null in a list or map leaves an empty value at its place; so does what did not decode, to keep indices right. */
function emptyItem(shape: Shape): unknown {
  switch (shape.type) {
    case 'string':
    case 'bytes':
      return '';
    case 'boolean':
      return false;
    case 'list':
      return [];
    case 'object':
    case 'map':
      return {};
    default:
      return 0;
  }
}

function plainData(node: ManifestNode): unknown {
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (node.kind === 'sequence') return node.items.map(plainData);
  return Object.fromEntries(inKeyOrder(node).map((entry) => [entry.key, plainData(entry.value)]));
}
