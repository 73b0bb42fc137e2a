// The real-VS-Code suite, one and the same: in a desktop VS Code where @vscode/test-electron can have one, otherwise in
// the browser workbench of code-server with Chromium. `web` runs the browser build in the web worker host.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as buildBundles, EXTENSION_BUNDLES } from '../build.mjs';
import { cachePath } from '../setup/cache.mjs';
import { requireProgram } from '../setup/debian.mjs';
import { startWorkbench } from '../workbench/server.mjs';
import { firstPictureTest } from './first-picture.mjs';
import { openCluster } from './open-cluster.mjs';
import { reloadTest } from './reload.mjs';
import { openStage } from './stage.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 10 * 60_000;

/**
 * @param {'desktop' | 'web'} host which build of the extension runs
 * @param {{ only?: string }} options only: a part of the names of the tests to run
 * @returns {Promise<import('./tally.mjs').Tally>}
 */
export async function vscodeSuite(host, { only } = {}) {
  await buildBundles({ only: EXTENSION_BUNDLES });
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-vscode-'));
  const workspace = join(folder, 'workspace');
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  const cluster = host === 'desktop' ? await openCluster() : null;
  const stage = await openStage(cluster?.acts);
  try {
    const suite = await bundleSuite(host, { host, stage: stage.url, only, cluster: cluster?.reason ?? null });
    const env = { ...cluster?.env };
    const electron = host === 'desktop' ? await desktopCode() : null;
    const tally =
      electron === null
        ? await inBrowserWorkbench({ host, suite, workspace, stage, env, only })
        : await inDesktop({ electron, suite, workspace, stage, env, profile: join(folder, 'profile') });
    for (const { title, error } of tally.failures)
      console.log(`\nFAILED ${host}: ${title}\n  ${error.replaceAll('\n', '\n  ')}`);
    return {
      passed: tally.passed,
      failed: tally.failures.length,
      skipped: tally.skipped.map((name) => `${host}: ${name}`),
    };
  } finally {
    await cluster?.stop();
    stage.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The suite as one file, in the repository's out/ so that the workbench can reach it. */
async function bundleSuite(host, given) {
  const { build } = await import('esbuild');
  const file = join(root, 'out', host === 'web' ? 'vscode-suite-web.js' : 'vscode-suite-desktop.cjs');
  mkdirSync(join(root, 'out'), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [`test/vscode/${host}.ts`],
    outfile: file,
    bundle: true,
    platform: host === 'web' ? 'browser' : 'node',
    // Mocha's file takes the `module` that it sees for its own, so the bundle sets its exports last. The last line is
    // never run: it shows Node which names an import finds.
    format: 'iife',
    globalName: 'jobwrightSuite',
    footer: { js: 'module.exports = jobwrightSuite;\n0 && (module.exports = { run });' },
    target: 'es2022',
    external: ['vscode'],
    define: { JOBWRIGHT_GIVEN: JSON.stringify(given), ...(host === 'web' ? { global: 'globalThis' } : {}) },
    logLevel: 'warning',
  });
  return file;
}

/** @returns {Promise<string | null>} a downloaded VS Code's program, or null where it cannot be downloaded or shown */
async function desktopCode() {
  if (process.env.JOBWRIGHT_WORKBENCH === 'browser') return null;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return null;
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({
      version: process.env.JOBWRIGHT_VSCODE ?? 'stable',
      cachePath: cachePath('vscode'),
      reporter: new SilentReporter(),
      timeout: 15_000,
    });
  } catch (error) {
    console.log(
      `VS Code cannot be downloaded here (${error instanceof Error ? error.message : String(error)}): using the browser workbench.`,
    );
    return null;
  }
}

async function inDesktop({ electron, suite, workspace, stage, env, profile }) {
  const { runTests } = await import('@vscode/test-electron');
  await runTests({
    vscodeExecutablePath: electron,
    extensionDevelopmentPath: root,
    extensionTestsPath: suite,
    extensionTestsEnv: env,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', profile],
  });
  return withPatience(stage.tally, () => 'the desktop workbench handed in no result');
}

async function inBrowserWorkbench({ host, suite, workspace, stage, env, only }) {
  const program = await requireProgram({
    candidates: CHROMIUM,
    package: 'chromium',
    purpose: 'the tests in the real workbench',
  });
  if (program === null) return { passed: 0, failures: [], skipped: ['all tests in the real workbench (no Chromium)'] };
  const { chromium } = await import('playwright-core');
  const settings = host === 'web' ? { 'remote.extensionKind': { 'jobwright.jobwright': ['web'] } } : {};
  const workbench = await startWorkbench({ env, tests: true, settings });
  let browser = null;
  try {
    browser = await chromium.launch({ executablePath: program, args: CHROMIUM_ARGUMENTS });
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    if (process.env.JOBWRIGHT_DEBUG !== undefined)
      page.on('console', (message) => console.log(`  [page] ${message.text()}`));
    stage.setPage(page);
    await page.goto(
      workbench.address(workspace, [
        ['extensionDevelopmentPath', root.replace(/\/$/, '')],
        // The web worker host appends the ending by itself.
        ['extensionTestsPath', suite.replace(/\.js$/, '')],
      ]),
    );
    const tally = await withPatience(
      stage.tally,
      () => `no result came.\nThe page said:\n${errors.join('\n')}\nThe server said:\n${workbench.log().slice(-4000)}`,
    );
    stage.setPage(null);
    await page.close();
    if (host !== 'desktop') return tally;
    const address = workbench.address(workspace, [['extensionDevelopmentPath', root.replace(/\/$/, '')]]);
    const outside = [];
    for (const [name, run] of [
      ['first picture', () => firstPictureTest(browser)],
      ['reload', () => reloadTest(browser, address)],
    ])
      if (only === undefined || name.includes(only)) outside.push(await run());
    return {
      ...tally,
      passed: outside.reduce((sum, { passed }) => sum + passed, tally.passed),
      failures: [...tally.failures, ...outside.flatMap(({ failures }) => failures)],
    };
  } finally {
    await browser?.close();
    await workbench.stop();
  }
}

async function withPatience(promise, why) {
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(why())), PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(late);
  }
}
