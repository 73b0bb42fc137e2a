// Installs the npm dependencies when they are missing or older than the lockfile.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from './run.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const stamp = `${root}node_modules/.jobwright-lock`;

/** Ends the process with a clear line when npm cannot install. */
export async function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex');
  let have = '';
  try {
    have = readFileSync(stamp, 'utf8');
  } catch {
    // Never installed by us.
  }
  if (have === wanted) return;
  console.log('Installing the npm dependencies (once, and again when the lockfile changes).');
  // Install scripts stay off: nothing here needs them but esbuild, whose platform package works without.
  const { code, output } = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    capture: true,
  });
  if (code !== 0) {
    console.error(output);
    console.error('npm could not install the dependencies; see above.');
    process.exit(2);
  }
  writeFileSync(stamp, wanted);
}
