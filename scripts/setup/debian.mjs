// Programs that come as Debian packages: installed where that is ours to do, named where it is not.
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** @returns {boolean} true on Debian (or a system of its kind) as root */
export function mayInstallDebianPackages() {
  return process.platform === 'linux' && existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/**
 * Makes sure that a program exists.
 * @param {{ candidates: readonly string[], package: string, purpose: string }} need candidates: absolute paths where it may be
 * @returns {Promise<string | null>} the program's path, or null after saying what to install
 */
export async function requireProgram({ candidates, package: name, purpose }) {
  const found = () => candidates.find((path) => existsSync(path)) ?? null;
  const present = found();
  if (present !== null) return present;
  if (!mayInstallDebianPackages()) {
    console.error(`${purpose} needs the program of the Debian package "${name}", which is not installed.`);
    return null;
  }
  console.log(`Installing the Debian package "${name}" (${purpose}).`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-qq'], { capture: true, env });
  const installed = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], {
    capture: true,
    env,
  });
  if (found() === null)
    console.error(`${updated.output}${installed.output}\nCould not install the Debian package "${name}".`);
  return found();
}
