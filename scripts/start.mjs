// `npm start`: installs, builds, and opens the examples in VS Code with Jobwright running.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';

const USAGE = `npm start [-- --browser] [-- --port N]
  --browser   the browser workbench, also where there is a desktop VS Code
  --port N    of the browser workbench (default 8137, or another where that is taken)`;

await underGoodNode();
const { parseArgs } = await import('node:util');
let options;
try {
  options = parseArgs({
    options: { browser: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
  }).values;
  if (options.port !== undefined && !(Number(options.port) > 0 && Number(options.port) < 65536))
    throw new Error(`--port: ${options.port} is no port`);
} catch (error) {
  console.error(`${error.message}\n${USAGE}`);
  process.exit(2);
}
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}
const root = fileURLToPath(new URL('../', import.meta.url));
const examples = join(root, 'examples');

await installDependencies();
const { build } = await import('./build.mjs');
console.log('Building.');
await build();

const { findDesktopCode } = await import('./setup/desktop-code.mjs');
const desktop = options.browser ? null : findDesktopCode();
if (desktop === null) await openBrowserWorkbench();
else openDesktop(desktop);

function openDesktop(program) {
  const asRoot =
    process.getuid?.() === 0
      ? ['--no-sandbox', '--user-data-dir', mkdtempSync(join(tmpdir(), 'jobwright-profile-'))]
      : [];
  const child = spawn(
    program,
    [
      ...asRoot,
      '--new-window',
      `--extensionDevelopmentPath=${root}`,
      examples,
      join(examples, 'fixed-completion-count.yaml'),
    ],
    {
      detached: true,
      stdio: 'ignore',
    },
  );
  child.once('error', async (error) => {
    console.error(`${program} did not start (${error.message}); opening the browser workbench instead.`);
    await openBrowserWorkbench();
  });
  child.once('spawn', () => {
    child.unref();
    console.log(`Opened the examples in ${program} with Jobwright running.`);
  });
}

async function openBrowserWorkbench() {
  const { startWorkbench } = await import('./workbench/server.mjs');
  const { stageExtension } = await import('./package/extension.mjs');
  const workbench = await startWorkbench({
    token: true,
    port: Number(options.port ?? 8137),
    prepare: (extensions) => stageExtension(join(extensions, 'jobwright')),
  });
  console.log(`
Jobwright runs in the browser workbench. Open

    ${workbench.address(examples)}

On another machine, forward the port first:  ssh -L ${workbench.port}:127.0.0.1:${workbench.port} THIS-MACHINE
The address holds a key: whoever has it can use this window. The profile is thrown away at the end. Ctrl-C stops it.`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      await workbench.stop();
      process.exit(0);
    });
  }
}
