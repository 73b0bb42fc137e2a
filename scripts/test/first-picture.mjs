// The panel's page by itself, in the browser: it comes with its Job in it, and draws that without asking anybody.
import { openPanelPage } from '../../test/bench/panel-page.ts';

const NAME = 'first picture: the page draws the Job that it comes with, before its host says a word';
const PATIENCE_MS = 60_000;
const POLL_MS = 50;

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'first' },
  spec: {
    completions: 3,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } },
  },
};
const source = { kind: 'simulation', uri: 'file:///first.yaml', document: 0, item: null };
const first = [
  { type: 'state', state: { source, seed: 1, playhead: null } },
  {
    type: 'simulate',
    title: 'first',
    version: 1,
    object: job,
    kubernetesMinor: 37,
    prices: {},
    errors: 0,
    scenario: null,
  },
];

/**
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<{ passed: number, failures: { title: string, error: string }[] }>}
 */
export async function firstPictureTest(browser) {
  const panel = await openPanelPage(browser, first);
  try {
    const drawn = await saidBy(panel, (message) => message.type === 'drawn');
    if (drawn.summary.pods !== 3) throw new Error(`it drew ${drawn.summary.pods} pods instead of 3`);
    const ready = await saidBy(panel, (message) => message.type === 'ready');
    if (!ready.first) throw new Error('it asked its host for what it had');
    console.log(`  ok ${NAME}`);
    return { passed: 1, failures: [] };
  } catch (error) {
    console.log(`  FAILED ${NAME}`);
    return { passed: 0, failures: [{ title: NAME, error: error instanceof Error ? error.message : String(error) }] };
  } finally {
    await panel.close();
  }
}

async function saidBy(panel, wanted) {
  let said = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    said = await panel.said();
    const found = said.find(wanted);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`waited ${PATIENCE_MS / 1000} s; it said only ${JSON.stringify(said)}`);
}
