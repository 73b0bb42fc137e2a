// Starts the browser workbench: a VS Code server on 127.0.0.1 with a profile that is thrown away.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCodeServer } from '../setup/code-server.mjs';

/** Panes and prompts that are not ours stay out of the way. */
const SETTINGS = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * @param {{ settings?: Record<string, unknown>, token?: boolean, env?: NodeJS.ProcessEnv, port?: number,
 *   tests?: boolean, prepare?(extensionsFolder: string): Promise<void> | void }} [options]
 *   token: ask browsers for a connection token; env: of the server and so of the extension host; port: the wanted one;
 *   tests: let the address name an extension under development and its tests; prepare: puts extensions in their place
 * @returns {Promise<{ port: number, token: string | null, address(folder: string, payload?: [string, string][]): string,
 *   stop(): Promise<void>, log(): string }>} stop also removes the profile
 */
export async function startWorkbench({
  settings = {},
  token = false,
  env = {},
  port: wantedPort,
  tests = false,
  prepare,
} = {}) {
  const workbench = await installCodeServer();
  const profile = mkdtempSync(join(tmpdir(), 'jobwright-workbench-'));
  const text = JSON.stringify({ ...SETTINGS, ...settings }, null, 2);
  for (const folder of ['User', 'Machine']) {
    mkdirSync(join(profile, 'data', folder), { recursive: true });
    writeFileSync(join(profile, 'data', folder, 'settings.json'), text);
  }
  mkdirSync(join(profile, 'extensions'));
  await prepare?.(join(profile, 'extensions'));
  const port = await freePort(wantedPort);
  const secret = token ? randomBytes(16).toString('hex') : null;
  const child = spawn(
    process.execPath,
    [
      join(workbench, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port)],
      ...(secret === null ? ['--without-connection-token'] : ['--connection-token', secret]),
      '--accept-server-license-terms',
      ...(tests ? ['--enable-smoke-test-driver'] : []),
      '--disable-telemetry',
      '--disable-workspace-trust',
      ...['--user-data-dir', join(profile, 'data'), '--server-data-dir', join(profile, 'server')],
      ...['--extensions-dir', join(profile, 'extensions')],
    ],
    { env: { ...process.env, VSCODE_IPC_HOOK_CLI: undefined, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (log = (log + String(chunk)).slice(-100_000)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  const stop = async () => {
    process.off('exit', atExit);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  await listening(port, child, () => log);
  return {
    port,
    token: secret,
    address: (folder, payload) => address(port, secret, folder, payload),
    stop,
    log: () => log,
  };
}

function address(port, token, folder, payload = []) {
  const query = new URLSearchParams({ ...(token === null ? {} : { tkn: token }), folder });
  if (payload.length > 0) {
    const remote = (path) => (path.startsWith('/') ? `vscode-remote://127.0.0.1:${port}${path}` : path);
    query.set('payload', JSON.stringify(payload.map(([key, value]) => [key, remote(value)])));
  }
  return `http://127.0.0.1:${port}/?${query}`;
}

/** A port that was free a moment ago; the wanted one where that is free. */
function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Polls until the server answers; fails with its log when it ends first or takes over a minute. */
async function listening(port, child, log) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the browser workbench ended at once:\n${log().slice(-2000)}`);
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/version`);
      if (answer.status < 500) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the browser workbench did not answer within a minute:\n${log().slice(-2000)}`);
}
