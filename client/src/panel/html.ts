import { escapeMarkup } from '../../../server/core/timeline/markup.ts';

/** What the page of the panel is made of; addresses are such as the webview may load. */
export interface PanelPage {
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly workerUri: string;
  /** Source expression of the webview's own resources. */
  readonly cspSource: string;
  /** Unguessable, fresh for each page. */
  readonly nonce: string;
}

/**
 * The panel's page: nothing but a root, one style sheet and one script. The policy allows no other script, no network
 * (the worker's text is fetched from the extension's own files) and no frame; a worker only from a blob.
 */
export function panelHtml({ scriptUri, styleUri, workerUri, cspSource, nonce }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `connect-src ${cspSource}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${escapeMarkup(policy)}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Jobwright timeline</title>
    <link rel="stylesheet" href="${escapeMarkup(styleUri)}" />
  </head>
  <body>
    <div id="root" data-worker="${escapeMarkup(workerUri)}"></div>
    <script nonce="${nonce}" src="${escapeMarkup(scriptUri)}"></script>
  </body>
</html>`;
}

/** A nonce of 128 random bits. */
export function makeNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
