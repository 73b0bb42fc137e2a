import type { JobSpec } from '../../core/kubernetes/generated/types.ts';
import { NEWEST_MINOR, type KubernetesVersion } from '../../core/kubernetes/versions.ts';
import { segmentKey, type FieldPath } from '../../core/manifest/path.ts';
import { entryOf, nodeAt, type ManifestNode, type ScalarValue, type Span } from '../../core/manifest/tree.ts';
import { judgeVersion } from '../../core/validation/version.ts';
import type { Range } from '../protocol/protocol.ts';
import type { AnalysedDocument, AnalysedObject, Analysis, PlacedDocument } from './analysis.ts';
import { jobOf } from './hover.ts';
import { nameUsesOf, type NameUse } from './name-uses.ts';
import { rangeOf } from './place.ts';

/**
 * Colours for what no grammar can know, because it takes the whole document: names that lead somewhere, a `$(NAME)` that
 * Kubernetes leaves as it stands, fields that the chosen version drops. Everything else keeps the grammar's colours.
 */

/** The protocol's own types and modifiers, which every theme colours. Their order is the legend's. */
export const TOKEN_TYPES = ['variable', 'string', 'property'] as const;
export const TOKEN_MODIFIERS = ['declaration', 'deprecated'] as const;

/** A stretch of one line, and what it is. */
export interface SemanticToken {
  readonly range: Range;
  readonly type: (typeof TOKEN_TYPES)[number];
  readonly modifier?: (typeof TOKEN_MODIFIERS)[number];
}

type SpanToken = Omit<SemanticToken, 'range'> & { readonly span: Span };

/** Texts longer than this (UTF-16 units) are coloured where they are seen, never as a whole. */
export const LONGEST_WHOLE = 300_000;
/** Of a stretch that is asked for, documents are looked at until so much text has been. */
const LONGEST_STRETCH = 100_000;

/** The tokens of one document, by place; remembered while it stays the same. Broken text has those that it can have. */
export function tokensIn(document: AnalysedDocument, version: KubernetesVersion): readonly SpanToken[] {
  const known = remembered.get(document);
  if (known?.minor === version.minor) return known.tokens;
  const tokens = inOrder(document.objects.flatMap((object) => [...tokensOf(object, document.text, version)]));
  remembered.set(document, { minor: version.minor, tokens });
  return tokens;
}

const remembered = new WeakMap<AnalysedDocument, { minor: number; tokens: readonly SpanToken[] }>();

/** The tokens of the lines that are asked for, or of all, in order. */
export function semanticTokensOf(
  analysis: Analysis,
  version: KubernetesVersion,
  range?: Range,
): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  let seen = 0;
  for (const placed of analysis.documents) {
    if (range !== undefined && !meets(placed, range)) continue;
    if (range !== undefined && seen > LONGEST_STRETCH) break;
    seen += placed.document.text.length;
    for (const { span, ...token } of tokensIn(placed.document, version)) {
      const at = rangeOf(placed, span);
      if (range === undefined || (at.start.line >= range.start.line && at.end.line <= range.end.line))
        tokens.push({ ...token, range: at });
    }
  }
  return tokens;
}

/** As the protocol sends them: five numbers each, places relative to the token before. */
export function packed(tokens: readonly SemanticToken[]): number[] {
  let before = { line: 0, character: 0 };
  return tokens.flatMap(({ range: { start, end }, type, modifier }) => {
    const line = start.line - before.line;
    const character = line === 0 ? start.character - before.character : start.character;
    before = start;
    const modifiers = modifier === undefined ? 0 : 1 << TOKEN_MODIFIERS.indexOf(modifier);
    return [line, character, end.character - start.character, TOKEN_TYPES.indexOf(type), modifiers];
  });
}

function meets({ line, document }: PlacedDocument, { start, end }: Range): boolean {
  return line <= end.line && line + document.lineStarts.length - 1 >= start.line;
}

function* tokensOf(object: AnalysedObject, text: string, version: KubernetesVersion): Generator<SpanToken> {
  const byName = new Map<string, NameUse[]>();
  for (const use of nameUsesOf(object, text)) {
    const key = `${use.kind} ${use.scope} ${use.name}`;
    byName.set(key, [...(byName.get(key) ?? []), use]);
  }
  const spec = jobOf(object.kind, object.object).spec;
  for (const uses of byName.values())
    yield* uses[0]!.kind === 'label'
      ? labels(uses)
      : uses[0]!.kind === 'variable'
        ? variables(uses, spec)
        : names(uses);
  if (version.minor < NEWEST_MINOR)
    for (const { type, path } of judgeVersion(object.kind, object.object, version)) {
      const span = type === 'Warning' ? keySpanAt(object.root, path) : undefined;
      if (span !== undefined) yield { span, type: 'property', modifier: 'deprecated' };
    }
}

/** A name and who calls it by that; a name that nobody calls is text like any other. */
function names(uses: readonly NameUse[]): readonly SpanToken[] {
  if (!uses.some(({ defines }) => defines) || uses.every(({ defines }) => defines)) return [];
  return uses.map(asName);
}

function asName({ span, defines }: Pick<NameUse, 'span' | 'defines'>): SpanToken {
  return { span, type: 'variable', ...(defines ? { modifier: 'declaration' } : {}) };
}

/** What the kubelet puts in the place of `$(NAME)`, as far as the manifest says it. */
function variables(uses: readonly NameUse[], spec: JobSpec | undefined): readonly SpanToken[] {
  const definitions = uses.filter(({ defines }) => defines);
  const { name, scope } = uses[0]!;
  const givenElsewhere = isGivenElsewhere(name, scope, spec);
  const resolved = new Set<NameUse>();
  const left: SpanToken[] = [];
  const mayBeRead = uses.filter(({ defines }) => !defines);
  for (const use of mayBeRead) {
    const own = use.inValueOfVariable === true;
    // The value of a variable sees those that stand above it, and the index comes last of all.
    const defined = definitions.some(({ whole }) => !own || whole.end <= use.span.start);
    if (defined || (!own && isIndex(name, spec))) resolved.add(use);
    // `$` and the brackets belong to what is left as it stands.
    else if (!givenElsewhere) left.push({ span: { start: use.span.start - 2, end: use.span.end + 1 }, type: 'string' });
  }
  const called = definitions.length > 0 && resolved.size > 0;
  return [...[...resolved, ...(called ? definitions : [])].map(asName), ...left];
}

/** The Job controller gives every container of an Indexed Job this one. */
function isIndex(name: string, spec: JobSpec | undefined): boolean {
  return name === 'JOB_COMPLETION_INDEX' && spec?.completionMode === 'Indexed';
}

/** Variables that come from ConfigMaps, Secrets and Services: the manifest does not say which there are. */
function isGivenElsewhere(name: string, scope: string, spec: JobSpec | undefined): boolean {
  if (/_SERVICE_HOST$|_PORT(_|$)/.test(name)) return true;
  const pod = spec?.template?.spec;
  const container = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].find((one) => one.name === scope);
  return container === undefined || (container.envFrom?.length ?? 0) > 0;
}

/** A selector that finds the Job's own pods, and the label by which it does. */
function labels(uses: readonly NameUse[]): readonly SpanToken[] {
  const given = uses.filter(({ defines }) => defines);
  return uses.flatMap((use) => {
    const others = use.defines ? uses.filter(({ defines }) => !defines) : given;
    const says = said(use);
    if (says === undefined || !others.some((other) => said(other) === says)) return [];
    return [asName({ span: use.value!.span, defines: use.defines })];
  });
}

function said({ value }: NameUse): ScalarValue | undefined {
  return value?.kind === 'scalar' && value.aliasOf === undefined && value.value !== '' ? value.value : undefined;
}

function keySpanAt(root: ManifestNode, path: FieldPath): Span | undefined {
  const last = path.at(-1);
  const key = last === undefined ? undefined : segmentKey(last);
  const entry = typeof key === 'string' ? entryOf(nodeAt(root, path.slice(0, -1)), key) : undefined;
  return entry?.merged === true || entry?.value.aliasOf !== undefined ? undefined : entry?.keySpan;
}

/** Each place once: what an anchor holds is met by everyone who uses it. */
function inOrder(tokens: readonly SpanToken[]): readonly SpanToken[] {
  let end = -1;
  return [...tokens]
    .sort((a, b) => a.span.start - b.span.start)
    .filter(({ span }) => {
      const apart = span.start >= end && span.end > span.start;
      if (apart) end = span.end;
      return apart;
    });
}
