import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Diagnostic, Hover, InitializeResult } from 'vscode-languageserver-protocol';
import { startEditor, type Editor } from './editor.ts';

const TEXT = `apiVersion: batch/v1
kind: Job
metadata: { name: x, annotations: { note: "é€😀" }, wrong: 1 }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: a, image: "b" }] }
`;
/** Before `wrong` in its line, in bytes of UTF-8 and in UTF-16 code units. */
const LINE = TEXT.split('\n')[2]!;
const UNITS = LINE.indexOf('wrong');
const BYTES = Buffer.byteLength(LINE.slice(0, UNITS));

const about =
  (field: string) =>
  ({ message }: Diagnostic): boolean =>
    JSON.stringify(message).includes(field);

describe('a client that counts bytes of UTF-8', () => {
  let editor: Editor;
  before(async () => {
    editor = await startEditor({ capabilities: { general: { positionEncodings: ['utf-8', 'utf-16'] } } });
  });
  after(() => editor.close());

  test('is told so', () => {
    assert.equal((editor.initialized satisfies InitializeResult).capabilities.positionEncoding, 'utf-8');
  });

  test('gets diagnostics and hovers, and edits, in bytes', async () => {
    const open = await editor.open(TEXT);
    const unknown = (all: readonly Diagnostic[]): Diagnostic => all.find(about('wrong'))!;
    const before = unknown(await open.diagnostics());
    assert.deepEqual(before.range.start, { line: 2, character: BYTES });
    assert.equal(before.range.end.character, BYTES + 'wrong'.length);

    const hover = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri: open.uri },
      position: { line: 2, character: 14 },
    });
    assert.deepEqual(hover.range?.start, { line: 2, character: 12 });

    // Two changes in one message: the second counts by the text that the first left.
    await editor.notify('textDocument/didChange', {
      textDocument: { uri: open.uri, version: 2 },
      contentChanges: [
        { range: { start: { line: 2, character: BYTES }, end: { line: 2, character: BYTES + 5 } }, text: '"😀"' },
        {
          range: { start: { line: 2, character: BYTES }, end: { line: 2, character: BYTES + 6 } },
          text: 'other',
        },
      ],
    });
    const { diagnostics } = await editor.shown(open.uri, ({ version }) => version === 2);
    const after = diagnostics.find(about('other'));
    assert.deepEqual(after?.range.start, { line: 2, character: BYTES });
    await open.shut();
  });
});

test('UTF-16 is what a client gets that prefers it, or says nothing', async () => {
  for (const capabilities of [{}, { general: { positionEncodings: ['utf-32', 'utf-16', 'utf-8'] } }]) {
    const editor = await startEditor({ capabilities });
    assert.equal(editor.initialized.capabilities.positionEncoding, 'utf-16');
    const open = await editor.open(TEXT);
    const [found] = (await open.diagnostics()).filter(about('wrong'));
    assert.deepEqual(found?.range.start, { line: 2, character: UNITS });
    await editor.close();
  }
});
