import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeNonce, panelHtml } from '../../../client/src/panel/html.ts';
import { readFromPanel } from '../../../client/src/panel/read-message.ts';
import { readPanelState } from '../../../client/src/panel/read-state.ts';
import { fieldAndParents, followManifest } from '../../../client/src/panel/same-manifest.ts';
import type { ManifestSummary } from '../../../server/src/protocol/protocol.ts';

const hostile = 'a</ScRiPt><script>alert(1)</script><!--';
const first = [{ type: 'message', tone: 'empty', title: hostile, text: '' }] as const;
const page = {
  script: 'run("</script><!--")',
  style: 'a{}',
  simulator: 'say("</SCRIPT>")',
  nonce: 'abc123',
  first,
  language: 'en',
  translations: { a: hostile },
};

test('the page allows one script by nonce, and nothing from elsewhere', () => {
  const html = panelHtml(page);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const rest = "worker-src blob:; base-uri 'none'; form-action 'none'";
  assert.equal(policy, `default-src 'none'; script-src 'nonce-abc123'; style-src 'nonce-abc123'; ${rest}`);
  assert.equal(html.match(/<script nonce=/g)?.length, 1);
});

test('nothing in a block of the page can end it', () => {
  const html = panelHtml(page);
  assert.deepEqual([html.match(/<script/gi)?.length, html.match(/<\/script>/gi)?.length], [4, 4]);
  assert.doesNotMatch(html.slice(10), /<!/);
  const block = (id: string): string => new RegExp(`id="${id}">(.*)</script>`).exec(html)?.[1] ?? '';
  assert.deepEqual(JSON.parse(block('first')), first);
  assert.deepEqual(JSON.parse(block('translations')), { a: hostile });
  // In a string the backslash changes nothing.
  assert.equal(block('simulator'), 'say("<\\/SCRIPT>")');
  assert.match(html, /run\("<\\\/script><\\!--"\)/);
});

test('every page gets a nonce of its own', () => {
  assert.match(makeNonce(), /^[0-9a-f]{32}$/);
  assert.notEqual(makeNonce(), makeNonce());
});

test('what the page says is read with care', () => {
  assert.deepEqual(readFromPanel({ type: 'ready', more: 1 }), { type: 'ready', first: false });
  assert.deepEqual(readFromPanel({ type: 'action', id: 'open' }), { type: 'action', id: 'open' });
  const summary = { pods: 3, until: 9, end: { outcome: 'Complete', reason: 'CompletionsReached', t: 8 } };
  assert.deepEqual(readFromPanel({ type: 'drawn', summary }), { type: 'drawn', summary });
  const exported = { type: 'export', format: 'svg', name: 'a', text: '<svg/>' };
  assert.deepEqual(readFromPanel(exported), exported);
  assert.equal(readFromPanel({ ...exported, format: 'exe' }), null);
  const bad = [undefined, [], 'ready', { type: 'eval' }, { type: 'reveal', field: 3 }, { type: 'drawn', summary: {} }];
  for (const data of bad) assert.equal(readFromPanel(data), null);
});

test('kept state is used only as far as it makes sense', () => {
  const source = { kind: 'simulation', uri: 'file:///a.yaml', document: 1, item: null };
  assert.deepEqual(readPanelState({ source, seed: 5, playhead: 2.5, scenario: { pods: [] } }), {
    source,
    seed: 5,
    playhead: 2.5,
    scenario: { pods: [] },
  });
  assert.deepEqual(readPanelState({ source, seed: -1, playhead: 'x' }), {
    source,
    seed: 1,
    playhead: null,
    scenario: undefined,
  });
  const view = {
    window: { from: 2, until: 1 },
    rowZoom: 0,
    tab: 'x',
    selected: { kind: 'pod', ordinal: -1 },
    run: 2,
    scroll: { page: 12.5, side: -1, rows: 'x' },
  };
  assert.deepEqual(readPanelState({ source, view })?.view, {
    window: null,
    rowZoom: 1,
    rowsBy: 'index',
    tab: 'Events',
    selected: null,
    run: 2,
    scroll: { page: 12.5, side: 0, table: 0, rows: 0 },
  });
  const runs = (kept: object): unknown => readPanelState({ source, view: { ...view, runs: kept } })?.view?.runs;
  assert.deepEqual(runs({ as: 'timeline', at: 90, zoom: 2 }), { as: 'timeline', at: 90, zoom: 2 });
  assert.deepEqual(runs({ as: 'week', at: 'x', zoom: 0 }), { as: 'calendar', at: null, zoom: 1 });
  for (const other of [null, {}, { kind: 'simulation', uri: 'x', document: -1, item: null }, { kind: 'live' }]) {
    assert.equal(readPanelState({ source: other }), null);
  }
});

test('a Job is followed by its name when a document is put before it', () => {
  const manifest = (document: number, name: string): ManifestSummary => ({
    uri: 'u',
    document,
    item: null,
    kind: 'Job',
    name,
    namespace: null,
    range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    accepted: true,
  });
  const address = { uri: 'u', document: 0, item: null };
  assert.equal(followManifest(address, 'b', [manifest(0, 'a'), manifest(1, 'b')])?.document, 1);
  assert.equal(followManifest(address, 'b', [manifest(0, 'renamed')])?.document, 0);
  assert.equal(followManifest(address, 'b', []), null);
});

test('a field that is not written is looked for in what it would be in', () => {
  assert.deepEqual(fieldAndParents('spec.podFailurePolicy.rules[0].onExitCodes'), [
    'spec.podFailurePolicy.rules[0].onExitCodes',
    'spec.podFailurePolicy.rules[0]',
    'spec.podFailurePolicy.rules',
    'spec.podFailurePolicy',
    'spec',
  ]);
});
