import type { ResourceCost } from './resource-cost.ts';

/** What is requested at all, over time: `3 CPU-hours`, `12 GiB-hours`; empty where the template requests nothing. */
export function hoursInWords({
  cpuHours,
  gibHours,
  gpuHours,
}: Pick<ResourceCost, 'cpuHours' | 'gibHours' | 'gpuHours'>): readonly string[] {
  return [...amount(cpuHours, 'CPU-hours'), ...amount(gibHours, 'GiB-hours'), ...amount(gpuHours, 'GPU-hours')];
}

/** What is requested at once, to be held against a quota: `4 CPU`, `16 GiB`. */
export function peakInWords({ cpu, gib, gpu }: ResourceCost['peak']): readonly string[] {
  return [...amount(cpu, 'CPU'), ...amount(gib, 'GiB'), ...amount(gpu, 'GPU')];
}

/** A figure in three digits. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function amount(value: number, unit: string): readonly string[] {
  return value > 0 ? [`${rounded(value)} ${unit}`] : [];
}
