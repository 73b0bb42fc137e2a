// Where downloads and builds for tests are kept between runs: outside the repository and outside the dependencies.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Absolute path of a folder or file in Jobwright's cache. `JOBWRIGHT_CACHE` moves the whole cache. */
export function cachePath(...parts) {
  const base =
    process.env.JOBWRIGHT_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'jobwright');
  return join(base, ...parts);
}
