import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'playwright-core';
import { figuresOf, line, time } from './measure.ts';
import { browserProgram, launchBrowser } from './panel-page.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const workbenchModule = new URL('../../scripts/workbench/server.mjs', import.meta.url).href;
const packageModule = new URL('../../scripts/package/extension.mjs', import.meta.url).href;
const WARM_RUNS = 7;
const PATIENCE_MS = 60_000;

type StartWorkbench = (options: { prepare(extensions: string): Promise<void> }) => Promise<{
  address(folder: string): string;
  stop(): Promise<void>;
}>;

/** Moments of one opening, in milliseconds from the click. */
interface Opening {
  /** The workbench's own frame around the page begins to load. */
  readonly frame: number;
  /** The page of the extension begins to load. */
  readonly page: number;
  /** The script of the page and what it asked for first are there. */
  readonly loaded: number;
  /** A frame shows what the page is for. */
  readonly shown: number;
}

/**
 * From the click on *Simulate* to the picture, in the real workbench, beside an extension that opens a page with one
 * word in the same window: what the workbench takes by itself cannot be had back.
 */
export async function benchClick(): Promise<void> {
  const program = browserProgram();
  if (program === null) {
    console.log('skipped: there is no Chromium');
    return;
  }
  const { startWorkbench } = (await import(workbenchModule)) as { startWorkbench: StartWorkbench };
  const { stageExtension } = (await import(packageModule)) as {
    stageExtension: (folder: string) => Promise<void>;
  };
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-click-'));
  const workspace = join(folder, 'workspace');
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  const workbench = await startWorkbench({
    prepare: async (extensions: string) => {
      await stageExtension(join(extensions, 'jobwright'));
      emptyExtension(join(extensions, 'empty'));
    },
  });
  const browser = await launchBrowser(program);
  try {
    const address = workbench.address(workspace);
    // The first window of a browser also fills its caches; people have had one before.
    await openings(browser, address, 'picture', 1);
    const pictures: (readonly Opening[])[] = [];
    const words: (readonly Opening[])[] = [];
    for (let round = 0; round < 3; round++) {
      pictures.push(await openings(browser, address, 'picture', WARM_RUNS));
      words.push(await openings(browser, address, 'word', WARM_RUNS));
    }
    say(
      'first panel of a window',
      pictures.map(([cold]) => cold!),
      words.map(([cold]) => cold!),
    );
    say(
      'next ones',
      pictures.flatMap(([, ...warm]) => warm),
      words.flatMap(([, ...warm]) => warm),
    );
  } finally {
    await browser.close();
    await workbench.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(which: string, pictures: readonly Opening[], words: readonly Opening[]): void {
  const shown = (all: readonly Opening[]): readonly number[] => all.map((one) => one.shown);
  const median = (all: readonly Opening[], at: keyof Opening): string =>
    time(figuresOf(all.map((one) => one[at])).median);
  console.log(line(`${which}: click to picture (goal 300 ms)`, figuresOf(shown(pictures))));
  console.log(line(`${which}: click to an empty page's one word`, figuresOf(shown(words))));
  for (const [what, all] of [
    ['picture', pictures],
    ['word', words],
  ] as const)
    console.log(
      `  ${what}: frame ${median(all, 'frame')}, page ${median(all, 'page')}, loaded ${median(all, 'loaded')}, shown ${median(all, 'shown')}`,
    );
}

/** Opens a window, and in it the panel (or the empty page) so many times, closing it in between. */
async function openings(
  browser: Browser,
  address: string,
  what: 'picture' | 'word',
  runs: number,
): Promise<readonly Opening[]> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const found: Opening[] = [];
  try {
    await page.goto(address);
    await page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'indexed.yaml' })
      .first()
      .dblclick({ timeout: PATIENCE_MS });
    const lens = page.locator('.codelens-decoration a', { hasText: what === 'picture' ? 'Simulate' : 'Empty' }).first();
    await lens.waitFor({ timeout: PATIENCE_MS });
    // What is left to do of the window's own start is not the panel's.
    await page.waitForTimeout(3000);
    for (let run = 0; run < runs; run++) {
      const clicked = await clickedAt(page, lens);
      const moments = await momentsOf(page);
      found.push({
        frame: moments.frame - clicked,
        page: moments.page - clicked,
        loaded: moments.loaded - clicked,
        shown: moments.shown - clicked,
      });
      await page.locator('.tab', { hasText: /^(Timeline|Empty)/ }).click({ button: 'middle' });
      await page.waitForTimeout(500);
    }
    return found;
  } finally {
    await context.close();
  }
}

async function clickedAt(page: Page, lens: ReturnType<Page['locator']>): Promise<number> {
  await page.evaluate(() =>
    addEventListener(
      'mousedown',
      () => Object.assign(globalThis, { clicked: performance.timeOrigin + performance.now() }),
      {
        capture: true,
        once: true,
      },
    ),
  );
  await lens.click();
  return page.evaluate(() => (globalThis as unknown as { clicked: number }).clicked);
}

/** Waits for what the page is for; moments since 1970, in milliseconds. */
async function momentsOf(page: Page): Promise<Opening> {
  const inner = await innerFrame(page);
  await inner.waitForSelector('.overview, #word', { state: 'attached', timeout: PATIENCE_MS });
  const shown = await inner.evaluate(
    () =>
      new Promise<Omit<Opening, 'frame'>>((resolve) =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const { timeOrigin } = performance;
            const ends = performance
              .getEntriesByType('resource')
              .map((entry) => (entry as PerformanceResourceTiming).responseEnd);
            resolve({
              page: timeOrigin,
              loaded: timeOrigin + Math.max(0, ...ends),
              shown: timeOrigin + performance.now(),
            });
          }),
        ),
      ),
  );
  const frame = await inner.parentFrame()!.evaluate(() => performance.timeOrigin);
  return { frame, ...shown };
}

/** The frame that an extension's page is written into. */
async function innerFrame(page: Page): Promise<Frame> {
  const isInner = (frame: Frame): boolean => frame.url().includes('/webview/browser/pre/fake.html');
  for (;;) {
    const frame = page.frames().find(isInner);
    if (frame !== undefined) return frame;
    await page.waitForEvent('framenavigated', { timeout: PATIENCE_MS, predicate: isInner });
  }
}

/** An extension whose lens opens a page with one word. */
function emptyExtension(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({
      name: 'empty',
      publisher: 'bench',
      version: '0.0.1',
      engines: { vscode: '^1.100.0' },
      main: './main.js',
      activationEvents: ['onLanguage:yaml'],
    }),
  );
  writeFileSync(
    join(folder, 'main.js'),
    `const vscode = require('vscode');
exports.activate = () => {
  vscode.commands.registerCommand('bench.empty', () => {
    const panel = vscode.window.createWebviewPanel('bench.empty', 'Empty', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true });
    panel.webview.html = '<!DOCTYPE html><html><body><p id="word">word</p></body></html>';
  });
  const top = new vscode.Range(0, 0, 0, 0);
  vscode.languages.registerCodeLensProvider('yaml', { provideCodeLenses: () => [new vscode.CodeLens(top, { title: 'Empty', command: 'bench.empty' })] });
};
`,
  );
}
