import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from '../eventually.ts';
import { stage } from '../stage.ts';
import { closeAll, codeOf, diagnosticsOf, jobwright, openExample } from '../workspace.ts';

const FAULTY = `apiVersion: batch/v1
kind: Job
metadata:
  name: draft
spec:
  backoffLimit: -1
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: a, image: "a:1" }]
`;
const SCHEME = 'jobwright-test-commit';

/** What a commit had, as the Git extension shows it: a file system that takes no changes. */
class Commit implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly #bytes = new TextEncoder().encode(FAULTY);

  watch = (): vscode.Disposable => vscode.Disposable.from();
  stat = (): vscode.FileStat => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.#bytes.length });
  readDirectory = (): [string, vscode.FileType][] => [];
  readFile = (): Uint8Array => this.#bytes;
  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}

function hoverAt(uri: vscode.Uri, line: number, character: number): Promise<string> {
  return eventually(`a hover in ${uri.scheme}:`, async () => {
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(line, character),
    );
    const [content] = hover?.contents ?? [];
    return content instanceof vscode.MarkdownString ? content.value : null;
  });
}

suite('documents of every kind', () => {
  teardown(closeAll);

  test('those that are not saved yet are checked and explained, in YAML and JSON', async () => {
    await jobwright();
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: FAULTY });
    await vscode.window.showTextDocument(document);
    const found = await diagnosticsOf(document.uri, (all) => all.some((one) => codeOf(one) === 'api/invalid'));
    assert.ok(found.length > 0);
    assert.include(await hoverAt(document.uri, 5, 5), 'backoffLimit');
    const content =
      '{ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "x" }, "spec": { "parallel": 1 } }';
    const inJson = await vscode.workspace.openTextDocument({ language: 'json', content });
    await vscode.window.showTextDocument(inJson);
    await diagnosticsOf(inJson.uri, (all) => all.some((one) => codeOf(one) === 'api/unknown-field'));
  });

  test('a draft that takes the address of a closed one is checked like the first', async () => {
    await jobwright();
    const addresses = new Set<string>();
    for (const language of ['yaml', 'json', 'yaml']) {
      const document = await vscode.workspace.openTextDocument({ language, content: FAULTY });
      addresses.add(document.uri.toString());
      await vscode.window.showTextDocument(document);
      await diagnosticsOf(document.uri, (all) => all.some((one) => codeOf(one) === 'api/invalid'));
      await closeAll();
      await eventually('nothing said of a closed text', () =>
        vscode.languages.getDiagnostics(document.uri).length === 0 ? true : null,
      );
    }
    assert.equal(addresses.size, 1);
  });

  test('what only the whole document tells is coloured, as a whole and where it is seen', async () => {
    await jobwright();
    const content = FAULTY.replace(/containers: .*/, () =>
      [
        'containers:',
        '        - name: a',
        '          image: "a:1"',
        '          args: ["$(HOME_DIR)", "$(NOWHERE)"]',
        '          env: [{ name: HOME_DIR, value: /home }]',
        '          volumeMounts: [{ name: data, mountPath: /data }]',
        '      volumes: [{ name: data, emptyDir: {} }]',
      ].join('\n'),
    );
    const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
    await vscode.window.showTextDocument(document);
    const legend = await eventually(
      'the legend',
      async () =>
        await vscode.commands.executeCommand<vscode.SemanticTokensLegend | undefined>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
    );
    const words = ({ data }: vscode.SemanticTokens): readonly string[] => {
      let at = new vscode.Position(0, 0);
      return Array.from({ length: data.length / 5 }, (_, token) => {
        const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(token * 5);
        at = lines === 0 ? at.translate(0, characters) : new vscode.Position(at.line + lines, characters);
        return `${document.getText(new vscode.Range(at, at.translate(0, length)))} ${legend.tokenTypes[type]}`;
      });
    };
    const all = ['HOME_DIR variable', '$(NOWHERE) string', 'HOME_DIR variable', 'data variable', 'data variable'];
    const whole = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    assert.deepEqual(words(whole), all);
    const seen = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      document.uri,
      new vscode.Range(0, 0, 12, 40),
    );
    assert.deepEqual(words(seen), all.slice(0, 2));
    await stage.screenshot('semantic-colours').catch(() => undefined);
  });

  test('a difference from a commit says what is wrong once, and explains both sides', async () => {
    const { document } = await openExample('mistakes.yaml');
    const commit = vscode.workspace.registerFileSystemProvider(SCHEME, new Commit(), { isReadonly: true });
    try {
      const before = vscode.Uri.from({ scheme: SCHEME, path: '/mistakes.yaml' });
      await vscode.commands.executeCommand('vscode.diff', before, document.uri, 'mistakes.yaml (commit)');
      await diagnosticsOf(document.uri, (all) => all.length > 0);
      assert.include(await hoverAt(before, 5, 5), 'backoffLimit');
      const doubled = vscode.languages.getDiagnostics(before).filter(({ source }) => source === 'Jobwright');
      assert.deepEqual(doubled, []);
    } finally {
      await closeAll();
      commit.dispose();
    }
  });

  test('a language model lints, simulates and asks for a rule', async () => {
    await jobwright();
    const ask = async (name: string, input: object): Promise<string> => {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
    };
    const linted = await ask('jobwright_lint', { manifest: FAULTY });
    assert.include(linted, 'Job draft: the API server would refuse it.');
    assert.include(linted, 'line 6: error api/invalid at spec.backoffLimit: ');
    const good = FAULTY.replace('-1', '2');
    assert.match(await ask('jobwright_simulate', { manifest: good }), /draft[^]*Complete/);
    const scenario = 'default: { exitCode: 1 }';
    assert.match(await ask('jobwright_simulate', { manifest: good, scenario }), /BackoffLimitExceeded/);
    assert.include(await ask('jobwright_explain', { rule: 'advice/missing-key' }), 'CreateContainerConfigError');
    assert.include(await ask('jobwright_explain', { rule: 'nothing' }), 'There is no rule of that name.');
    assert.include(await ask('jobwright_lint', { manifest: 'a: 1' }), 'There is no Job or CronJob');
  });
});
