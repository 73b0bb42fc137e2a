import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { CronJob, Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { ToPanel } from '../../../server/src/protocol/panel.ts';
import { simulateAnswer } from '../../../client/webview/simulate-answer.ts';
import { browserProgram, launchBrowser, openPanelPage } from '../../bench/panel-page.ts';
import { pseudoTranslated, untranslated } from '../../pseudo-translation.ts';

const program = browserProgram();
const skip = program === null && 'there is no Chromium here to open the panel in';
const root = fileURLToPath(new URL('../../../', import.meta.url));

const spec = {
  completions: 4,
  parallelism: 2,
  completionMode: 'Indexed',
  backoffLimitPerIndex: 1,
  podFailurePolicy: {
    rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }],
  },
  template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
} as const;
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'x' }, spec } as unknown as Job;
const cronJob = {
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'x' },
  spec: { schedule: '0 */8 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', jobTemplate: { spec } },
} as unknown as CronJob;
const scenario = { default: { run: 30 }, pods: [{ match: { index: '2' }, exitCode: 42 }] };

const FILE = 'report.jobwright.yaml';

/** What a page holds that people read: texts in sight, and what screen readers and tooltips say. */
function readable(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const said: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext', 'aria-description']) {
          const value = node.getAttribute(name);
          if (value !== null) said.push(value);
        }
      } else if (node.parentElement?.closest('script, style') === null) said.push(node.textContent ?? '');
    }
    return said.filter((text) => text.trim() !== '');
  });
}

describe('the panel in another language', { skip }, () => {
  let browser: Browser;
  const bundle = JSON.parse(readFileSync(`${root}l10n/bundle.l10n.json`, 'utf8')) as Record<string, string>;
  const translations = pseudoTranslated(bundle);
  /** What the simulator says comes from the core, whose texts are English everywhere. */
  const [ran, runs] = [job, cronJob].map((object) =>
    simulateAnswer({ id: 1, object, scenario, seed: 1, kubernetesMinor: 37 }),
  );
  const core = JSON.stringify([ran, runs, FILE]);

  before(async () => {
    const { build } = (await import(`${root}scripts/build.mjs`)) as { build: (options: object) => Promise<unknown> };
    await build({ only: ['webview/panel.js', 'webview/simulator-worker.js'] });
    browser = await launchBrowser(program!);
  });
  after(() => browser.close());

  /** Opens the panel with this message, waits for `selector`, does something, and lists what was not translated. */
  async function missing(first: ToPanel, visit: (page: Page, look: () => Promise<void>) => Promise<void>) {
    const panel = await openPanelPage(browser, [first], { width: 1200, height: 1200 }, translations);
    const found = new Set<string>();
    let texts = 0;
    try {
      await visit(panel.page, async () => {
        const said = await readable(panel.page);
        texts += said.length;
        for (const text of said) for (const piece of untranslated(text, core)) found.add(piece);
      });
    } finally {
      await panel.close();
    }
    assert.ok(texts > 5, 'the page says something');
    return [...found];
  }

  const simulate = (object: Job | CronJob): ToPanel => ({
    type: 'simulate',
    title: 'x',
    version: 1,
    object,
    kubernetesMinor: 37,
    prices: { cpu: 0.03 } as never,
    errors: 1,
    scenario,
    scenarioFile: {
      name: FILE,
      used: true,
      problem: null,
      open: false,
      names: [FILE],
    },
  });

  test('says of a simulated Job nothing in English that is not data', async () => {
    const found = await missing(simulate(job), async (page, look) => {
      await page.waitForSelector('[role=tab]');
      await look();
      for (const tab of await page.locator('[role=tab]').all()) {
        await tab.click();
        await look();
      }
      // A pod, and what may become of it.
      await page.keyboard.press('Escape');
      await page.locator('[role=tab]').nth(3).click();
      await page.locator('[role=tabpanel] tbody tr').nth(2).click();
      await page.waitForSelector('fieldset');
      await look();
      await page.locator('button[aria-expanded]').last().click();
      await page.waitForSelector('.odds table');
      await look();
      await page.locator('body').press('?');
      await page.waitForSelector('dialog kbd');
      await look();
    });
    assert.deepEqual(found, []);
  });

  test('says of the runs of a CronJob nothing in English that is not data', async () => {
    const found = await missing(simulate(cronJob), async (page, look) => {
      await page.waitForSelector('.calendar-item');
      await look();
      await page.locator('.toolbar button').nth(1).click();
      await look();
    });
    assert.deepEqual(found, []);
  });

  test('says of a live run and of the plan for it nothing in English that is not data', async () => {
    assert.ok(ran !== undefined && 'timeline' in ran);
    const timeline = { ...ran.timeline, certainty: 'observed', end: null, until: 40 } as const;
    const found = await missing({ type: 'timeline', title: 'x', timeline, logs: true }, async (page, look) => {
      await page.waitForSelector('[role=tab]');
      await look();
      const plan = { type: 'plan', object: job, scenario: null, from: FILE };
      await page.evaluate((data) => window.postMessage(data, '*'), plan);
      await page.waitForSelector('table.plan');
      await look();
    });
    assert.deepEqual(found, []);
  });

  test('fails where a text is not in the bundle', async () => {
    delete translations['Details of the run'];
    const found = await missing(simulate(job), async (page, look) => {
      await page.waitForSelector('[role=tab]');
      await look();
    });
    assert.ok(found.includes('Details of the run'));
  });
});
