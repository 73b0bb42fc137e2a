import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { startEditor, type Text } from './editor.ts';

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  parallelism: 3
  completions: 2
  successPolicy: {rules: [{succeededCount: 1}]}
  completionMode: Indexed
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
          command: [echo, $(JOB_COMPLETION_INDEX)]
          resources: {requests: {cpu: 100m}}
`;

const folder = mkdtempSync(join(tmpdir(), 'jobwright-protocol-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rulesOf = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(({ code, severity }) => `${String(code)} ${String(severity)}`).sort();

async function rules(text: Text): Promise<string[]> {
  return rulesOf(await text.diagnostics());
}

test('severities and the Kubernetes version come from the settings, and change at once', async () => {
  let configuration: object = {};
  const editor = await startEditor({
    capabilities: { workspace: { configuration: true } },
    configuration: () => configuration,
  });
  after(() => editor.close());
  const text = await editor.open(JOB);
  assert.deepEqual(await rules(text), ['advice/left-unset 4', 'advice/parallelism-capped 3']);
  configuration = { severity: { 'advice/left-unset': 'off', 'advice/*': 'warning' }, kubernetesVersion: '1.30' };
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  const shown = await editor.shown(text.uri, ({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'api/version'),
  );
  assert.deepEqual(rulesOf(shown.diagnostics), ['advice/parallelism-capped 2', 'api/version 2']);
  const found = shown.diagnostics.find(({ code }) => code === 'api/version');
  assert.match(found?.message as string, /1\.31/);
});

test('ignore comments silence diagnostics and their quick fixes', async () => {
  const editor = await startEditor();
  after(() => editor.close());
  const text = await editor.open(JOB);
  const [capped] = (await text.diagnostics()).filter(({ code }) => code === 'advice/parallelism-capped');
  const actions = await text.actions(capped!.range, [], ['quickfix']);
  assert.deepEqual(
    actions.map(({ kind }) => kind),
    ['quickfix', 'quickfix', 'quickfix.ignore'],
  );
  assert.ok(text.apply(actions.at(-1)!).includes('  # jobwright-ignore advice/parallelism-capped\n  parallelism: 3\n'));
  await text.replace('parallelism: 3', 'parallelism: 3 # jobwright-ignore advice/parallelism-capped');
  assert.deepEqual(await rules(text), ['advice/left-unset 4']);
  assert.deepEqual(await text.actions(capped!.range, [], ['quickfix']), []);
  await text.replace('advice/parallelism-capped', 'advice/ttl-zero');
  assert.deepEqual(await rules(text), ['advice/left-unset 4', 'advice/parallelism-capped 3', 'note/unused-ignore 4']);
});

test('a file that a kustomization uses as a patch is checked as a part', async () => {
  const path = (name: string): string => pathToFileURL(join(folder, name)).href;
  writeFileSync(join(folder, 'kustomization.yaml'), 'resources: [job.yaml]\n');
  const editor = await startEditor({ files: true });
  after(() => editor.close());
  const part = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\nspec:\n  backoffLimit: 2\n';
  const text = await editor.open(part, path('limits.yaml'));
  assert.ok((await rules(text)).some((rule) => rule.startsWith('api/required')));

  // As the file changes on disk,
  writeFileSync(join(folder, 'kustomization.yaml'), 'patches: [{path: limits.yaml}]\n');
  await editor.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: path('kustomization.yaml'), type: 2 }] });
  const shown = await editor.shown(text.uri, ({ diagnostics }) => diagnostics.length === 1);
  assert.deepEqual(rulesOf(shown.diagnostics), ['note/partial 4']);

  // and as it is typed.
  const kustomization = await editor.open('patches: [{path: limits.yaml}]\n', path('kustomization.yaml'));
  await kustomization.replace('limits.yaml', 'limit.yaml');
  await editor.shown(text.uri, ({ diagnostics }) => diagnostics.some(({ code }) => code === 'api/required'));
});

test('a project’s configuration counts more than the settings, on disk and as it is typed', async () => {
  const project = mkdtempSync(join(folder, 'project-'));
  const path = (name: string): string => pathToFileURL(join(project, name)).href;
  const editor = await startEditor({ files: true });
  after(() => editor.close());
  writeFileSync(
    join(project, 'jobwright.config.yaml'),
    'kubernetesVersion: "1.36"\nseverity: {advice/parallelism-capped: error}\n',
  );
  const text = await editor.open(JOB, path('job.yaml'));
  assert.deepEqual(await rules(text), ['advice/left-unset 4', 'advice/parallelism-capped 1']);

  const config = await editor.open('severity: {advice/*: hint}\n', path('jobwright.config.yaml'));
  const shown = await editor.shown(text.uri, ({ diagnostics }) => diagnostics.every(({ severity }) => severity === 4));
  assert.equal(shown.diagnostics.length, 2);
  assert.equal(editor.changes[0]?.kubernetesVersion, '1.36', 'what the status bar shows');

  await config.replace('hint', 'loud');
  await editor.shown(text.uri, ({ diagnostics }) => diagnostics.some(({ severity }) => severity === 3));
  assert.ok(editor.log.some((line) => line.includes('gives advice/* an unknown severity loud')));
});

test('the version of the cluster that is watched counts where none was chosen', async () => {
  const editor = await startEditor();
  after(() => editor.close());
  const text = await editor.open(JOB);
  await text.diagnostics();
  const told = async (version: string | null, shown: boolean): Promise<void> => {
    await editor.notify('jobwright/clusterVersion', { version });
    await editor.shown(text.uri, ({ diagnostics }) => diagnostics.some(({ code }) => code === 'api/version') === shown);
  };
  await told('v1.30.4+k3s1', true);
  await told(null, false);
  await told('v1.29.0', true);
  // Nothing is known of such a server: manifests are checked as for the newest.
  await told('v1.99.0', false);
  await told('v1.29.0', true);
  await editor.notify('workspace/didChangeConfiguration', {
    settings: { jobwright: { kubernetesVersion: '1.37' } },
  });
  await editor.shown(text.uri, ({ diagnostics }) => diagnostics.every(({ code }) => code !== 'api/version'));
});

test('several folders have their own settings, and the innermost counts', async () => {
  const chosen: Record<string, object> = {
    'file:///work/old': { kubernetesVersion: '1.30', inlayHints: { defaults: false } },
    'file:///work/old/quiet': { advice: { enable: false } },
  };
  const editor = await startEditor({
    capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    folders: ['file:///work/old', 'file:///work/old/quiet/', 'file:///work/new'],
    configuration: (scope) => (scope === undefined ? {} : chosen[scope.replace(/\/$/, '')]) ?? {},
  });
  after(() => editor.close());
  const older = await editor.open(JOB, 'file:///work/old/job.yaml');
  const shown = await editor.shown(older.uri, ({ diagnostics }) =>
    diagnostics.some(({ code }) => code === 'api/version'),
  );
  assert.deepEqual(rulesOf(shown.diagnostics), ['advice/left-unset 4', 'advice/parallelism-capped 3', 'api/version 2']);
  const newer = await editor.open(JOB, 'file:///work/new/job.yaml');
  assert.deepEqual(await rules(newer), ['advice/left-unset 4', 'advice/parallelism-capped 3']);
  const elsewhere = await editor.open(JOB, 'file:///work/older/job.yaml');
  assert.deepEqual(await rules(elsewhere), ['advice/left-unset 4', 'advice/parallelism-capped 3']);
  const quiet = await editor.open(JOB, 'file:///work/old/quiet/job.yaml');
  assert.deepEqual(await rules(quiet), []);
  const hints = async ({ uri }: Text): Promise<number> => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    return (await editor.request<object[]>('textDocument/inlayHint', { textDocument: { uri }, range })).length;
  };
  assert.equal(await hints(older), 0);
  assert.equal(await hints(newer), 2);

  chosen['file:///work/new'] = { severity: { 'advice/*': 'error' } };
  await editor.notify('workspace/didChangeConfiguration', { settings: null });
  await editor.shown(newer.uri, ({ diagnostics }) => diagnostics.every(({ severity }) => severity === 1));
  assert.deepEqual(rulesOf((await editor.shown(elsewhere.uri, () => true)).diagnostics), [
    'advice/left-unset 4',
    'advice/parallelism-capped 3',
  ]);
});
