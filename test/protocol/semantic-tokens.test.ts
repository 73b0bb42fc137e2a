import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SemanticTokens } from 'vscode-languageserver-protocol';
import { startEditor } from './editor.ts';

const JOB = `apiVersion: batch/v1
kind: Job
metadata: { name: x }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: worker
          image: worker:1
          command: ["größer", "$(HOME_DIR)"]
          env: [{ name: HOME_DIR, value: /home }]
`;

test('semantic tokens of a text and of a stretch, in the characters of the editor', async () => {
  for (const [encoding, character] of [
    ['utf-16', 33],
    ['utf-8', 35],
  ] as const) {
    const editor = await startEditor({ capabilities: { general: { positionEncodings: [encoding] } } });
    try {
      const { semanticTokensProvider } = editor.initialized.capabilities as {
        semanticTokensProvider: { legend: { tokenTypes: string[] }; full: boolean; range: boolean };
      };
      assert.deepEqual([semanticTokensProvider.full, semanticTokensProvider.range], [true, true]);
      assert.equal(semanticTokensProvider.legend.tokenTypes[0], 'variable');
      const { uri } = await editor.open(JOB);
      const ask = (method: string, more = {}): Promise<SemanticTokens> =>
        editor.request(`textDocument/semanticTokens/${method}`, { textDocument: { uri }, ...more });
      const whole = [10, character, 8, 0, 0, 1, 24, 8, 0, 1];
      assert.deepEqual((await ask('full')).data, whole);
      const line = (at: number) => ({ start: { line: at, character: 0 }, end: { line: at, character: 80 } });
      assert.deepEqual((await ask('range', { range: line(10) })).data, whole.slice(0, 5));
      assert.deepEqual((await ask('range', { range: line(3) })).data, []);
    } finally {
      await editor.close();
    }
  }
});

test('a stream of 3,000 Jobs is coloured where it is seen, and never as a whole', async () => {
  const editor = await startEditor();
  try {
    const { uri } = await editor.open(Array.from({ length: 3000 }, () => JOB).join('---\n'));
    const textDocument = { uri };
    const lines = JOB.split('\n').length;
    assert.equal(await editor.request('textDocument/semanticTokens/full', { textDocument }), null);
    const range = (first: number, last: number) => ({
      textDocument,
      range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
    });
    const seen = range(2000 * lines, 2002 * lines);
    const { data } = await editor.request<SemanticTokens>('textDocument/semanticTokens/range', seen);
    assert.equal(data.length / 5, 4);
    const all = await editor.request<SemanticTokens>('textDocument/semanticTokens/range', range(0, 3000 * lines));
    assert.ok(all.data.length / 5 < 1000);
  } finally {
    await editor.close();
  }
});
