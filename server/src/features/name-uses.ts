import { entryOf, nodeAt, type ManifestNode, type ScalarNode, type Span } from '../../core/manifest/tree.ts';
import type { AnalysedObject } from './analysis.ts';

/** Kinds of names that live inside one Job, each a space of its own. */
export type NameKind = 'container' | 'volume' | 'port' | 'claim' | 'variable' | 'label';

/** A place that gives something its name, or calls it by that. */
export interface NameUse {
  readonly kind: NameKind;
  /** Two uses of one kind and name in different scopes have nothing to do with each other: the container, or empty. */
  readonly scope: string;
  readonly name: string;
  /** Of the name itself, offsets in the document's text. */
  readonly span: Span;
  /** True where the name is given. */
  readonly defines: boolean;
  /** Of the whole thing that has the name; of the name itself for a use. */
  readonly whole: Span;
  /** Of a label, what it is. */
  readonly value?: ManifestNode;
  /** True for a `$(NAME)` in the value of another variable: it sees only those above it. */
  readonly inValueOfVariable?: true;
}

/**
 * Every name inside a Job or CronJob that something in it is called by, in no particular order. Linear in its size.
 * `text`: of its document, in which the spans count.
 */
export function nameUsesOf({ root, kind }: Pick<AnalysedObject, 'root' | 'kind'>, text: string): readonly NameUse[] {
  const job: readonly string[] = kind === 'Job' ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  const uses: NameUse[] = [];
  const pod = nodeAt(root, [...job, 'template', 'spec']);
  for (const [list, name] of POD_LISTS) collect(uses, pod, [list, '*', 'name'], name, '', true);
  for (const list of CONTAINER_LISTS)
    for (const container of itemsOf(pod, list)) {
      const scope = nameOf(container);
      for (const [path, name, defines] of CONTAINER_NAMES)
        collect(uses, container, path, name, scopeOf(name, scope), defines);
      for (const path of EXPANDED) expansions(uses, container, path, scope, text);
    }
  collect(
    uses,
    pod,
    ['volumes', '*', 'downwardAPI', 'items', '*', 'resourceFieldRef', 'containerName'],
    'container',
    '',
    false,
  );
  const rule = [...job, 'podFailurePolicy', 'rules'];
  collect(uses, root, [...rule, '*', 'onExitCodes', 'containerName'], 'container', '', false);
  labels(uses, nodeAt(root, [...job, 'template', 'metadata', 'labels']), true);
  for (const path of SELECTORS) for (const found of nodesAt(nodeAt(root, job), path)) labels(uses, found, false);
  return uses;
}

/** The uses that mean the same thing as this one, itself included. */
export function sameName(uses: readonly NameUse[], one: NameUse): readonly NameUse[] {
  return uses.filter(({ kind, scope, name }) => kind === one.kind && scope === one.scope && name === one.name);
}

const CONTAINER_LISTS = ['containers', 'initContainers'];

const POD_LISTS: readonly (readonly [list: string, kind: NameKind])[] = [
  ['containers', 'container'],
  ['initContainers', 'container'],
  ['volumes', 'volume'],
  ['resourceClaims', 'claim'],
];

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HOOKS = ['postStart', 'preStop'];

/** Names inside a container, by their paths from it. `*` is every item of a list. */
const CONTAINER_NAMES: readonly (readonly [path: readonly string[], kind: NameKind, defines: boolean])[] = [
  [['volumeMounts', '*', 'name'], 'volume', false],
  [['volumeDevices', '*', 'name'], 'volume', false],
  [['resources', 'claims', '*', 'name'], 'claim', false],
  [['env', '*', 'valueFrom', 'resourceFieldRef', 'containerName'], 'container', false],
  [['env', '*', 'name'], 'variable', true],
  [['ports', '*', 'name'], 'port', true],
  ...PROBES.flatMap((probe) => [
    [[probe, 'httpGet', 'port'], 'port', false] as const,
    [[probe, 'tcpSocket', 'port'], 'port', false] as const,
  ]),
  ...HOOKS.flatMap((hook) => [
    [['lifecycle', hook, 'httpGet', 'port'], 'port', false] as const,
    [['lifecycle', hook, 'tcpSocket', 'port'], 'port', false] as const,
  ]),
];

/** Where the kubelet puts a variable's value in the place of `$(NAME)`. */
const EXPANDED: readonly (readonly string[])[] = [
  ['command', '*'],
  ['args', '*'],
  ['env', '*', 'value'],
  ['volumeMounts', '*', 'subPathExpr'],
];

/** Selectors over the pods' labels, by their paths from the Job's spec. */
const SELECTORS: readonly (readonly string[])[] = [
  ['selector', 'matchLabels'],
  ['template', 'spec', 'topologySpreadConstraints', '*', 'labelSelector', 'matchLabels'],
  ...['podAffinity', 'podAntiAffinity'].flatMap((affinity) => [
    [
      ...['template', 'spec', 'affinity', affinity, 'requiredDuringSchedulingIgnoredDuringExecution', '*'],
      ...['labelSelector', 'matchLabels'],
    ],
    [
      ...['template', 'spec', 'affinity', affinity, 'preferredDuringSchedulingIgnoredDuringExecution', '*'],
      ...['podAffinityTerm', 'labelSelector', 'matchLabels'],
    ],
  ]),
];

function scopeOf(kind: NameKind, container: string): string {
  return kind === 'port' || kind === 'variable' ? container : '';
}

function nameOf(container: ManifestNode): string {
  const value = entryOf(container, 'name')?.value;
  return value?.kind === 'scalar' ? String(value.value) : '';
}

function itemsOf(node: ManifestNode | undefined, list: string): readonly ManifestNode[] {
  const found = entryOf(node, list)?.value;
  return found?.kind === 'sequence' ? found.items : [];
}

function nodesAt(node: ManifestNode | undefined, path: readonly string[]): readonly ManifestNode[] {
  const [first, ...rest] = path;
  if (node === undefined || node.aliasOf !== undefined) return [];
  if (first === undefined) return [node];
  if (first === '*') return node.kind === 'sequence' ? node.items.flatMap((item) => nodesAt(item, rest)) : [];
  return nodesAt(entryOf(node, first)?.value, rest);
}

function collect(
  uses: NameUse[],
  from: ManifestNode | undefined,
  path: readonly string[],
  kind: NameKind,
  scope: string,
  defines: boolean,
): void {
  const parents = nodesAt(from, path.slice(0, -1));
  for (const parent of parents) {
    const value = entryOf(parent, path.at(-1)!)?.value;
    if (value?.kind !== 'scalar' || typeof value.value !== 'string' || value.aliasOf !== undefined) continue;
    const span = inside(value.span, value.style);
    uses.push({ kind, scope, name: value.value, span, defines, whole: defines ? parent.span : span });
  }
}

function inside(span: Span, style: string): Span {
  return style === 'single' || style === 'double' ? { start: span.start + 1, end: span.end - 1 } : span;
}

/** `$(NAME)` in a text that the kubelet expands; `$$(NAME)` is none. */
function expansions(
  uses: NameUse[],
  container: ManifestNode,
  path: readonly string[],
  scope: string,
  text: string,
): void {
  const inValueOfVariable = path[0] === 'env' ? { inValueOfVariable: true as const } : {};
  for (const node of nodesAt(container, path)) {
    if (node.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const written = asWritten(node, text);
    if (written === null) continue;
    for (const match of written.source.matchAll(/(\$*)\$\(([\w.-]+)\)/g)) {
      if (match[1]!.length % 2 === 1) continue;
      const at = written.start + match.index + match[1]!.length + 2;
      const span = { start: at, end: at + match[2]!.length };
      const common = { kind: 'variable', scope, name: match[2]!, span, defines: false, whole: span } as const;
      uses.push({ ...common, ...inValueOfVariable });
    }
  }
}

/** The stretch of the text that a scalar's content stands in; null where its signs are not those of the content. */
function asWritten(node: ScalarNode, text: string): { readonly source: string; readonly start: number } | null {
  if (node.source.length > LONGEST) return null;
  const { start, end } = inside(node.span, node.style);
  // A block differs from what it means by its indentation, which no name has in it.
  if (node.style === 'literal' || node.style === 'folded') {
    const head = text.indexOf('\n', start) + 1;
    return head === 0 || head > end ? null : { source: text.slice(head, end), start: head };
  }
  return end - start === node.source.length ? { source: node.source, start } : null;
}

const LONGEST = 10_000;

function labels(uses: NameUse[], map: ManifestNode | undefined, defines: boolean): void {
  if (map?.kind !== 'mapping' || map.aliasOf !== undefined) return;
  for (const { key, keySpan, value, merged } of map.entries) {
    const quotes = keySpan.end - keySpan.start - key.length;
    // A key with escapes, or one that came out of another mapping, stands nowhere as it is.
    if (merged === true || (quotes !== 0 && quotes !== 2)) continue;
    const span = { start: keySpan.start + quotes / 2, end: keySpan.end - quotes / 2 };
    const whole = defines ? { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) } : span;
    uses.push({ kind: 'label', scope: '', name: key, span, defines, whole, value });
  }
}
