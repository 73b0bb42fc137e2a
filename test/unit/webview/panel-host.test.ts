import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeNonce, panelHtml } from '../../../client/src/panel/html.ts';
import { readFromPanel } from '../../../client/src/panel/read-message.ts';
import { readPanelState } from '../../../client/src/panel/read-state.ts';
import { fieldAndParents, followManifest } from '../../../client/src/panel/same-manifest.ts';
import type { ManifestSummary } from '../../../server/src/protocol/protocol.ts';

const page = {
  scriptUri: 'https://res/panel.js',
  styleUri: 'https://res/panel.css?a="><script>',
  workerUri: 'https://res/worker.js',
  cspSource: 'https://res',
  nonce: 'abc123',
};

test('the page allows one script by nonce, and nothing from elsewhere', () => {
  const html = panelHtml(page);
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'nonce-abc123'; style-src https:\/\/res;/);
  assert.doesNotMatch(policy, /unsafe|\*/);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.doesNotMatch(html, /"><script>/);
});

test('every page gets a nonce of its own', () => {
  assert.match(makeNonce(), /^[0-9a-f]{32}$/);
  assert.notEqual(makeNonce(), makeNonce());
});

test('what the page says is read with care', () => {
  assert.deepEqual(readFromPanel({ type: 'ready', more: 1 }), { type: 'ready' });
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
  const view = { window: { from: 2, until: 1 }, rowZoom: 0, tab: 'x', selected: { kind: 'pod', ordinal: -1 }, run: 2 };
  assert.deepEqual(readPanelState({ source, view })?.view, {
    window: null,
    rowZoom: 1,
    rowsBy: 'index',
    tab: 'Events',
    selected: null,
    run: 2,
  });
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
