import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { decodeText } from '../../../client/cli/decode-text.ts';

test('a byte order mark names the encoding, and is no part of the text', () => {
  const text = 'kind: Jöb\n';
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    little,
    Buffer.from(little).swap16(),
    Uint8Array.from(Buffer.from(text)),
  ])
    assert.equal(decodeText(bytes), text);
  assert.equal(decodeText(new Uint8Array()), '');
});
