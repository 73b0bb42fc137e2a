import { entryOf, type ManifestNode } from '../../server/core/manifest/tree.ts';
import type { FindingType, Severity } from '../../server/core/validation/finding.ts';
import { docsOf } from '../../server/core/validation/rules.ts';
import {
  documentsIn,
  fieldNamed,
  type AnalysedObject,
  type LocatedFinding,
  type PlacedDocument,
} from '../../server/src/features/analysis.ts';
import type { FormerObject } from '../../server/src/features/former-objects.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/features/settings.ts';
import { acceptedBy, shownFindings, versionOf, type ShownFinding } from '../../server/src/features/shown-findings.ts';
import { acceptsUpdate, isUnreadable } from '../../server/src/features/update-findings.ts';
import { rangeOf } from '../../server/src/features/place.ts';
import type { Range } from '../../server/src/protocol/protocol.ts';
import { isTemplate, renderedFrom } from '../../server/src/yaml/templates.ts';

/** One finding as scripts read it. Fields may be added, never taken away. */
export interface ReportedFinding {
  readonly rule: string;
  readonly type: FindingType;
  readonly severity: Severity;
  /** From the object's root, as the API server writes it; in a JobSet from the root of the JobSet. */
  readonly field: string;
  readonly message: string;
  readonly range: Range;
  readonly docs: string;
  /** 0-based place in the `items` of a List. */
  readonly item?: number;
  /** The API server would have stopped before. */
  readonly unreached?: true;
  /** A comment in the text silences it; it still counts for `accepted`. */
  readonly suppressed?: true;
  /** With `--baseline`: it was there before. */
  readonly known?: true;
}

export interface DocumentReport {
  /** 0-based, empty documents included. */
  readonly index: number;
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  /** Of a document that `helm template` printed: the template that it comes from. */
  readonly source?: string;
  /** The API server's verdict; absent where it is not asked: other kinds, templates, empty documents. */
  readonly accepted?: boolean;
  /** True for part of an object, which a kustomization uses as a patch: only fields and types were checked. */
  readonly partial?: true;
  /** With `--against`: whether what is there already would take the change; absent for what is new. */
  readonly updateAccepted?: boolean;
  readonly findings: readonly ReportedFinding[];
  /** Of a List: its Jobs and CronJobs. Of a JobSet: the first Job of each of its templates. */
  readonly items?: readonly {
    readonly item: number;
    readonly kind: string;
    readonly name: string;
    readonly accepted: boolean;
  }[];
}

export interface FileReport {
  readonly file: string;
  /** For source frames; not part of what scripts read. */
  readonly text: string;
  readonly documents: readonly DocumentReport[];
}

/** How one text is to be checked. */
export interface LintOptions {
  /** The person named this very file. */
  readonly named?: boolean;
  readonly settings?: Settings;
  /** What its objects were before. */
  readonly former?: FormerObject | undefined;
}

/**
 * Checks one text. Documents of other kinds are passed over; text that is no YAML is an error where it is meant to be a
 * Job, or where the person named the very file.
 */
export function lintSource(file: string, text: string, options: LintOptions = {}): FileReport {
  const named = options.named === true && !isTemplate(text);
  const documents: DocumentReport[] = [];
  // One after the other: what a report does not say of a document is not kept.
  for (const placed of documentsIn(text)) {
    const report = reportOf(placed, { ...options, named });
    const source = renderedFrom(placed.document.text);
    documents.push(source === null ? report : { ...report, source });
  }
  return { file, text, documents };
}

function reportOf(placed: PlacedDocument, { named, settings = DEFAULT_SETTINGS, former }: LintOptions): DocumentReport {
  const { document, index } = placed;
  const { objects, problems } = document;
  const strange = problems.length === 0 && named === true ? strangeText(placed) : [];
  const unreadable = problems.length + strange.length > 0;
  const findings = [
    ...strange.map((problem) => reported(placed, { ...problem, object: null }, false)),
    ...shownFindings(document, settings, former).map((finding) => reported(placed, finding, unreadable)),
  ];
  const [first] = objects;
  if (first === undefined)
    return { index, ...identityOf(document), ...(unreadable ? { accepted: false } : {}), findings };
  const verdicts = objects.map((object) => !unreadable && acceptedBy(object, settings));
  const about = {
    ...(settings.partial ? partialVerdict(unreadable, objects) : { accepted: verdicts.every(Boolean) }),
    ...updateVerdict(unreadable, objects, settings, former),
  };
  if (first.item === null) {
    const { apiVersion, kind, name } = first;
    return { index, apiVersion, kind, name, ...about, findings };
  }
  const items = objects.map((object, at) => ({
    item: object.item ?? 0,
    kind: object.kind,
    name: object.name,
    accepted: verdicts[at]!,
  }));
  // What a JobSet says of its own is its controller's to judge.
  return { index, ...identityOf(document), ...(first.inJobSet ? {} : about), findings, items };
}

/** Of part of an object it is known when the server could not read it, not more. */
function partialVerdict(unreadable: boolean, objects: readonly AnalysedObject[]): Partial<DocumentReport> {
  return { partial: true, ...(unreadable || objects.some(isUnreadable) ? { accepted: false } : {}) };
}

function updateVerdict(
  unreadable: boolean,
  objects: readonly AnalysedObject[],
  settings: Settings,
  former: FormerObject | undefined,
): Partial<DocumentReport> {
  const pairs = objects.map((after) => ({ after, before: former?.(after) ?? null }));
  if (settings.partial || pairs.every(({ before }) => before === null)) return {};
  const version = versionOf(settings);
  const taken = pairs.every(({ before, after }) => before === null || acceptsUpdate(before, after, version));
  return { updateAccepted: !unreadable && taken };
}

/** Problems of a text that was named on the command line and whose kind cannot be read. */
function strangeText({ document }: PlacedDocument): readonly LocatedFinding[] {
  const { root, problems } = document.tree;
  if (problems.length === 0 || textAt(root, 'kind') !== undefined) return [];
  return problems.map(({ message, span }) => ({
    rule: 'api/syntax',
    type: 'Syntax',
    severity: 'error',
    path: [],
    message,
    span,
  }));
}

/** What a document of another kind calls itself; read only when its text could hold an object of ours. */
function identityOf(document: PlacedDocument['document']): { apiVersion?: string; kind?: string; name?: string } {
  const { root } = document.tree;
  const apiVersion = textAt(root, 'apiVersion');
  const kind = textAt(root, 'kind');
  const name = textAt(entryOf(root, 'metadata')?.value ?? null, 'name');
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
  };
}

function textAt(node: ManifestNode | null, field: string): string | undefined {
  const value = entryOf(node, field)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function reported(placed: PlacedDocument, finding: ShownFinding, unreadable: boolean): ReportedFinding {
  const { rule, type, severity, message, path, span, object } = finding;
  const item = object === null || object.inJobSet ? null : object.item;
  return {
    rule,
    type,
    severity,
    field: fieldNamed(object, path),
    message,
    range: rangeOf(placed, span),
    docs: docsOf(rule),
    ...(item === null ? {} : { item }),
    // Nothing of a document that is no YAML reaches the server's checks.
    ...(finding.unreached === true || (unreadable && type !== 'Advice' && type !== 'Syntax')
      ? { unreached: true }
      : {}),
    ...(finding.suppressed === true ? { suppressed: true } : {}),
  };
}

/** Behind a message: the template that a document was made from, where it says so; else nothing. */
export function madeFrom(source: string | undefined): string {
  return source === undefined ? '' : ` (from ${source})`;
}
