import type { Json } from '../../core/manifest/edit.ts';
import { resolvePlain } from './plain.ts';
import type { TextStyle } from './text-style.ts';

/** Where a value is written: JSON puts every string and key in quotes, a flow collection quotes its own indicators. */
export type Notation = 'block' | 'flow' | 'json';

/** Text that the server reads as this very string without quotes. Numbers' and dates' lookalikes are quoted too. */
function isPlain(text: string, notation: Notation): boolean {
  if (notation === 'json' || text === '' || text.length > 200) return false;
  if (!/^[A-Za-z_/.$(][^\p{C}]*$/u.test(text) || /^\.[\d.]/.test(text) || text.startsWith('...')) return false;
  if (/: |:$| #|^\s|\s$/.test(text) || resolvePlain(text).value !== text) return false;
  // What other YAML readers take for a number or nothing.
  if (/^(?:[-+.]?(?:inf|nan)|=|~)$/i.test(text)) return false;
  return notation === 'block' || !/[,?[\]{}]|:[^/\w]/.test(text);
}

export function keyText(key: string, notation: Notation): string {
  return isPlain(key, notation === 'block' ? 'flow' : notation) ? key : JSON.stringify(key);
}

export function scalarText(value: null | boolean | number | bigint | string, notation: Notation): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value, notation) ? value : JSON.stringify(value);
}

function isScalar(value: Json): value is null | boolean | number | bigint | string {
  return value === null || typeof value !== 'object';
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** A value on one line. */
export function flowText(value: Json, notation: 'flow' | 'json'): string {
  if (isScalar(value)) return scalarText(value, notation);
  if (isList(value)) return `[${value.map((item) => flowText(item, notation)).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key, notation)}: ${flowText(item, notation)}`);
  return `{${entries.join(', ')}}`;
}

/** What stands behind a key's colon (with its leading space or line end), the key standing in column `column`. */
export function afterColon(value: Json, column: number, style: TextStyle): string {
  if (isScalar(value)) {
    const lines = literalLines(value);
    if (lines === null) return ` ${scalarText(value, 'block')}`;
    const indent = ' '.repeat(column + style.step);
    const body = lines.lines.map((line) => style.lineEnd + (line === '' ? '' : indent + line)).join('');
    return ` ${lines.header}${body}`;
  }
  if (isList(value))
    return value.length === 0 ? ' []' : style.lineEnd + indented(value, column + style.listStep, style);
  return Object.keys(value).length === 0 ? ' {}' : style.lineEnd + indented(value, column + style.step, style);
}

function indented(value: Json, column: number, style: TextStyle): string {
  return ' '.repeat(column) + blockText(value, column, style);
}

/** A value in block style; its first line stands in `column` already. */
export function blockText(value: Json, column: number, style: TextStyle): string {
  const glue = style.lineEnd + ' '.repeat(column);
  if (isScalar(value)) return scalarText(value, literalLines(value) === null ? 'block' : 'json');
  if (isList(value))
    return value.length === 0 ? '[]' : value.map((item) => `- ${itemText(item, column + 2, style)}`).join(glue);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  return entries.map(([key, item]) => `${keyText(key, 'block')}:${afterColon(item, column, style)}`).join(glue);
}

/** A value behind the dash of a list's item; `column` is where it starts. */
export function itemText(value: Json, column: number, style: TextStyle): string {
  const lines = isScalar(value) ? literalLines(value) : null;
  if (lines === null) return blockText(value, column, style);
  const body = lines.lines.map((line) => style.lineEnd + (line === '' ? '' : ' '.repeat(column) + line));
  return lines.header + body.join('');
}

/** Text of several lines, as the lines of a literal block; null when it is better quoted. */
function literalLines(value: Json): { header: string; lines: readonly string[] } | null {
  if (
    typeof value !== 'string' ||
    !value.includes('\n') ||
    !/^[^\s][\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd]*$/u.test(value)
  )
    return null;
  if (/[ \t]$/m.test(value)) return null;
  const body = value.replace(/\n+$/, '');
  const ends = value.length - body.length;
  const header = ends === 0 ? '|-' : ends === 1 ? '|' : '|+';
  return { header, lines: [...body.split('\n'), ...Array<string>(Math.max(0, ends - 1)).fill('')] };
}
