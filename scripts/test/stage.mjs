// The stage of the real-workbench tests: a small server on 127.0.0.1 through which tests in the extension host see and
// touch the page that a person would look at, and hand in their tally.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const axeSource = () => readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** What a test may ask for: name -> what the page does. */
const ACTS = {
  async screenshot(page, { name }) {
    const folder = join(root, process.env.UPDATE === '1' ? 'test/vscode/screenshots' : 'out/screenshots');
    mkdirSync(folder, { recursive: true });
    const file = `${name.replace(/[^a-z0-9-]/g, '-')}.png`;
    writeFileSync(join(folder, file), await page.screenshot());
    return file;
  },
  resize: async (page, { width, height }) => page.setViewportSize({ width, height }),
  press: async (page, { key }) => page.keyboard.press(key),
  type: async (page, { text }) => page.keyboard.type(text),
  click: async (page, { selector, text }) =>
    (text === undefined ? page.locator(selector) : page.locator(selector, { hasText: text }))
      .first()
      .click({ timeout: 10_000 }),
  hover: async (page, { selector, text }) =>
    (text === undefined ? page.locator(selector) : page.locator(selector, { hasText: text }))
      .first()
      .hover({ timeout: 10_000 }),
  attributes: async (page, { selector, attribute }) =>
    page.locator(selector).evaluateAll((found, name) => found.map((each) => each.getAttribute(name)), attribute),
  text: async (page, { selector }) => page.locator(selector).allInnerTexts(),
  async frameText(page, { selector }) {
    const frame = await frameWith(page, selector);
    return frame === null ? [] : frame.locator(selector).allInnerTexts();
  },
  async panelText(page, { selector }) {
    const frame = await panelFrame(page);
    return frame === null ? [] : frame.locator(selector).allInnerTexts();
  },
  panelClick: async (page, { selector }) =>
    (await openPanel(page)).locator(selector).first().click({ timeout: 10_000 }),
  panelFill: async (page, { selector, text }) =>
    (await openPanel(page)).locator(selector).first().fill(text, { timeout: 10_000 }),
  panelSelect: async (page, { selector, value }) => {
    await (await openPanel(page)).locator(selector).first().selectOption(value, { timeout: 10_000 });
    return null;
  },
  panelPress: async (page, { selector, key }) =>
    (await openPanel(page)).locator(selector).first().press(key, { timeout: 10_000 }),
  panelAttribute: async (page, { selector, attribute }) =>
    (await openPanel(page)).locator(selector).first().getAttribute(attribute, { timeout: 10_000 }),
  /** Which share of an element's height is within the panel's visible part, from 0 to 1. */
  panelSeen: async (page, { selector }) =>
    (await openPanel(page))
      .locator(selector)
      .first()
      .evaluate((element) => {
        const { top, bottom, height } = element.getBoundingClientRect();
        return Math.max(0, Math.min(bottom, globalThis.innerHeight) - Math.max(top, 0)) / Math.max(1, height);
      }),
  /** Findings of the accessibility checker inside the panel: impact, rule and where. */
  panelAccessibility: async (page) => accessibilityOf(await openPanel(page)),
  /** The same of a page without scripts that has such an element: a copy of it, since in itself nothing can run. */
  async frameAccessibility(page, { selector }) {
    const frame = await frameWith(page, selector);
    if (frame === null) throw new Error(`no page inside the workbench has ${selector}`);
    const copy = await page.context().browser().newPage();
    try {
      await copy.setContent(await frame.content());
      return await accessibilityOf(copy);
    } finally {
      await copy.close();
    }
  },
};

async function accessibilityOf(frame) {
  // The page's own policy forbids strange scripts, so the checker enters through the debugger, as a browser tool does.
  await frame.evaluate(axeSource());
  const { violations } = await frame.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return violations.map(({ id, impact, nodes }) => ({
    id,
    impact,
    where: nodes.map(({ target }) => target.join(' ')),
  }));
}

/** The page inside the workbench that has such an element; null when none has. */
async function frameWith(page, selector) {
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    try {
      if ((await frame.locator(selector).count()) > 0) return frame;
    } catch {
      // The frame went away while we looked.
    }
  }
  return null;
}

/** The frame that the panel is drawn in; null where none is open. */
export const panelFrame = (page) => frameWith(page, '#root + #first');

async function openPanel(page) {
  const frame = await panelFrame(page);
  if (frame === null) throw new Error('no Jobwright panel is open');
  return frame;
}

/**
 * @param {Record<string, (page: unknown, message: any) => unknown>} [moreActs] acts that need no page
 * @returns {Promise<{ url: string, tally: Promise<import('./tally.mjs').Tally>, setPage(page: unknown): void, close(): void }>}
 *   tally resolves when the tests hand it in
 */
export async function openStage(moreActs = {}) {
  const acts = { ...ACTS, ...moreActs };
  let page = null;
  let handIn;
  const tally = new Promise((resolve) => (handIn = resolve));
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', async () => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Access-Control-Allow-Headers', '*');
      const answer = (status, value) =>
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value ?? null));
      if (request.method === 'OPTIONS') return answer(204);
      const act = request.url.slice(1);
      try {
        const message = JSON.parse(body || '{}');
        if (act === 'tally') {
          handIn(message);
          return answer(200);
        }
        if (act === 'log') {
          console.log(message.text);
          return answer(200);
        }
        if (!Object.hasOwn(acts, act)) return answer(404, `no act is called ${act}`);
        if (page === null && Object.hasOwn(ACTS, act)) return answer(501, 'this workbench has no page to look at');
        answer(200, await acts[act](page, message));
      } catch (error) {
        answer(500, error instanceof Error ? error.message : String(error));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    tally,
    setPage: (opened) => (page = opened),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
