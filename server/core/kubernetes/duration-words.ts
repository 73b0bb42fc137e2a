const UNITS: readonly (readonly [seconds: number, sign: string])[] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/**
 * A length of time for people: `0 s`, `45 s`, `10 min`, `1 h 30 min`, `5 d 4 h`: the two largest units, rounded down
 * to the second one. Takes seconds.
 */
export function sayDuration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  const at = UNITS.findIndex(([unit]) => seconds >= unit);
  const unit = UNITS[at];
  if (unit === undefined) return '0 s';
  const whole = Math.floor(seconds / unit[0]);
  const next = UNITS[at + 1];
  const rest = next === undefined ? 0 : Math.floor((seconds - whole * unit[0]) / next[0]);
  return next === undefined || rest === 0 ? `${whole} ${unit[1]}` : `${whole} ${unit[1]} ${rest} ${next[1]}`;
}
