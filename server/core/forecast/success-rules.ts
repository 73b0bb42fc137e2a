import type { JobSpec } from '../kubernetes/generated/types.ts';
import { parseIndexList } from '../kubernetes/index-list.ts';

/** When one rule of `spec.successPolicy` ends the Job as Complete. */
export interface SuccessRuleReading {
  /** 0-based place in `spec.successPolicy.rules`. */
  readonly rule: number;
  /** The indexes that count, as written (`0,2-4`); null: all of them count. */
  readonly among: string | null;
  /** How many of those must have succeeded. */
  readonly needed: number;
  /** How many there are. */
  readonly total: number;
}

/** Reads `spec.successPolicy`; rules that say nothing, or whose index list cannot be read, are left out. */
export function readSuccessRules(spec: JobSpec): SuccessRuleReading[] {
  const completions = spec.completions ?? 0;
  const readings: SuccessRuleReading[] = [];
  for (const [rule, { succeededIndexes: among, succeededCount: count }] of (
    spec.successPolicy?.rules ?? []
  ).entries()) {
    // No rule is met before the first success, so a count of 0 means 1.
    if (among === undefined) {
      if (count !== undefined) readings.push({ rule, among: null, needed: Math.max(count, 1), total: completions });
      continue;
    }
    const list = parseIndexList(among, completions);
    if ('problem' in list) continue;
    readings.push({ rule, among, needed: Math.max(count ?? list.total, 1), total: list.total });
  }
  return readings;
}
