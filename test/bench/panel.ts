import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { figuresOf, line, time } from './measure.ts';
import type { ToPanel } from '../../server/src/protocol/panel.ts';
import { browserProgram, bundle, launchBrowser, openPanelPage, type PanelPage, type Seen } from './panel-page.ts';

const RUNS = 15;
const FRAMES = 90;
const PARTS = ['panel.js', 'panel.css', 'simulator-worker.js'];

/** The built panel in a real browser, with its simulator: first picture, edits, scrubbing, memory, size. */
export async function benchPanel(): Promise<void> {
  const program = browserProgram();
  if (program === null) {
    console.log('skipped: there is no Chromium');
    return;
  }
  const browser = await launchBrowser(program);
  try {
    const first: number[] = [];
    const edited: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const panel = await openPanelPage(browser, asked(jobOf(10)));
      first.push(await firstPicture(panel));
      if (run === RUNS - 1) edited.push(...(await edits(panel, 10)));
      await panel.close();
    }
    console.log(line('page begun to first picture, 10 pods (goal 300 ms)', figuresOf(first)));
    console.log(line('edit to new picture, 10 pods (goal 100 ms)', figuresOf(edited)));
    for (const [what, job, pods] of [
      ['10,000 pods', jobOf(10_000), 10_000],
      ['100,000 indexes', jobOf(100_000, 'Indexed'), 100_000],
    ] as const) {
      const panel = await openPanelPage(browser, asked(job));
      const session = await panel.page.context().newCDPSession(panel.page);
      await session.send('Performance.enable');
      console.log(`${`${what}: page begun to first picture`.padEnd(58)} ${time(await firstPicture(panel))}`);
      if (pods === 10_000) console.log(line(`${what}: edit to new picture`, figuresOf(await edits(panel, pods, 7))));
      const frames = await scrub(panel.page, session);
      console.log(line(`${what}: scripting a frame when scrubbing (goal 8 ms)`, figuresOf(frames)));
      console.log(`${`${what}: memory of the page's scripts`.padEnd(58)} ${await heap(session)}`);
      await panel.close();
    }
  } finally {
    await browser.close();
  }
  const sizes = PARTS.map((name) => gzipSync(readFileSync(bundle(name))).length);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  console.log(
    `${'panel with its simulator, compressed (goal 200 kB)'.padEnd(58)} ${kilobytes(all)} (${PARTS.map((name, at) => `${name} ${kilobytes(sizes[at]!)}`).join(', ')})`,
  );
}

function jobOf(completions: number, completionMode: 'Indexed' | 'NonIndexed' = 'NonIndexed'): Job {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'bench' },
    spec: {
      completions,
      completionMode,
      parallelism: Math.max(3, Math.min(1000, Math.floor(completions / 20))),
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
    },
  };
}

/** What the host says to a panel that was just opened. */
function asked(object: Job): readonly ToPanel[] {
  const source = { kind: 'simulation', uri: 'file:///bench.yaml', document: 0, item: null } as const;
  return [{ type: 'state', state: { source, seed: 1, playhead: null } }, simulate(object)];
}

function simulate(object: Job): ToPanel {
  const rest = { title: 'bench', version: 1, kubernetesMinor: 36, prices: {}, errors: 0, scenario: null };
  return { type: 'simulate', object, ...rest };
}

async function firstPicture({ page }: PanelPage): Promise<number> {
  const shown = await page.waitForFunction(
    () => {
      const { firstPicture } = (globalThis as unknown as { seen: Seen }).seen;
      return Number.isNaN(firstPicture) ? null : { firstPicture };
    },
    undefined,
    { polling: 50, timeout: 120_000 },
  );
  return (await shown.jsonValue())?.firstPicture ?? NaN;
}

/** Each edit is another number of completions; from the message to the frame that shows so many pods. */
async function edits(panel: PanelPage, pods: number, runs = RUNS): Promise<readonly number[]> {
  const times: number[] = [];
  for (let run = 1; run <= runs; run++) {
    const given = { message: simulate(jobOf(pods + run)) as object, pods: pods + run };
    times.push(
      await panel.page.evaluate(
        ({ message, pods: wanted }) =>
          new Promise<number>((resolve) => {
            const { seen } = globalThis as unknown as { seen: Seen };
            const begun = performance.now();
            const look = (): void => {
              if (seen.pods !== wanted) requestAnimationFrame(look);
              else resolve(performance.now() - begun);
            };
            window.postMessage(message, '*');
            look();
          }),
        given,
      ),
    );
  }
  return times;
}

/** What the scripts of the page cost, frame by frame, while the playhead is dragged from left to right. */
async function scrub(page: Page, session: CDPSession): Promise<readonly number[]> {
  const box = await page.locator('.chart').boundingBox();
  if (box === null) throw new Error('no chart is drawn');
  const y = box.y + 10;
  await page.mouse.move(box.x + 80, y);
  await page.mouse.down();
  const frames: number[] = [];
  let before = await metric(session, 'ScriptDuration');
  for (let frame = 0; frame < FRAMES; frame++) {
    await page.mouse.move(box.x + 80 + ((box.width - 120) * frame) / FRAMES, y);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    const now = await metric(session, 'ScriptDuration');
    frames.push((now - before) * 1000);
    before = now;
  }
  await page.mouse.up();
  return frames;
}

async function metric(session: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
}

async function heap(session: CDPSession): Promise<string> {
  await session.send('HeapProfiler.collectGarbage');
  return `${((await metric(session, 'JSHeapUsedSize')) / 1e6).toFixed(0)} MB`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
