import * as vscode from 'vscode';

/** As the files of snippets have them. */
interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

/** Registers the command that inserts a snippet: the one of this name, or one that the person chooses. */
export function registerInsertSnippet({ extension }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('jobwright.insertSnippet', async (wanted?: unknown) => {
    const snippets = await readSnippets(extension);
    const name = typeof wanted === 'string' && snippets.has(wanted) ? wanted : await choose(snippets);
    const snippet = name === undefined ? undefined : snippets.get(name);
    if (snippet === undefined) return;
    const editor = freeEditor() ?? (await newEditor());
    await editor.insertSnippet(new vscode.SnippetString(snippet.body.join('\n')));
  });
}

/** Those that package.json names, by their names, in its order. */
async function readSnippets({ extensionUri, packageJSON }: vscode.Extension<unknown>): Promise<Map<string, Snippet>> {
  const { contributes } = packageJSON as { contributes: { snippets: readonly { path: string }[] } };
  const texts = await Promise.all(
    contributes.snippets.map(({ path }) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, path))),
  );
  const files = texts.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, Snippet>>);
  return new Map(files.flatMap((file) => Object.entries(file)));
}

async function choose(snippets: ReadonlyMap<string, Snippet>): Promise<string | undefined> {
  const items = [...snippets].map(([label, { prefix, description }]) => ({
    label,
    description: [prefix].flat()[0] ?? '',
    detail: description,
  }));
  const placeHolder = vscode.l10n.t('Which snippet shall be inserted?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true, matchOnDetail: true }))
    ?.label;
}

/** The active YAML text, where nothing stands in the line of the cursor: a snippet begins a document. */
function freeEditor(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'yaml') return undefined;
  return editor.document.lineAt(editor.selection.active.line).isEmptyOrWhitespace ? editor : undefined;
}

async function newEditor(): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content: '' }));
}
