import * as vscode from 'vscode';
import { addressOf, type DocsPlace } from '../../server/core/kubernetes/docs-pages.ts';
import { OPEN_PAGE, placeFrom, splitDocsLink } from './docs-link.ts';

/** A page of the documents that come with the extension. */
export function docsPageUri(extensionUri: vscode.Uri, page: string): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'docs', `${page}.md`);
}

/** Shows a page at a heading; `published` is where to go without VS Code's own Markdown extension. */
export async function showDocsPage(extensionUri: vscode.Uri, place: DocsPlace, published: string): Promise<void> {
  try {
    const uri = docsPageUri(extensionUri, place.page).with({ fragment: place.anchor });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  } catch {
    await vscode.env.openExternal(vscode.Uri.parse(published));
  }
}

/** Registers the command behind the links of hovers. It opens our own pages and nothing else. */
export function registerDocsPages({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand(OPEN_PAGE, async (...said: readonly unknown[]) => {
    const place = placeFrom(said);
    if (place !== null) await showDocsPage(extensionUri, place, addressOf(place));
  });
}

/**
 * Lets the link to a page of ours, with which a hover ends, open the page that comes with the extension. It becomes a
 * text of its own: what a manifest says stays in the other one, which may run no command.
 */
export function withLocalPage(hover: vscode.Hover): vscode.Hover {
  const contents = hover.contents.flatMap((content) => {
    const parts = content instanceof vscode.MarkdownString ? splitDocsLink(content.value) : null;
    if (parts === null || !(content instanceof vscode.MarkdownString)) return [content];
    content.value = parts.before;
    const link = new vscode.MarkdownString(parts.link);
    link.isTrusted = { enabledCommands: [OPEN_PAGE] };
    return [content, link];
  });
  return new vscode.Hover(contents, hover.range);
}
