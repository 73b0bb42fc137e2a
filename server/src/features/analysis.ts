import type { CronJob, Job } from '../../core/kubernetes/generated/types.ts';
import { adviseObject } from '../../core/advice/advice.ts';
import {
  entryOf,
  nodeAt,
  spanOf,
  type ManifestDocument,
  type ManifestNode,
  type Span,
  type SyntaxProblem,
} from '../../core/manifest/tree.ts';
import { formatPath, type FieldPath } from '../../core/manifest/path.ts';
import { decodeObject } from '../../core/validation/decoding.ts';
import type { Finding, Verdict } from '../../core/validation/finding.ts';
import type { BatchKind } from '../../core/validation/identity.ts';
import { decodeJobTemplate } from '../../core/validation/job-set.ts';
import { judgeDocument, judgeJobTemplate } from '../../core/validation/verdict.ts';
import { readDocuments } from '../yaml/reader.ts';
import { DEFAULT_BUDGET } from '../yaml/budget.ts';
import { splitStream } from '../yaml/stream.ts';
import { isTemplate } from '../yaml/templates.ts';
import { manifestsIn, mayHoldJobs, meansJob, textOf, type Manifest } from './identity.ts';
import { countLineEnds, lineStartsOf } from './lines.ts';
import { type NamespaceLevels, namespaceLevels } from './namespace-levels.ts';
import { Recent } from './recent.ts';

/**
 * What a text holds, as every editor feature sees it. A text is a stream of documents; each is read, decoded and judged
 * by itself and only when somebody asks, and what was found stays valid while that document's own text does not change.
 * So hover reads one document, and a keystroke costs one document however many the stream has.
 */

/** A finding and its place: offsets from the start of its document's text. */
export interface LocatedFinding extends Finding {
  readonly span: Span;
}

/** One Job or CronJob. All spans are relative to the text of its document. */
export interface AnalysedObject {
  /** 0-based place in the `items` of a List or the `replicatedJobs` of a JobSet; null when the document is the object itself. */
  readonly item: number | null;
  readonly kind: BatchKind;
  readonly apiVersion: string;
  /** True for the template of a JobSet's replicated job, with the defaults that a JobSet gives it. */
  readonly inJobSet: boolean;
  /** `metadata.name`, or `metadata.generateName` with `*`, or empty; in a JobSet, the name of the first Job. */
  readonly name: string;
  readonly namespace: string | null;
  /** Of the whole object. */
  readonly span: Span;
  /** The source tree; read again when it was let go. */
  readonly root: ManifestNode;
  /** From the document's root to the object's root: empty, `['items', n]`, or where the template of a JobSet stands. */
  readonly pathPrefix: FieldPath;
  /** What did decode; decoded when asked for. */
  readonly object: Job | CronJob;
  /** False when the API server would refuse it, or could not even read it. */
  readonly accepted: boolean;
  /** Verdict and advice, by place; judged when first asked for. */
  readonly findings: readonly LocatedFinding[];
}

/** The field that a finding of an object names: from its root as the API server writes it, in a JobSet from the JobSet's. */
export function fieldNamed(object: Pick<AnalysedObject, 'inJobSet' | 'pathPrefix'> | null, path: FieldPath): string {
  return formatPath(object?.inJobSet === true ? [...object.pathPrefix, ...path] : path);
}

/** One document of a stream. Offsets are relative to its own text. */
export interface AnalysedDocument {
  readonly text: string;
  /** What the Namespaces beside it enforce. */
  readonly namespaces: NamespaceLevels;
  /** Offsets of the line starts of `text`, the first 0. */
  readonly lineStarts: readonly number[];
  /** The source tree; read when asked for. */
  readonly tree: ManifestDocument;
  /** The Jobs and CronJobs in it: none for other kinds and templates. */
  readonly objects: readonly AnalysedObject[];
  /** Unreadable text; empty for templates and where no Job is meant. */
  readonly problems: readonly LocatedFinding[];
}

/** Where a document stands in its stream at this version. */
export interface PlacedDocument {
  /** 0-based, empty documents included. */
  readonly index: number;
  /** Of its first character in the whole text, UTF-16 code units; always the start of a line. */
  readonly offset: number;
  /** 0-based line of its first character. */
  readonly line: number;
  readonly document: AnalysedDocument;
}

export interface Analysis {
  readonly text: string;
  /** LSP document version. */
  readonly version: number;
  /** In order; never empty. */
  readonly documents: readonly PlacedDocument[];
}

/**
 * Finds the documents of a text. Costs one pass over the separators and, where `previous` is an earlier analysis of the
 * same text, keeps everything known about documents that did not change.
 */
export function analyse(text: string, version: number, previous?: Analysis): Analysis {
  return { text, version, documents: [...documentsIn(text, previous?.documents)] };
}

/** The documents of a text, one at a time: whoever lets go of each before the next needs little memory. */
export function* documentsIn(text: string, kept: readonly PlacedDocument[] = []): Generator<PlacedDocument> {
  const chunks = splitStream(text, DEFAULT_BUDGET.documents);
  const namespaces = namespaceLevels(text, chunks);
  const tailShift = kept.length - chunks.length;
  let line = 0;
  let before = 0;
  for (const [index, { start, end }] of chunks.entries()) {
    const own = text.slice(start, end);
    const document =
      unchanged(kept[index], own, namespaces) ??
      unchanged(kept[index + tailShift], own, namespaces) ??
      documentOf(detached(own, text), namespaces);
    line += countLineEnds(text, before, start);
    yield { index, offset: start, line, document };
    line += document.lineStarts.length - 1;
    before = end;
  }
}

function unchanged(
  before: PlacedDocument | undefined,
  text: string,
  namespaces: NamespaceLevels,
): AnalysedDocument | undefined {
  const document = before?.document;
  return document?.text === text && document.namespaces.key === namespaces.key ? document : undefined;
}

/** A copy where the stretch would keep its whole text, with all other documents, in memory. */
function detached(stretch: string, text: string): string {
  return stretch.length === text.length ? stretch : (JSON.parse(JSON.stringify(stretch)) as string);
}

/**
 * By the length of the text that they were made of, UTF-16 code units: trees are by far the largest part. The newest is
 * kept whatever its size, so that many questions about one document read it once. More is not: what outlives the young
 * part of the heap makes a long stream slower to judge than what is read again later.
 */
const TREES = new Recent(2_000);
const OBJECTS = new Recent(2_000);

function documentOf(text: string, namespaces: NamespaceLevels): AnalysedDocument {
  const { get: tree } = TREES.value(text.length, () => readDocuments(text)[0]!);
  const silent = lazy(() => !mayHoldJobs(text) || isTemplate(text));
  const objects = lazy(() =>
    silent() ? [] : manifestsIn(tree().root).map((found) => objectOf(tree, found, namespaces)),
  );
  const problems = lazy(() =>
    silent() || (objects().length === 0 && !meansJob(text)) ? [] : tree().problems.map(syntaxFinding),
  );
  return {
    text,
    namespaces,
    lineStarts: lineStartsOf(text),
    get tree() {
      return tree();
    },
    get objects() {
      return objects();
    },
    get problems() {
      return problems();
    },
  };
}

/** Keeps nothing of the tree alive, which can be read again. */
function objectOf(
  tree: () => ManifestDocument,
  { root: found, kind, apiVersion, pathPrefix, item, jobName }: Manifest,
  { levels }: NamespaceLevels,
): AnalysedObject {
  const { span } = found;
  const inJobSet = jobName !== null;
  const metadata = entryOf(inJobSet ? tree().root! : found, 'metadata')?.value;
  const generateName = textOf(metadata, 'generateName');
  const name = jobName ?? (textOf(metadata, 'name') || (generateName === '' ? '' : `${generateName}*`));
  const namespace = textOf(metadata, 'namespace') || null;
  const root = (): ManifestNode => nodeAt(tree().root, pathPrefix)!;
  const object = OBJECTS.value(span.end - span.start, (): Job | CronJob =>
    inJobSet ? decodeJobTemplate(root(), name).object : decodeObject(root(), kind).object,
  );
  const verdict = lazy(() => {
    const judged = inJobSet ? judgeJobTemplate(root(), name) : judgeDocument(root());
    if (judged === null) return UNKNOWN;
    object.offer(judged.object);
    // While the tree is there: nobody should have to read it again for this.
    return { ...judged.verdict, accepted: judged.verdict.accepted && tree().problems.length === 0 };
  });
  const level = (namespace === null ? undefined : levels.get(namespace)) ?? null;
  const podSecurity = level === 'privileged' ? null : level;
  const findings = lazy(() =>
    locate(root(), [...verdict().findings, ...adviseObject(kind, object.get(), { podSecurity, inJobSet })]),
  );
  return {
    item,
    inJobSet,
    kind,
    apiVersion,
    name,
    namespace,
    span,
    pathPrefix,
    get root() {
      return root();
    },
    get object() {
      return object.get();
    },
    get accepted() {
      return verdict().accepted;
    },
    get findings() {
      return findings();
    },
  };
}

/** Of an object that the verdict does not know. */
const UNKNOWN: Verdict = { accepted: false, findings: [] };

/** Finds the place of each, in source order. What aliases lead to more than once is said once where it stands. */
function locate(root: ManifestNode, findings: readonly Finding[]): readonly LocatedFinding[] {
  const said = new Set<string>();
  return findings
    .map((finding) => ({ ...finding, span: finding.span ?? spanOf(root, finding.path) }))
    .filter(({ rule, message, span }) => {
      const key = `${span.start} ${span.end} ${rule} ${message}`;
      return !said.has(key) && said.add(key);
    })
    .sort((a, b) => a.span.start - b.span.start);
}

function syntaxFinding({ message, span }: SyntaxProblem): LocatedFinding {
  return { rule: 'api/syntax', type: 'Syntax', severity: 'error', path: [], message, span };
}

/** Computes once, when first asked. */
function lazy<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}
