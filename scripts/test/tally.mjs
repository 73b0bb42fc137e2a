// How a suite went. The whole run is the sum.

/**
 * @typedef {{ passed: number, failed: number, skipped: string[] }} Tally
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: [] };
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: [...all.skipped, ...one.skipped],
    }),
    emptyTally(),
  );
}

/**
 * Runs programs as one test each: exit status 0 passes.
 * @param {readonly { name: string, command(): Promise<{ code: number }> }[]} checks
 * @returns {Promise<Tally>}
 */
export async function checks(checks) {
  const tally = emptyTally();
  for (const { name, command } of checks) {
    const { code } = await command();
    if (code === 0) tally.passed++;
    else {
      tally.failed++;
      console.log(`FAILED ${name}`);
    }
  }
  return tally;
}
