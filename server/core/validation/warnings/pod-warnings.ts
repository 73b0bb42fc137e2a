import type {
  Container,
  NodeSelectorTerm,
  PodAffinity,
  PodSpec,
  PodTemplateSpec,
} from '../../kubernetes/generated/types.ts';
import { canonicalIpAddress } from '../../kubernetes/ip-address.ts';
import { labelValueProblems } from '../../kubernetes/names.ts';
import { formatQuantity, scaledQuantity } from '../../kubernetes/quantity.ts';
import { quoteText } from '../../kubernetes/text.ts';
import type { Fix } from '../../manifest/edit.ts';
import { formatPath, type FieldPath } from '../../manifest/path.ts';
import type { Report } from '../report.ts';
import { readAmounts, type ResourceList } from '../resources.ts';
import { warnOfAnnotations } from './annotation-warnings.ts';
import { warnOfPorts } from './port-warnings.ts';
import { warnOfVolumes } from './volume-warnings.ts';

/** Labels of nodes that later ones replaced. */
const OLD_NODE_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'app.kubernetes.io/created-by': 'deprecated since v1.9',
  'scheduler.alpha.kubernetes.io/preferAvoidPods': 'deprecated since v1.22; use Taints and Tolerations instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** A container with the path of its place. */
export interface PlacedContainer {
  readonly container: Container;
  readonly at: FieldPath;
}

/** Containers in the server's order: init containers first. */
export function containersOf(spec: PodSpec, at: FieldPath): PlacedContainer[] {
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ container, at: [...at, list, index] })),
  );
}

/** Says `path: what` about a field. */
export function warnAt(path: FieldPath, what: string, report: Report, fixes: readonly Fix[] = []): void {
  if (!report.full) report.warn(path, `${formatPath(path)}: ${what}`, fixes);
}

/** What the server warns of in a pod template that it accepts; `at` is the template. */
export function warnOfPodTemplate(template: PodTemplateSpec, at: FieldPath, report: Report): void {
  const spec = template.spec ?? {};
  const place: FieldPath = [...at, 'spec'];
  warnOfNodeLabels(spec, place, report);
  warnOfAnnotations(template, at, report);
  warnOfVolumes(spec.volumes ?? [], [...place, 'volumes'], report);
  warnOfRepeats(spec, place, report);
  warnOfFractions(spec.overhead, [...place, 'overhead'], report);
  for (const { container, at: own } of containersOf(spec, place)) {
    warnOfFractions(container.resources?.limits, [...own, 'resources', 'limits'], report);
    warnOfFractions(container.resources?.requests, [...own, 'resources', 'requests'], report);
    warnOfHiddenVariables(container, [...own, 'env'], report);
  }
  warnOfPorts(spec, place, report);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnAt(
      [...place, 'terminationGracePeriodSeconds'],
      'must be >= 0; negative values are invalid and will be treated as 1',
      report,
    );
  warnOfNullSelectors(spec, place, report);
  for (const [index, address] of (spec.dnsConfig?.nameservers ?? []).entries())
    warnOfAddress(address, [...place, 'dnsConfig', 'nameservers', index], report);
  for (const [index, { ip = '' }] of (spec.hostAliases ?? []).entries())
    warnOfAddress(ip, [...place, 'hostAliases', index, 'ip'], report);
}

function warnOfNodeLabels(spec: PodSpec, at: FieldPath, report: Report): void {
  for (const key of Object.keys(spec.nodeSelector ?? {}))
    if (Object.hasOwn(OLD_NODE_LABELS, key)) warnAt([...at, 'nodeSelector', { key }], OLD_NODE_LABELS[key]!, report);
  const affinity = spec.affinity?.nodeAffinity;
  const place: FieldPath = [...at, 'affinity', 'nodeAffinity'];
  for (const [index, term] of (affinity?.[REQUIRED]?.nodeSelectorTerms ?? []).entries())
    warnOfTerm(term, false, [...place, REQUIRED, 'nodeSelectorTerms', index], report);
  for (const [index, { preference = {} }] of (affinity?.[PREFERRED] ?? []).entries())
    warnOfTerm(preference, true, [...place, PREFERRED, index, 'preference'], report);
  for (const [index, { topologyKey = '' }] of (spec.topologySpreadConstraints ?? []).entries())
    warnOfOldLabel(topologyKey, [...at, 'topologySpreadConstraints', index, 'topologyKey'], report);
}

function warnOfOldLabel(key: string, at: FieldPath, report: Report): void {
  if (Object.hasOwn(OLD_NODE_LABELS, key)) warnAt(at, `${key} is ${OLD_NODE_LABELS[key]!}`, report);
}

function warnOfTerm(term: NodeSelectorTerm, withValues: boolean, at: FieldPath, report: Report): void {
  for (const [index, { key = '', values = [] }] of (term.matchExpressions ?? []).entries()) {
    const place: FieldPath = [...at, 'matchExpressions', index];
    warnOfOldLabel(key, [...place, 'key'], report);
    if (!withValues) continue;
    for (const [valueIndex, value] of values.entries())
      for (const problem of labelValueProblems(value))
        warnAt([...place, 'values', valueIndex], `${value} is invalid, ${problem}`, report);
  }
}

function warnOfRepeats(spec: PodSpec, at: FieldPath, report: Report): void {
  const repeats = (values: readonly string[], say: (index: number, value: string) => void): void => {
    const seen = new Set<string>();
    for (const [index, value] of values.entries())
      if (seen.has(value)) say(index, value);
      else seen.add(value);
  };
  const addresses = (spec.hostAliases ?? []).map(({ ip = '' }) => ip);
  repeats(addresses, (index, ip) =>
    warnAt([...at, 'hostAliases', index, 'ip'], `duplicate ip ${quoteText(ip)}`, report),
  );
  const secrets = (spec.imagePullSecrets ?? []).map(({ name = '' }) => name);
  const secret = (index: number): FieldPath => [...at, 'imagePullSecrets', index, 'name'];
  repeats(secrets, (index, name) => warnAt(secret(index), `duplicate name ${quoteText(name)}`, report));
  for (const [index, name] of secrets.entries())
    if (name === '') warnAt(secret(index), 'invalid empty name ""', report);
}

/** Bytes are counted in whole numbers; `100m` of memory was probably meant to be mega. */
function warnOfFractions(list: ResourceList | undefined, at: FieldPath, report: Report): void {
  const amounts = readAmounts(list);
  for (const key of ['memory', 'ephemeral-storage']) {
    const amount = amounts.get(key);
    if (amount !== undefined && scaledQuantity(amount, -3) % 1000n !== 0n)
      warnAt(
        [...at, { key }],
        `fractional byte value ${quoteText(formatQuantity(amount))} is invalid, must be an integer`,
        report,
      );
  }
}

/** A second variable of a name hides the first, unless its value refers to it. */
function warnOfHiddenVariables({ env = [] }: Container, at: FieldPath, report: Report): void {
  const names = new Map<string, number>();
  for (const [index, { name = '', value = '', valueFrom }] of env.entries()) {
    const reference = `$(${name})`;
    const extends_ = valueFrom === undefined && value !== reference && value.includes(reference);
    const hidden = names.get(name);
    if (hidden !== undefined && !extends_)
      warnAt(
        [...at, index],
        `hides previous definition of ${quoteText(name)}, which may be dropped when using apply`,
        report,
        [{ title: `Remove the ${name} that is hidden`, edits: [{ kind: 'remove', path: [...at, hidden] }] }],
      );
    names.set(name, index);
  }
}

function warnOfNullSelectors(spec: PodSpec, at: FieldPath, report: Report): void {
  const says = 'a null labelSelector results in matching no pod';
  for (const [index, { labelSelector }] of (spec.topologySpreadConstraints ?? []).entries())
    if (labelSelector === undefined) warnAt([...at, 'topologySpreadConstraints', index, 'labelSelector'], says, report);
  for (const field of ['podAffinity', 'podAntiAffinity'] as const) {
    const affinity: PodAffinity = spec.affinity?.[field] ?? {};
    const place: FieldPath = [...at, 'affinity', field];
    for (const [index, { labelSelector }] of (affinity[REQUIRED] ?? []).entries())
      if (labelSelector === undefined) warnAt([...place, REQUIRED, index, 'labelSelector'], says, report);
    for (const [index, { podAffinityTerm }] of (affinity[PREFERRED] ?? []).entries())
      if (podAffinityTerm?.labelSelector === undefined)
        warnAt([...place, PREFERRED, index, 'podAffinityTerm', 'labelSelector'], says, report);
  }
}

function warnOfAddress(address: string, at: FieldPath, report: Report): void {
  const canonical = canonicalIpAddress(address);
  if (canonical !== address)
    warnAt(
      at,
      `IPv6 address ${quoteText(address)} should be in RFC 5952 canonical format (${quoteText(canonical)})`,
      report,
    );
}
