/** Markdown from texts that may come out of a manifest: nothing in them may become markup, a link or HTML. */

/** The longest stretch of a manifest that is shown; the rest becomes `…`. */
const LONGEST = 200;

/** Plain text as Markdown, on one line. */
export function escapeMarkdown(text: string): string {
  return shorten(oneLine(text), 1000)
    .replace(/[\\`*_[\]<>|~#&]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : `\\${sign}`))
    .replace(/:\/\//g, '\\://')
    .replace(/@/g, '\\@')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}\\.`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+=])/, '\\$1');
}

/** A name or value as inline code, on one line. Backquotes inside are fenced by longer ones. */
export function inlineCode(text: string): string {
  const shown = shorten(oneLine(text), LONGEST);
  if (shown.trim() === '') return '` `';
  const longestRun = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const space = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
