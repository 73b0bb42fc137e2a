const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads a scenario's duration: a number is seconds, a string is parts with units (`90s`, `5m`, `1h30m`, `1.5h`, `2d`,
 * `200ms`) or a plain number. Returns seconds, or null for what is no duration. Negative only where the number is.
 */
export function readDuration(value: unknown): number | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^[+-]?[0-9]+(\.[0-9]+)?$/.test(text)) return Number(text);
  const match = /^([+-]?)((?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d))+)$/.exec(text);
  if (match === null) return null;
  let seconds = 0;
  for (const [, number, unit] of match[2]!.matchAll(/([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)/g))
    seconds += Number(number) * UNIT_SECONDS[unit!]!;
  return match[1] === '-' ? -seconds : seconds;
}
