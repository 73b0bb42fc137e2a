import { DOCS_ADDRESS, type DocsPlace } from '../../server/core/kubernetes/docs-pages.ts';

/** Shows a page that comes with the extension; with the name of the page and of a heading. Not for the palette. */
export const OPEN_PAGE = 'jobwright.openDocsPage';

const NAME = /^[a-z][a-z-]*$/;
const ANCHOR = /^[\p{L}\p{N}_-]*$/u;

/** The arguments of the command, which a link carries; null for what names no page of ours. */
export function placeFrom([page, anchor]: readonly unknown[]): DocsPlace | null {
  if (typeof page !== 'string' || typeof anchor !== 'string') return null;
  return NAME.test(page) && ANCHOR.test(anchor) ? { page, anchor } : null;
}

/** Words without anything that Markdown reads, an address of ours, and nothing after it. */
const LAST_LINK = new RegExp(
  `\\n\\n\\[([\\p{L} ]+)\\]\\(${DOCS_ADDRESS.replaceAll('.', '\\.')}([a-z-]+)\\.md#([\\p{L}\\p{N}_-]+)\\)$`,
  'u',
);

/**
 * Takes the link to a page of ours off the end of a text that the server made, and makes a command of it; null where
 * there is none. Such an address cannot come from a manifest: hovers escape what those say.
 */
export function splitDocsLink(markdown: string): { readonly before: string; readonly link: string } | null {
  const [whole, words, page, anchor] = LAST_LINK.exec(markdown) ?? [];
  const place = placeFrom([page, anchor]);
  if (whole === undefined || words === undefined || place === null) return null;
  const said = encodeURIComponent(JSON.stringify([place.page, place.anchor]));
  return {
    before: markdown.slice(0, -whole.length),
    link: `[${words}](command:${OPEN_PAGE}?${said})`,
  };
}
