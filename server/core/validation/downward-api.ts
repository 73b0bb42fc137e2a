import type { ObjectFieldSelector, ResourceFieldSelector } from '../kubernetes/generated/types.ts';
import { qualifiedNameProblems } from '../kubernetes/names.ts';
import { formatQuantity, isQuantity, parseQuantity } from '../kubernetes/quantity.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { Report } from './report.ts';

/** Pod fields that an environment variable can take. */
export const ENV_FIELDS: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Pod fields that a file of a downwardAPI volume can hold. */
export const FILE_FIELDS: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
/** Names that the server can read at all, whatever it then allows. */
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...FILE_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);
/** The old name of spec.nodeName, still read. */
const OLD_NODE_NAME = 'spec.host';

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const HUGE_PAGES = /^(?:requests|limits)\.hugepages-/;
const BYTE_DIVISORS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];
const BYTE_NAMES: Readonly<Record<string, string>> = {
  memory: 'memory',
  'ephemeral-storage': 'local ephemeral storage',
};

/** A `fieldRef`: one of `fields`, or one label or annotation of the pod (`metadata.labels['app']`). */
export function checkFieldRef(
  ref: ObjectFieldSelector,
  fields: readonly string[],
  at: FieldPath,
  report: Report,
): void {
  const { apiVersion = '', fieldPath = '' } = ref;
  const place = [...at, 'fieldPath'];
  const unreadable = (why: string): void => report.invalid(place, fieldPath, `error converting fieldPath: ${why}`);
  if (fieldPath === '') {
    report.required(place);
    return;
  }
  if (apiVersion !== '' && apiVersion !== 'v1') {
    unreadable(`unsupported pod version: ${apiVersion}`);
    return;
  }
  const subscript = /^([\s\S]+?)\['([\s\S]*)'\]$/.exec(fieldPath);
  if (subscript !== null) {
    const [, map = '', key = ''] = subscript;
    if (map === 'metadata.annotations') report.names(at, key.toLowerCase(), qualifiedNameProblems(key.toLowerCase()));
    else if (map === 'metadata.labels') report.names(at, key, qualifiedNameProblems(key));
    else unreadable(`field label does not support subscript: ${fieldPath}`);
    return;
  }
  const field = fieldPath === OLD_NODE_NAME ? 'spec.nodeName' : fieldPath;
  if (!KNOWN_FIELDS.has(field)) {
    unreadable(`field label not supported: ${fieldPath}`);
    return;
  }
  if (!fields.includes(field)) report.notSupported(place, field, fields);
}

/** A `resourceFieldRef`; a file of a volume has to name the container, a variable means its own. */
export function checkResourceFieldRef(
  ref: ResourceFieldSelector,
  usedBy: 'env' | 'file',
  at: FieldPath,
  report: Report,
): void {
  const { containerName = '', resource = '', divisor } = ref;
  if (usedBy === 'file' && containerName === '') report.required([...at, 'containerName']);
  else if (resource === '') report.required([...at, 'resource']);
  else if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource))
    report.notSupported([...at, 'resource'], resource, RESOURCES);
  if (divisor !== undefined) checkDivisor(divisor, resource, [...at, 'divisor'], report);
}

function checkDivisor(divisor: string | number, resource: string, at: FieldPath, report: Report): void {
  const quantity = parseQuantity(divisor);
  if (!isQuantity(quantity) || quantity.unscaled === 0n) return;
  const text = formatQuantity(quantity);
  const kind = resource.replace(/^(?:limits|requests)\./, '');
  if (resource === `limits.${kind}` || resource === `requests.${kind}`) {
    if (kind === 'cpu' && text !== '1m' && text !== '1')
      report.invalid(at, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
    const bytes = kind.startsWith('hugepages-') ? 'hugepages' : BYTE_NAMES[kind];
    if (bytes !== undefined && !BYTE_DIVISORS.includes(text))
      report.invalid(
        at,
        resource,
        `only divisor's values ${BYTE_DIVISORS.join(', ')} are supported with the ${bytes} resource`,
      );
  }
}
