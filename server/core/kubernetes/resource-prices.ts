/** Prices of an hour of a resource, in any currency. */
export interface ResourcePrices {
  readonly cpuHour?: number;
  readonly gibHour?: number;
  readonly gpuHour?: number;
}

/** How settings and the command line name them: cpu, memory and gpu. */
export const PRICED: Readonly<Record<string, keyof ResourcePrices>> = {
  cpu: 'cpuHour',
  memory: 'gibHour',
  gpu: 'gpuHour',
};

/** Takes what is a price from settings of any shape: `{"cpu": 0.03}`. */
export function readPrices(written: unknown): ResourcePrices {
  if (typeof written !== 'object' || written === null) return {};
  const values: Readonly<Record<string, unknown>> = { ...written };
  return Object.fromEntries(
    Object.entries(PRICED)
      .map(([name, field]) => [field, values[name]] as const)
      .filter(([, value]) => typeof value === 'number' && Number.isFinite(value) && value >= 0),
  );
}
