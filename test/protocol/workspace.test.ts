import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  Diagnostic,
  DocumentLink,
  LocationLink,
  WorkspaceDiagnosticReport,
  WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol';
import { CHECK_WORKSPACE, type WorkspaceCheck } from '../../server/src/protocol/protocol.ts';
import { startEditor, type Editor } from './editor.ts';

const CONFIG = `# settings
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: fast
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: batch }
stringData: { password: x }
`;
const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
  namespace: batch
spec:
  template:
    spec:
      restartPolicy: Never
      serviceAccountName: runner
      containers:
        - name: a
          image: b:1
          env:
            - name: MODE
              valueFrom:
                configMapKeyRef:
                  name: settings
                  key: mode
            - name: PASSWORD
              valueFrom:
                secretKeyRef: { name: login, key: password }
      volumes:
        - name: v
          configMap:
            name: settings
            items:
              - { key: mode, path: mode }
`;
const WRONG = JOB.replace('Never', 'Always');

let folder: string;
let editor: Editor;
const addressOf = (name: string): string => pathToFileURL(join(folder, name)).href;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jobwright-workspace-'));
  mkdirSync(join(folder, 'node_modules'));
  mkdirSync(join(folder, 'jobs'));
  writeFileSync(join(folder, 'config.yaml'), CONFIG);
  writeFileSync(join(folder, 'jobs', 'wrong.yaml'), WRONG);
  writeFileSync(join(folder, 'jobs', 'one.json'), '{ "apiVersion": "batch/v1", "kind": "Job", "spec": { "bad": 1 } }');
  writeFileSync(join(folder, 'node_modules', 'not-ours.yaml'), WRONG);
  writeFileSync(join(folder, 'other.yaml'), 'a: 1\n');
  editor = await startEditor({
    files: true,
    folders: [pathToFileURL(folder).href],
    capabilities: { window: { workDoneProgress: true }, textDocument: { definition: { linkSupport: true } } },
  });
});
after(async () => {
  await editor.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('objects that other files define', () => {
  test('are links and definitions, of the whole and of a key, once the files were read', async () => {
    const open = await editor.open(JOB);
    const textDocument = { uri: open.uri };
    let links: DocumentLink[] = [];
    while (links.length === 0) links = await editor.request('textDocument/documentLink', { textDocument });
    assert.deepEqual(
      links.map(({ range, target }) => `${open.at(range)} ${(target ?? '').split('/').at(-1) ?? ''}`),
      [
        'settings config.yaml#L5',
        'mode config.yaml#L7',
        'login config.yaml#L11',
        'password config.yaml#L12',
        'settings config.yaml#L5',
        'mode config.yaml#L7',
      ],
    );
    const [target] = await editor.request<LocationLink[]>('textDocument/definition', {
      textDocument,
      position: open.document.positionAt(JOB.indexOf('key: mode') + 6),
    });
    assert.equal(target?.targetUri, addressOf('config.yaml'));
    assert.equal(target.targetRange.start.line, 6);
    await open.shut();
  });

  test('that lack a key are named, until a file defines it', async () => {
    const open = await editor.open(JOB.replace('key: mode', 'key: mood'), addressOf('jobs/open.yaml'));
    const named = (key: string) => (diagnostics: readonly Diagnostic[]) =>
      diagnostics.some(
        ({ code, message }) => code === 'advice/missing-key' && (message as string).includes(`no key ${key},`),
      );
    await editor.shown(open.uri, ({ diagnostics }) => named('mood')(diagnostics));
    writeFileSync(join(folder, 'config.yaml'), CONFIG.replace('mode: fast', 'mode: fast\n  mood: good'));
    await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: addressOf('config.yaml'), type: 2 }] });
    await editor.shown(open.uri, ({ diagnostics }) => !named('mood')(diagnostics));
    writeFileSync(join(folder, 'config.yaml'), CONFIG);
    await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: addressOf('config.yaml'), type: 2 }] });
    await editor.shown(open.uri, ({ diagnostics }) => named('mood')(diagnostics));
    await open.shut();
  });

  test('another namespace is another object', async () => {
    const open = await editor.open(JOB.replace('namespace: batch', 'namespace: other'));
    const links = await editor.request<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri: open.uri },
    });
    assert.ok(!links.some(({ range }) => open.at(range) === 'login'));
    await open.shut();
  });

  test('their names and keys are offered', async () => {
    const text = JOB.replace('name: settings\n                  key: mode', 'name: settings\n                  key: ');
    const open = await editor.open(text);
    const keys = await open.completions(text.indexOf('key: \n') + 5);
    assert.deepEqual(
      keys.map(({ label }) => label),
      ['mode'],
    );
    const names = await open.completions(text.indexOf('name: settings') + 8);
    assert.deepEqual(
      names.map(({ label }) => label),
      ['settings'],
    );
    await open.shut();
  });
});

describe('a check of the workspace', () => {
  test('fills the problems of files that are not open, shows how far it is, and sums up', async () => {
    const found = await editor.request<WorkspaceCheck>('workspace/executeCommand', { command: CHECK_WORKSPACE });
    assert.equal(found.files, 2);
    assert.ok(found.errors >= 2);
    assert.equal(editor.progress[0], 'begin');
    assert.equal(editor.progress.at(-1), 'end');
    const { diagnostics } = await editor.shown(addressOf('jobs/wrong.yaml'), () => true);
    assert.ok(diagnostics.some(({ severity }) => severity === 1));
    await editor.shown(addressOf('jobs/one.json'), (params) => params.diagnostics.length > 0);
    // A file that changes on the disk loses what was said of its former text.
    await editor.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: addressOf('jobs/wrong.yaml'), type: 2 }],
    });
    await editor.shown(addressOf('jobs/wrong.yaml'), (params) => params.diagnostics.length === 0);
  });

  test('the same for a client that asks', async () => {
    const open = await editor.open(WRONG, addressOf('jobs/wrong.yaml'));
    const report = await editor.request<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    const items = report.items as readonly WorkspaceFullDocumentDiagnosticReport[];
    assert.deepEqual(
      items.map(({ uri }) => uri),
      [addressOf('jobs/one.json')],
      'what is open is asked for by itself',
    );
    assert.ok(items[0]!.items.length > 0);
    await open.shut();
  });

  test('nothing is looked at before somebody asks, and a command of others is not ours', async () => {
    assert.equal(await editor.request('workspace/executeCommand', { command: 'other' }), null);
  });
});
