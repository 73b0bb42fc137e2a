/**
 * Builds etcd, kube-apiserver and kube-controller-manager (one binary, see
 * control-plane/main.go) and keeps it outside the repository, so that only the
 * first run on a machine pays for the compilation.
 */
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { availableParallelism, constants, homedir, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const moduleFolder = fileURLToPath(new URL('./control-plane/', import.meta.url));
const executableSuffix = process.platform === 'win32' ? '.exe' : '';

/** Thrown when the machine has no Go, or one that is too old; the message says what to install. */
export class GoMissing extends Error {
  override name = 'GoMissing';
}

/** Folder of everything that tests download or build: outside the repository and outside node_modules. */
export function cacheFolder(): string {
  const given = process.env['JOBWRIGHT_CACHE'];
  if (given) return given;
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'jobwright');
}

function goCandidates(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const goroot = process.env['GOROOT'];
  if (goroot) folders.unshift(join(goroot, 'bin'));
  folders.push('/usr/local/go/bin', join(homedir(), 'go', 'bin'), '/opt/homebrew/bin');
  return folders.map((folder) => join(folder, `go${executableSuffix}`));
}

function run(file: string, args: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { cwd: moduleFolder }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, out: `${stdout}${stderr}`.trim() });
    });
  });
}

/**
 * Path of a Go that can build the control plane.
 * @throws GoMissing when there is none; the message is fit to be printed as it is
 */
export async function findGo(): Promise<string> {
  const go = goCandidates().find((file) => existsSync(file));
  if (go === undefined) {
    throw new GoMissing(
      'Go 1.26 or later is needed for the cluster suite: no `go` was found on PATH. Install it from go.dev/dl.',
    );
  }
  // Inside the module's folder an older Go either fetches the toolchain that go.mod names, or says that it may not.
  const version = await run(go, ['version']);
  if (version.code !== 0) {
    throw new GoMissing(`Go 1.26 or later is needed for the cluster suite: ${go} says: ${version.out}`);
  }
  return go;
}

async function sources(): Promise<Map<string, Buffer>> {
  const names = (await readdir(moduleFolder)).filter(
    (name) => name === 'go.mod' || name === 'go.sum' || name.endsWith('.go'),
  );
  const found = new Map<string, Buffer>();
  for (const name of names.sort()) found.set(name, await readFile(join(moduleFolder, name)));
  return found;
}

/** Linker settings that make the binary call itself by the release that go.mod names. */
function linkerFlags(goMod: string): string {
  const release = /^\s*k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/m.exec(goMod);
  if (!release) throw new Error('test/cluster/control-plane/go.mod names no version of k8s.io/kubernetes');
  const [, version, major, minor] = release;
  const variable = 'k8s.io/component-base/version';
  const values = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  return ['-s', '-w', ...Object.entries(values).map(([name, value]) => `-X ${variable}.${name}=${value}`)].join(' ');
}

/** Path at which the control plane's binary is, or will be once built, for the sources as they are now. */
export async function controlPlanePath(): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, content] of await sources()) hash.update(name).update('\0').update(content).update('\0');
  return join(
    cacheFolder(),
    'control-plane',
    `${hash.digest('hex').slice(0, 20)}-${process.platform}-${process.arch}`,
    `control-plane${executableSuffix}`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Takes the lock file, waiting while another living process holds it.
 * @returns what releases the lock
 */
async function lock(file: string, log: (line: string) => void): Promise<() => Promise<void>> {
  let told = false;
  const own = `${file}.${process.pid}`;
  for (;;) {
    // A hard link appears with its content, so nobody ever reads a lock without its holder's id.
    await writeFile(own, String(process.pid));
    try {
      await link(own, file);
      return () => unlink(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      await unlink(own);
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) {
      // Renaming is atomic: of several waiting processes one takes the dead lock away.
      const aside = `${file}.dead-${process.pid}`;
      await rename(file, aside).then(
        () => unlink(aside),
        () => undefined,
      );
      continue;
    }
    if (!told && holder > 0) log(`another process (${holder}) is building the control plane; waiting for it`);
    told ||= holder > 0;
    await delay(500);
  }
}

async function compile(go: string, goMod: string, target: string): Promise<void> {
  const args = [
    'build',
    '-p',
    String(Math.max(1, Math.min(4, availableParallelism()))),
    '-mod=readonly',
    '-trimpath',
    '-ldflags',
    linkerFlags(goMod),
    '-o',
    target,
    '.',
  ];
  const child = spawn(go, args, {
    cwd: moduleFolder,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Minutes of two busy cores must not freeze an editor on the same machine.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-8000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`building the control plane failed (go build ended with ${code}):\n${said}`);
}

/**
 * The control plane's binary, built when the cache has none for these sources.
 * Several processes may ask at once: one builds, the others wait for it.
 * @param log gets a line now and then; a build takes about 7 minutes on two cores
 * @throws GoMissing when it must be built and there is no Go for it
 */
export async function controlPlaneBinary(log: (line: string) => void = () => undefined): Promise<string> {
  const target = await controlPlanePath();
  if (existsSync(target)) return target;
  const go = await findGo();
  const folder = join(target, '..');
  await mkdir(folder, { recursive: true });
  const release = await lock(join(folder, 'building'), log);
  const unfinished = `${target}.${process.pid}.tmp`;
  try {
    if (existsSync(target)) return target;
    log('building the Kubernetes control plane for tests: once, about 7 minutes on two cores');
    const goMod = (await sources()).get('go.mod')?.toString() ?? '';
    const start = performance.now();
    await compile(go, goMod, unfinished);
    await rename(unfinished, target);
    log(`built in ${Math.round((performance.now() - start) / 1000)} s: ${target}`);
    return target;
  } finally {
    await rm(unfinished, { force: true });
    await release();
  }
}

/**
 * Why no control plane can be started here, in a sentence fit to be printed; undefined when one can. Tests of the
 * cluster suite skip with it.
 */
export async function controlPlaneMissing(): Promise<string | undefined> {
  if (process.env['JOBWRIGHT_TEST_KUBECONFIG'] || existsSync(await controlPlanePath())) return undefined;
  return findGo().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

if (import.meta.main) {
  if (process.argv.includes('--help')) {
    console.log(
      'usage: node test/cluster/build.ts\nBuilds the control plane for the cluster tests, if the cache has none, and prints its path.\nJOBWRIGHT_CACHE names another cache folder.',
    );
  } else {
    try {
      console.log(await controlPlaneBinary((line) => console.error(line)));
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 2;
    }
  }
}
