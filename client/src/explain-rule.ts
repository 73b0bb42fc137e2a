import * as vscode from 'vscode';
import { anchorOfHeading } from '../../server/core/kubernetes/docs-pages.ts';
import { docsOf } from '../../server/core/validation/rules.ts';
import { docsPageUri, showDocsPage } from './docs-page.ts';

/** Registers the command that shows the page, at a rule where one is given. */
export function registerExplainRule({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('jobwright.explainRule', async (rule?: unknown) => {
    const id = typeof rule === 'string' ? rule : '';
    // The preview knows headings by their words alone, and not the anchors that addresses on the web name.
    const headings = await headingsOf(extensionUri).catch(() => new Map<string, Heading>());
    await showDocsPage(extensionUri, { page: 'rules', anchor: headings.get(id)?.anchor ?? '' }, docsOf(id));
  });
}

/** Lets the code of a finding lead somewhere else. */
export type PageFinder = (diagnostic: vscode.Diagnostic) => vscode.Diagnostic;

/**
 * Lets the code of a finding lead to its heading in the page that comes with the extension. A place in a file is what
 * hovers and the list of problems both open; in a browser, where that is no file, the published page stays.
 */
export async function localPages(extensionUri: vscode.Uri): Promise<PageFinder> {
  const page = docsPageUri(extensionUri, 'rules');
  if (/^https?$/.test(page.scheme)) return (diagnostic) => diagnostic;
  const headings = await headingsOf(extensionUri);
  return (diagnostic) => {
    const { code } = diagnostic;
    const line = typeof code === 'object' ? headings.get(String(code.value))?.line : undefined;
    if (typeof code !== 'object' || line === undefined) return diagnostic;
    diagnostic.code = { value: code.value, target: page.with({ fragment: `L${line}` }) };
    return diagnostic;
  };
}

interface Heading {
  /** 1-based. */
  readonly line: number;
  readonly anchor: string;
}

/** The headings of the page of rules, by the rules' ids. */
async function headingsOf(extensionUri: vscode.Uri): Promise<ReadonlyMap<string, Heading>> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(docsPageUri(extensionUri, 'rules')));
  const headings = new Map<string, Heading>();
  for (const [at, line] of text.split('\n').entries()) {
    const [, words, id] = /^### (`([^`]+)`.*)/.exec(line) ?? [];
    if (words !== undefined && id !== undefined) headings.set(id, { line: at + 1, anchor: anchorOfHeading(words) });
  }
  return headings;
}
