// What no test inside the extension host can see, since it ends with the window: the panel after a window reload.
import { panelFrame } from './stage.mjs';

const NAME = 'reload: the panel opens where it was, with the pinned run, also after the browser’s own reload';
const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} address of the workbench, with the extension and the examples
 * @returns {Promise<{ passed: number, failures: { title: string, error: string }[] }>}
 */
export async function reloadTest(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(address);
    await openFile(page, 'indexed.yaml');
    await runCommand(page, 'Jobwright: Simulate');
    await inPanel(page, 'the picture', async (panel) => (await panel.locator('.overview').count()) > 0);
    const panel = await panelFrame(page);
    await panel.locator('.toolbar button', { hasText: 'Pin' }).click();
    await panel.locator('#tab-Pods').click();
    await panel.locator('select[aria-label="Rows by"]').selectOption('pod');
    await panel.locator('.slider').press('Home');
    for (const key of ['ArrowDown', 'ArrowDown', '+', '+', 'ArrowRight']) await panel.locator('.slider').press(key);
    await scrollTo(panel, 150);
    const before = await settled(page);
    await page.evaluate(() => (globalThis.beforeReload = true));
    await runCommand(page, 'Developer: Reload Window');
    await page.waitForFunction(() => globalThis.beforeReload === undefined, undefined, { timeout: PATIENCE_MS });
    await inPanel(page, 'the same after the reload', (frame) => shows(frame, before));
    // The browser's own reload says no goodbye: what counts is what was written down by then.
    const again = await panelFrame(page);
    await again.locator('#tab-Conditions').click();
    await again.locator('.slider').press('ArrowRight');
    await scrollTo(again, 90);
    const later = await settled(page);
    await page.reload();
    await inPanel(page, 'the same after the browser’s reload', (frame) => shows(frame, later));
    console.log(`  ok ${NAME}`);
    return { passed: 1, failures: [] };
  } catch (error) {
    console.log(`  FAILED ${NAME}`);
    return { passed: 0, failures: [{ title: NAME, error: error instanceof Error ? error.message : String(error) }] };
  } finally {
    await page.close();
  }
}

async function scrollTo(panel, top) {
  const reached = await panel.evaluate((to) => {
    globalThis.document.scrollingElement.scrollTop = to;
    return globalThis.document.scrollingElement.scrollTop;
  }, top);
  if (reached !== top) throw new Error(`the page scrolls to ${reached} instead of ${top}`);
}

/** What the panel shows, once it rests and is written down. */
async function settled(page) {
  let written = '';
  let before = '';
  await inPanel(page, 'rest', async (frame) => {
    const [kept, now] = [await writtenDown(page), await shown(frame)];
    const rests = kept !== '' && kept === written && now === before;
    [written, before] = [kept, now];
    if (!rests) await page.waitForTimeout(300);
    return rests;
  });
  return before;
}

async function shows(frame, wanted) {
  const now = await shown(frame);
  if (now !== wanted) throw new Error(`${now} instead of ${wanted}`);
  return true;
}

/** What the extension has in the browser's storage for the workspace. */
function writtenDown(page) {
  return page.evaluate(async () => {
    const wait = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts = [];
    for (const { name } of await globalThis.indexedDB.databases()) {
      if (!name.startsWith('vscode-web-state-db-')) continue;
      const database = await wait(globalThis.indexedDB.open(name));
      const items = database.transaction('ItemTable').objectStore('ItemTable');
      texts.push((await wait(items.get('jobwright.jobwright'))) ?? '');
      database.close();
    }
    return texts.join('');
  });
}

/** All that the panel must not forget. */
async function shown(panel) {
  const text = async (selector) => (await panel.locator(selector).allInnerTexts()).join(' ');
  const attribute = (selector, name) => panel.locator(selector).getAttribute(name, { timeout: 1000 });
  return JSON.stringify({
    tab: await text('[role="tab"][aria-selected="true"]'),
    stretch: await attribute('.overview', 'aria-valuetext'),
    playhead: await attribute('.slider', 'aria-valuetext'),
    rows: await panel.locator('select[aria-label="Rows by"]').inputValue({ timeout: 1000 }),
    chosen: await text('.details h2'),
    pinned: await text('.comparison h2'),
    scrolled: await panel.evaluate(() => Math.round(globalThis.document.scrollingElement.scrollTop)),
  });
}

async function openFile(page, name) {
  await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row', { hasText: name }).first().dblclick({
    timeout: PATIENCE_MS,
  });
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: PATIENCE_MS });
}

/** Asks again and again: a command that is not enabled yet is not in the list, and a list that is open stays as it is. */
async function runCommand(page, title) {
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
  for (const until = Date.now() + PATIENCE_MS; ;) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').first().fill(`>${title}`);
    try {
      await row.click({ timeout: 3000 });
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Polls the panel's frame, which comes and goes; the last problem tells why it took too long. */
async function inPanel(page, what, look) {
  const until = Date.now() + PATIENCE_MS;
  let problem = 'no panel is open';
  while (Date.now() < until) {
    try {
      const panel = await panelFrame(page);
      if (panel !== null && (await look(panel))) return;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    await page.waitForTimeout(POLL_MS);
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s for ${what}: ${problem}`);
}
