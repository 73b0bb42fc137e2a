import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver-protocol';
import { within } from '../../core/manifest/edit.ts';
import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { entryOf, nodeAt, type ManifestNode, type Span } from '../../core/manifest/tree.ts';
import type { Refactoring } from '../../core/refactoring/refactoring.ts';
import { refactoringsOf } from '../../core/refactoring/refactorings.ts';
import { applyChanges, documentsText, editText, type TextChange } from '../yaml/writer.ts';
import { analyse, type AnalysedDocument, type AnalysedObject, type Analysis } from './analysis.ts';
import { documentAt, objectAt, offsetAt, rangeOf } from './place.ts';

const KINDS: Readonly<Record<Refactoring['kind'], string>> = {
  rewrite: CodeActionKind.RefactorRewrite,
  extract: CodeActionKind.RefactorExtract,
};

/** The refactorings of the Job or CronJob at the start of a range. */
export function refactoringActions(analysis: Analysis, uri: string, range: Range): readonly CodeAction[] {
  const placed = documentAt(analysis, range.start.line);
  const offset = offsetAt(placed, range.start);
  const object = objectAt(placed.document, offset);
  if (object === undefined) return [];
  return offered(placed.document, object).flatMap(({ refactoring, changes }) => {
    if (!holds(object.root, refactoring.near, offset)) return [];
    const edits = changes.map(({ span, newText }) => ({ range: rangeOf(placed, span), newText }));
    return { title: refactoring.title, kind: KINDS[refactoring.kind], edit: { changes: { [uri]: edits } } };
  });
}

interface Offered {
  readonly refactoring: Refactoring;
  readonly changes: readonly TextChange[];
}

const remembered = new WeakMap<AnalysedObject, readonly Offered[]>();

/**
 * Those whose result the API server accepts, as changes of the document's text: a name may be too long for a CronJob, a
 * place reached through an alias. Nothing for what is refused as it is.
 */
function offered(document: AnalysedDocument, object: AnalysedObject): readonly Offered[] {
  const known = remembered.get(object);
  if (known !== undefined) return known;
  const fresh = object.accepted
    ? refactoringsOf(object.kind, object.object).flatMap((refactoring) => {
        const changes = changesFor(document, object, refactoring);
        return changes.length > 0 && isAccepted(document, object, changes) ? { refactoring, changes } : [];
      })
    : [];
  remembered.set(object, fresh);
  return fresh;
}

function changesFor(
  { text, tree }: AnalysedDocument,
  { pathPrefix, root, item }: AnalysedObject,
  { edits, more = [] }: Refactoring,
): readonly TextChange[] {
  // Further objects have no place in JSON or in a List.
  if (more.length > 0 && (item !== null || (root.kind === 'mapping' && root.flow === true))) return [];
  const changes = editText(
    text,
    tree,
    edits.map((edit) => within(pathPrefix, edit)),
  );
  if (changes.length === 0 || more.length === 0) return changes;
  const end = text.trimEnd().length;
  if (changes.some(({ span }) => span.end > end)) return [];
  // Of a stream, the line end in front of the next separator stays where it is.
  return [...changes, { span: { start: end, end }, newText: documentsText(text, more) }];
}

function isAccepted(document: AnalysedDocument, object: AnalysedObject, changes: readonly TextChange[]): boolean {
  const after = analyse(applyChanges(document.text, changes), 0).documents[0]?.document.objects;
  return after?.find(({ item }) => item === object.item)?.accepted === true;
}

/** True when a place is inside what a path leads to, its key included. */
function holds(root: ManifestNode, path: FieldPath, offset: number): boolean {
  const node = nodeAt(root, path);
  if (path.length === 0 || node === undefined) return node !== undefined;
  const last = segmentKey(path.at(-1)!);
  const parent = nodeAt(root, path.slice(0, -1));
  const key: Span | undefined = typeof last === 'string' ? entryOf(parent, last)?.keySpan : undefined;
  return (key ?? node.span).start <= offset && offset <= node.span.end;
}
