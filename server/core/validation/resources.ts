import type { ResourceClaim, ResourceRequirements } from '../kubernetes/generated/types.ts';
import { dnsLabelProblems, qualifiedNameProblems } from '../kubernetes/names.ts';
import {
  compareQuantities,
  formatQuantity,
  isQuantity,
  parseQuantity,
  quantitySign,
  roundQuantityUp,
  scaledQuantity,
  type Quantity,
} from '../kubernetes/quantity.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';

/** Amounts by resource name, as manifests write them. */
export type ResourceList = Readonly<Record<string, string | number>>;
export type NameCheck = (name: string, at: FieldPath, report: Report) => void;

const CONTAINER_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/** Names without a domain that mean something somewhere in the API, so that they fail later and otherwise. */
const STANDARD_RESOURCES = new Set([
  ...CONTAINER_RESOURCES,
  ...['requests', 'limits'].flatMap((side) => CONTAINER_RESOURCES.map((name) => `${side}.${name}`)),
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'storage',
  'requests.storage',
  'services.nodeports',
  'services.loadbalancers',
]);
const COUNTED_RESOURCES = new Set(
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'.split(
    ' ',
  ),
);
const HUGE_PAGES = 'hugepages-';
/** The server stores amounts in thousandths, rounded up. */
const MILLI = -3;

/** The amounts of a list, rounded as the server stores them; what is no quantity is left out (decoding reports it). */
export function readAmounts(list: ResourceList | undefined): ReadonlyMap<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [name, source] of Object.entries(list ?? {})) {
    const quantity = parseQuantity(source);
    if (isQuantity(quantity)) amounts.set(name, roundQuantityUp(quantity, MILLI));
  }
  return amounts;
}

/** `resources` of a container, or of whatever has names of its own to check. */
export function checkResources(
  resources: ResourceRequirements | undefined,
  pod: PodContext,
  at: FieldPath,
  report: Report,
  checkName: NameCheck = checkContainerResourceName,
): void {
  checkAmounts(resources, checkName, at, report);
  checkClaims(resources?.claims ?? [], pod.claims, [...at, 'claims'], report);
}

/** Limits and requests: names, amounts, and requests against limits. */
function checkAmounts(
  resources: ResourceRequirements | undefined,
  checkName: NameCheck,
  at: FieldPath,
  report: Report,
): void {
  const limits = readAmounts(resources?.limits);
  const requests = readAmounts(resources?.requests);
  for (const [name, amount] of limits) checkAmountOf(name, amount, checkName, [...at, 'limits', { key: name }], report);
  for (const [name, amount] of requests) {
    checkAmountOf(name, amount, checkName, [...at, 'requests', { key: name }], report);
    checkAgainstLimit(name, amount, limits.get(name), at, report);
  }
  const names = [...limits.keys(), ...requests.keys()];
  if (names.some(isHugePages) && !names.some((name) => name === 'cpu' || name === 'memory'))
    report.forbidden(at, 'HugePages require cpu or memory', { fixes: [] });
}

function checkAmountOf(name: string, amount: Quantity, checkName: NameCheck, at: FieldPath, report: Report): void {
  checkName(name, at, report);
  checkAmount(name, amount, at, report);
  if (isHugePages(name) && !fillsHugePages(name, amount))
    report.invalid(at, formatQuantity(amount), `${formatQuantity(amount)} is not positive integer multiple of ${name}`);
}

/** An amount of a resource: not negative, and whole where the resource is counted. */
export function checkAmount(name: string, amount: Quantity, at: FieldPath, report: Report): void {
  const text = formatQuantity(amount);
  if (quantitySign(amount) < 0) report.invalid(at, text, 'must be greater than or equal to 0');
  const counted = COUNTED_RESOURCES.has(name) || isExtended(name);
  if (counted && scaledQuantity(amount, MILLI) % 1000n !== 0n) report.invalid(at, text, 'must be an integer');
}

function checkAgainstLimit(
  name: string,
  request: Quantity,
  limit: Quantity | undefined,
  at: FieldPath,
  report: Report,
): void {
  const overcommits = isNative(name) && !isHugePages(name);
  if (limit === undefined) {
    if (!overcommits)
      report.required([...at, 'limits'], 'Limit must be set for non overcommitable resources', {
        shownAt: [...at, 'requests', { key: name }],
        fixes: [
          {
            title: `Set the limit of ${name} to its request`,
            edits: [{ kind: 'set', path: [...at, 'limits', { key: name }], value: formatQuantity(request) }],
            preferred: true,
          },
        ],
      });
    return;
  }
  const order = compareQuantities(request, limit);
  const shownAt = [...at, 'requests', { key: name }];
  const say = (how: string): void =>
    report.invalid(
      [...at, 'requests'],
      formatQuantity(request),
      `must be ${how} ${name} limit of ${formatQuantity(limit)}`,
      { shownAt },
    );
  if (order !== 0 && !overcommits) say('equal to');
  else if (order > 0) say('less than or equal to');
}

/** A resource that a container may ask for. */
function checkContainerResourceName(name: string, at: FieldPath, report: Report): void {
  checkResourceName(name, at, report);
  if (!name.includes('/')) {
    if (!CONTAINER_RESOURCES.includes(name) && !isHugePages(name))
      report.invalid(at, name, 'must be a standard resource for containers');
  } else if (!isNative(name) && !isExtended(name)) {
    report.invalid(at, name, "doesn't follow extended resource name standard");
  }
}

/** The name of a resource anywhere; true when it is in order. */
export function checkResourceName(name: string, at: FieldPath, report: Report): boolean {
  const problems = qualifiedNameProblems(name);
  report.names(at, name, problems);
  if (problems.length > 0) return false;
  if (name.includes('/') || STANDARD_RESOURCES.has(name) || isHugePages(name.replace(/^requests\./, ''))) return true;
  report.invalid(at, name, 'must be a standard resource type or fully qualified');
  return false;
}

function checkClaims(
  claims: readonly ResourceClaim[],
  known: ReadonlySet<string>,
  at: FieldPath,
  report: Report,
): void {
  const taken = new Set<string>();
  const requested = new Set<string>();
  for (const [index, { name = '', request = '' }] of claims.entries()) {
    const place = [...at, index];
    if (name === '') {
      report.required(place);
      continue;
    }
    if (taken.has(name)) report.duplicate(place, name);
    else {
      if (request !== '') report.names([...place, 'request'], request, dnsLabelProblems(request));
      const key = request === '' ? name : `${name}/${request}`;
      const overlaps = request === '' ? requested.has(name) : taken.has(key);
      if (overlaps) report.duplicate(place, key);
      taken.add(key);
      // The server takes what stands before the first slash for the claim, also in a name that must not have one.
      if (key.includes('/')) requested.add(key.slice(0, key.indexOf('/')));
    }
    const names = known.size === 0 ? ' which is empty' : `: ${[...known].sort().join(', ')}`;
    if (!known.has(name)) report.notFound(place, name, `must be one of the names in pod.spec.resourceClaims${names}`);
  }
}

export function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES);
}

function fillsHugePages(name: string, amount: Quantity): boolean {
  const page = parseQuantity(name.slice(HUGE_PAGES.length));
  if (!isQuantity(page) || quantitySign(page) <= 0 || scaledQuantity(page, MILLI) % 1000n !== 0n) return false;
  const bytes = scaledQuantity(page, 0);
  return bytes !== 0n && scaledQuantity(amount, 0) % bytes === 0n;
}

/** Kubernetes' own resources: no domain, or one of its own. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Resources of a vendor's domain, counted in whole pieces. */
function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameProblems(`requests.${name}`).length === 0;
}
