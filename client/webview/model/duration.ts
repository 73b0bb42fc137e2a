/**
 * Seconds as a person writes them, without ambiguity: `0 s`, `4.5 s`, `1 min 30 s`, `2 h 5 min`, `3 d 4 h`.
 * Tenths are kept under a minute only; the two largest units otherwise. Negative and non-finite values read `–`.
 */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < -0.05) return '–';
  const tenths = Math.round(Math.max(0, seconds) * 10) / 10;
  if (tenths < 60) return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(whole / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A count in words: `1 pod`, `10,000 pods`. Both ways to say it hold the number's place, `{0}`. */
export function plural(count: number, one: string, many: string): string {
  return (count === 1 ? one : many).replaceAll('{0}', formatCount(count));
}

/** A whole number with thousands separators, the same in every locale. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
