/**
 * Polls until `probe` yields something other than undefined or null, and returns it. Fails with what was last seen
 * after `patience` milliseconds.
 */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  patience = 30_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + patience;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value !== undefined && value !== null) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) throw new Error(`waited ${patience / 1000} s for ${what}; last: ${String(last)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
