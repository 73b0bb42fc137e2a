import { advisePodSecurity, adviseReferences } from '../../core/advice/advice.ts';
import { NEWEST_MINOR, parseVersion, type KubernetesVersion } from '../../core/kubernetes/versions.ts';
import { spanOf } from '../../core/manifest/tree.ts';
import type { Finding } from '../../core/validation/finding.ts';
import { chosenSeverity } from '../../core/validation/severity.ts';
import { judgeVersion, versionRefuses } from '../../core/validation/version.ts';
import type { AnalysedDocument, AnalysedObject, LocatedFinding } from './analysis.ts';
import type { FormerObject } from './former-objects.ts';
import type { Settings } from './settings.ts';
import { suppress } from './suppressions.ts';
import { updateFindings } from './update-findings.ts';

/** A finding as a person sees it, after settings and comments. */
export interface ShownFinding extends LocatedFinding {
  /** Null for what concerns the text itself. */
  readonly object: AnalysedObject | null;
  /** A comment silences it: reports for machines still have it. */
  readonly suppressed?: true;
}

/**
 * Everything to say about a document, by place within each object; silenced findings are marked. With `former`,
 * here or in the settings, also which changes an existing Job would not take.
 */
export function shownFindings(
  document: AnalysedDocument,
  settings: Settings,
  former?: FormerObject,
): readonly ShownFinding[] {
  if (!settings.enable) return [];
  if (former !== undefined) return findShown(document, settings, former);
  const known = remembered.get(document);
  if (known?.settings === settings) return known.findings;
  const findings = findShown(document, settings);
  remembered.set(document, { settings, findings });
  return findings;
}

const remembered = new WeakMap<AnalysedDocument, { settings: Settings; findings: readonly ShownFinding[] }>();

/** What the API server of the chosen version would answer. Neither comments nor severities change it. */
export function acceptedBy(object: AnalysedObject, settings: Settings): boolean {
  return object.accepted && !versionRefuses(versionFindings(object, versionOf(settings)));
}

function findShown(
  document: AnalysedDocument,
  settings: Settings,
  former: FormerObject = settings.former ?? (() => null),
): readonly ShownFinding[] {
  const version = versionOf(settings);
  const problems = document.problems.map((problem) => ({ ...problem, object: null }));
  const objects = document.objects.flatMap((object) => {
    const findings = settings.partial ? partialFindings(object) : wholeFindings(object, version);
    const before = settings.partial ? null : former(object);
    const changes = before === null ? [] : updateFindings(before, object, version);
    return [...findings, ...changes, ...beside(document, object, settings)].map((finding): ShownFinding => ({
      ...finding,
      object,
    }));
  });
  const first = document.objects[0];
  const partial =
    settings.partial && first !== undefined ? [{ ...PARTIAL, span: spanOf(first.root, ['kind']), object: first }] : [];
  const all: readonly ShownFinding[] = [...problems, ...partial, ...objects];
  const { shown, silenced, notes } = suppress(document.text, document.lineStarts, all);
  const quiet = new Set(silenced);
  const marked =
    quiet.size === 0
      ? shown
      : all.map((finding): ShownFinding => (quiet.has(finding) ? { ...finding, suppressed: true } : finding));
  return [...marked, ...notes.map((note) => ({ ...note, object: null }))].flatMap((finding) =>
    chosen(finding, settings),
  );
}

/** What is known from outside of the text: objects that other files define, and what namespaces enforce. */
function beside(
  { namespaces }: AnalysedDocument,
  object: AnalysedObject,
  { keys, podSecurity, partial }: Settings,
): readonly LocatedFinding[] {
  if (partial) return [];
  const { kind, namespace } = object;
  const found = keys === undefined ? [] : adviseReferences(kind, object.object, keys(object));
  // A Namespace in the text says it itself.
  if (podSecurity !== null && (namespace === null || !namespaces.levels.has(namespace)))
    found.push(...advisePodSecurity(kind, object.object, podSecurity));
  // Only where something was found is the tree wanted, which may have to be read again.
  return found.map((finding) => ({ ...finding, span: spanOf(object.root, finding.path) }));
}

const PARTIAL: Finding = {
  rule: 'note/partial',
  type: 'Advice',
  severity: 'hint',
  path: ['kind'],
  message: 'A kustomization uses this file as a patch: only names and types of its fields are checked.',
};

/** Of a part, nothing is judged that needs the whole. */
function partialFindings(object: AnalysedObject): readonly LocatedFinding[] {
  return object.findings.filter(
    ({ type, rule }) => (type === 'StrictDecoding' || type === 'Decoding') && rule !== 'api/required',
  );
}

function wholeFindings(object: AnalysedObject, version: KubernetesVersion): readonly LocatedFinding[] {
  const older = versionFindings(object, version);
  if (older.length === 0) return object.findings;
  const unreadable = older.some(({ type }) => type === 'StrictDecoding');
  const readable = object.findings.every(({ type }) => type !== 'StrictDecoding' && type !== 'Decoding');
  const before = object.findings.map((finding) =>
    unreadable && finding.type !== 'Advice' && finding.type !== 'StrictDecoding' && finding.type !== 'Decoding'
      ? { ...finding, unreached: true }
      : finding,
  );
  const now = older.map((finding) =>
    finding.type !== 'StrictDecoding' && (unreadable || !readable) ? { ...finding, unreached: true } : finding,
  );
  return [...before, ...now].sort((a, b) => a.span.start - b.span.start);
}

function versionFindings(object: AnalysedObject, version: KubernetesVersion): readonly LocatedFinding[] {
  if (version.minor >= NEWEST_MINOR) return [];
  return judgeVersion(object.kind, object.object, version).map((finding) => ({
    ...finding,
    span: spanOf(object.root, finding.path),
  }));
}

/** The version to check for. */
export function versionOf({ kubernetesVersion }: Settings): KubernetesVersion {
  return parseVersion(kubernetesVersion) ?? { minor: NEWEST_MINOR };
}

function chosen(finding: ShownFinding, settings: Settings): readonly ShownFinding[] {
  if (!settings.advice && finding.type === 'Advice') return [];
  const severity = chosenSeverity(settings.severity, finding.rule);
  if (severity === undefined || severity === finding.severity) return [finding];
  return severity === 'off' ? [] : [{ ...finding, severity }];
}
