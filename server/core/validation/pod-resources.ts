import type { Container, PodSpec } from '../kubernetes/generated/types.ts';
import { addQuantities, compareQuantities, formatQuantity, type Quantity } from '../kubernetes/quantity.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { PodContext } from './pod-context.ts';
import type { Report } from './report.ts';
import {
  checkResourceName,
  checkResources,
  isHugePages,
  readAmounts,
  type NameCheck,
  type ResourceList,
} from './resources.ts';

const POD_RESOURCES = ['cpu', 'hugepages-', 'memory'];

type Amounts = ReadonlyMap<string, Quantity>;

/** `resources` of the pod as a whole, and its `overhead`; `at` is the pod's spec. */
export function checkPodResources(spec: PodSpec, pod: PodContext, at: FieldPath, report: Report): void {
  checkOverhead(spec.overhead, pod, [...at, 'overhead'], report);
  const { resources } = spec;
  if (resources === undefined) return;
  const place: FieldPath = [...at, 'resources'];
  if (pod.os === 'windows') {
    report.forbidden(place, 'may not be set for a windows pod');
    return;
  }
  if (resources.claims !== undefined)
    report.forbidden([...place, 'claims'], 'claims may not be set for Resources at pod-level');
  checkResources(resources, pod, place, report, checkPodResourceName);
  checkAgainstContainers(spec, place, report);
}

/** What the runtime itself costs; the server judges it as the limits of a container. */
function checkOverhead(overhead: ResourceList | undefined, pod: PodContext, at: FieldPath, report: Report): void {
  if (overhead !== undefined) checkResources({ limits: overhead }, pod, at, report);
}

const checkPodResourceName: NameCheck = (name, at, report) => {
  if (!checkResourceName(name, at, report)) return;
  if (name !== 'cpu' && name !== 'memory' && !isHugePages(name))
    report.notSupported(at, name, POD_RESOURCES, { fixes: [] });
};

/** The containers together may not ask for more than the pod, and none may have a higher limit. */
function checkAgainstContainers(spec: PodSpec, at: FieldPath, report: Report): void {
  const requests = readAmounts(spec.resources?.requests);
  const limits = readAmounts(spec.resources?.limits);
  const compare = (all: Amounts, own: Amounts, side: 'requests' | 'limits', only: (name: string) => boolean): void => {
    for (const [name, total] of all) {
      const amount = own.get(name);
      if (amount === undefined || !only(name) || compareQuantities(total, amount) <= 0) continue;
      report.invalid(
        [...at, side, { key: name }],
        formatQuantity(amount),
        `must be greater than or equal to aggregate container ${side} of ${formatQuantity(total)}`,
      );
    }
  };
  compare(aggregate(spec, 'requests'), requests, 'requests', () => true);
  compare(aggregate(spec, 'limits'), limits, 'limits', isHugePages);
  for (const [index, container] of (spec.containers ?? []).entries())
    for (const [name, limit] of readAmounts(container.resources?.limits)) {
      const most = limits.get(name);
      if (most === undefined || compareQuantities(limit, most) <= 0) continue;
      // The server's path: under the pod's resources, the resource before the side.
      report.invalid(
        [...at, 'containers', index, { key: name }, 'limits'],
        formatQuantity(limit),
        `must be less than or equal to pod limits of ${formatQuantity(most)}`,
        { shownAt: [...at.slice(0, -1), 'containers', index, 'resources', 'limits', { key: name }] },
      );
    }
}

/** What the pod needs at its peak: all containers and sidecars, or an init container beside the sidecars before it. */
function aggregate(spec: PodSpec, side: 'requests' | 'limits'): Amounts {
  const amountsOf = (container: Container): Amounts => readAmounts(container.resources?.[side]);
  let total: Amounts = new Map();
  for (const container of spec.containers ?? []) total = plus(total, amountsOf(container));
  let sidecars: Amounts = new Map();
  let peak: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const amounts = amountsOf(container);
    if (container.restartPolicy === 'Always') {
      total = plus(total, amounts);
      sidecars = plus(sidecars, amounts);
      peak = most(peak, sidecars);
    } else peak = most(peak, plus(amounts, sidecars));
  }
  return most(total, peak);
}

function plus(a: Amounts, b: Amounts): Amounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const before = sum.get(name);
    sum.set(name, before === undefined ? amount : addQuantities(before, amount));
  }
  return sum;
}

function most(a: Amounts, b: Amounts): Amounts {
  const greater = new Map(a);
  for (const [name, amount] of b) {
    const before = greater.get(name);
    if (before === undefined || compareQuantities(amount, before) > 0) greater.set(name, amount);
  }
  return greater;
}
