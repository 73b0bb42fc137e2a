import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeNonce, panelHtml } from '../../client/src/panel/html.ts';
import type { FromPanel, ToPanel } from '../../server/src/protocol/panel.ts';

const bundles = fileURLToPath(new URL('../../dist/webview/', import.meta.url));

/** Path of one of the panel's built files. */
export function bundle(name: string): string {
  return join(bundles, name);
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What the page keeps, as its global `seen`. */
export interface Seen {
  readonly said: FromPanel[];
  /** Of the last picture; -1 before the first. */
  pods: number;
  /** Milliseconds from the page's start to the frame that shows the first picture. */
  firstPicture: number;
}

/** The panel in a browser page of its own, with the measurer as its host. */
export interface PanelPage {
  readonly page: Page;
  /** Posts a message to the panel, as the extension does. */
  send(message: ToPanel): Promise<void>;
  /** All that the panel has said so far. */
  said(): Promise<readonly FromPanel[]>;
  close(): Promise<void>;
}

/** The first browser of a known place; null where there is none. */
export function browserProgram(): string | null {
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

export function launchBrowser(program: string): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--js-flags=--expose-gc'],
  });
}

/**
 * Opens the built panel with the page and the policy that the extension gives it.
 * @param first what the page is made with
 */
export async function openPanelPage(
  browser: Browser,
  first: readonly ToPanel[] = [],
  size = { width: 1200, height: 800 },
  translations: Readonly<Record<string, string>> | null = null,
): Promise<PanelPage> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://127.0.0.1').pathname.slice(1);
    if (name === '') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(
        panelHtml({
          script: readFileSync(bundle('panel.js'), 'utf8'),
          style: readFileSync(bundle('panel.css'), 'utf8'),
          simulator: readFileSync(bundle('simulator-worker.js'), 'utf8'),
          nonce: makeNonce(),
          first,
          language: 'en',
          translations,
        }),
      );
      return;
    }
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ viewport: size });
  await page.addInitScript(() => {
    const begun = performance.now();
    const seen: Seen = { said: [], pods: -1, firstPicture: NaN };
    Object.assign(globalThis, {
      seen,
      acquireVsCodeApi: () => ({
        postMessage: (message: FromPanel) => {
          seen.said.push(message);
          if (message.type !== 'drawn') return;
          seen.pods = message.summary.pods;
          // The frame after the drawing shows it.
          if (Number.isNaN(seen.firstPicture))
            requestAnimationFrame(() => (seen.firstPicture = performance.now() - begun));
        },
        getState: () => undefined,
        setState: () => undefined,
      }),
    });
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    send: (message) => page.evaluate((data) => window.postMessage(data, '*'), message as unknown as object),
    said: () => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen.said),
    async close() {
      await page.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
