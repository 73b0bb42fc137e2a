/** The seed of tests that play something else each day. */
import process from 'node:process';

/** `JOBWRIGHT_SEED`, to play again what a test has printed; else the date, so that a day's runs are alike. */
export function liveSeed(): number {
  const given = Number(process.env['JOBWRIGHT_SEED'] ?? '');
  if (Number.isSafeInteger(given) && given > 0) return given;
  return Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
}
