import { formatQuantity, isQuantity, parseQuantity, quantityNumber } from '../../core/kubernetes/quantity.ts';

/** Units for amounts of bytes, largest first. */
const BYTES: readonly (readonly [bytes: number, sign: string])[] = [
  [1024 ** 4, 'TiB'],
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
];

/**
 * What a resource amount comes to, in plain text: normalised, and for all pods that run at once. `resource` is its name
 * (`cpu`, `memory`, `nvidia.com/gpu`). Empty for what is no quantity.
 */
export function tellQuantity(resource: string, value: string | number | bigint, pods: number): readonly string[] {
  const quantity = parseQuantity(value);
  if (!isQuantity(quantity)) return [];
  const amount = quantityNumber(quantity);
  const canonical = formatQuantity(quantity);
  const said = sayAmount(resource, amount);
  const told = [
    canonical === String(value) ? `${canonical} is ${said}.` : `${canonical} (as the server writes it) is ${said}.`,
  ];
  if (pods > 1) told.push(`For ${pods} pods at once: ${sayAmount(resource, amount * pods)}.`);
  if (resource === 'memory' && canonical.endsWith('m'))
    told.push('The suffix m means thousandths: for mebibytes write Mi.');
  return told;
}

function sayAmount(resource: string, amount: number): string {
  if (resource === 'cpu') return `${round(amount)} ${amount === 1 ? 'core' : 'cores'}`;
  if (resource === 'memory' || resource.endsWith('storage') || resource.startsWith('hugepages-')) {
    const unit = BYTES.find(([bytes]) => amount >= bytes);
    return unit === undefined ? `${round(amount)} bytes` : `${round(amount / unit[0])} ${unit[1]}`;
  }
  return `${round(amount)} of ${resource}`;
}

function round(amount: number): string {
  return String(Number(amount.toPrecision(4)));
}
