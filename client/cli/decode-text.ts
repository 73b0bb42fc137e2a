import { TextDecoder } from 'node:util';

/** Bytes of a file or of standard input as text: UTF-8, or the UTF-16 that a byte order mark names (PowerShell's `>`). */
export function decodeText(bytes: Uint8Array): string {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === '255 254' ? 'utf-16le' : mark === '254 255' ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
