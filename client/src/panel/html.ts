import { escapeMarkup } from '../../../server/core/timeline/markup.ts';
import type { ToPanel } from '../../../server/src/protocol/panel.ts';

/** What the panel's page is made of: the texts of its bundles. */
export interface PanelParts {
  readonly script: string;
  readonly style: string;
  /** Script of the worker that simulates. */
  readonly simulator: string;
}

export interface PanelPage extends PanelParts {
  /** Unguessable, fresh for each page. */
  readonly nonce: string;
  /** The display language, as VS Code names it, and what each English text is in it; null in English. */
  readonly language: string;
  readonly translations: Readonly<Record<string, string>> | null;
  /** What the page begins with, so that it need not ask its host before it draws. */
  readonly first: readonly ToPanel[];
}

/**
 * The panel's page, whole: each file that it would have to load costs a way through the workbench's service worker,
 * over the network where the editor is remote. The policy allows its one script and style, no network and no frame; a
 * worker only from a blob. Blocks of data are no scripts, and nothing in them can end them.
 */
export function panelHtml({ script, style, simulator, nonce, first, language, translations }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeMarkup(language)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Jobwright timeline</title>
    <style nonce="${nonce}">${withoutEnd(style)}</style>
  </head>
  <body>
    <div id="root"></div>
    <script type="application/json" id="first">${data(first)}</script>
    <script type="application/json" id="translations">${data(translations)}</script>
    <script type="text/plain" id="simulator">${withoutEnd(simulator)}</script>
    <script nonce="${nonce}">${withoutEnd(script)}</script>
  </body>
</html>`;
}

function data(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** In our own bundles these stand in strings and patterns only, where the backslash changes nothing. */
function withoutEnd(code: string): string {
  return code.replaceAll(/<(?=\/(?:script|style)|!--)/gi, '<\\');
}

/** A nonce of 128 random bits. */
export function makeNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
