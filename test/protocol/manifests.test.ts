import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  EditManifestRequest,
  type EditManifestResult,
  FieldRangesRequest,
  type FieldRangesResult,
  ManifestRequest,
  type ManifestResult,
  ManifestsRequest,
  type ManifestsResult,
} from '../../server/src/protocol/protocol.ts';
import { startEditor, type Editor } from './editor.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor();
});
after(() => editor.close());

const job = (name: string, indent = ''): string =>
  [
    'apiVersion: batch/v1',
    'kind: Job',
    `metadata: { name: ${name}, namespace: batch }`,
    'spec:',
    '  completions: 3',
    '  template:',
    '    spec: { restartPolicy: Never, containers: [{ name: a, image: b }] }',
  ].join(`\n${indent}`);

const STREAM = `${job('one')}\n---\nkind: Service\n---\napiVersion: v1\nkind: List\nitems:\n  - kind: Secret\n  - ${job('two', '    ')}\n`;

test('which Jobs are here: documents and items by their places', async () => {
  const open = await editor.open(STREAM);
  const found = await editor.request<ManifestsResult>(ManifestsRequest, { uri: open.uri });
  assert.deepEqual(
    found.map(({ document, item, kind, name, namespace, accepted }) => ({
      document,
      item,
      kind,
      name,
      namespace,
      accepted,
    })),
    [
      { document: 0, item: null, kind: 'Job', name: 'one', namespace: 'batch', accepted: true },
      { document: 2, item: 1, kind: 'Job', name: 'two', namespace: 'batch', accepted: true },
    ],
  );
  assert.match(open.at(found[1]!.range), /^apiVersion: batch\/v1\n {4}kind: Job/);
  await open.shut();
});

test('one of them, decoded, and where its fields stand', async () => {
  const open = await editor.open(STREAM);
  const address = { uri: open.uri, document: 2, item: 1 };
  const answer = await editor.request<ManifestResult>(ManifestRequest, address);
  assert.equal(answer?.object.metadata?.name, 'two');
  assert.equal(answer.version, 1);
  assert.equal(answer.errors, 0);
  const fields = ['spec.completions', 'spec.template.spec.containers[0].image', 'spec.backoffLimit'];
  const ranges = await editor.request<FieldRangesResult>(FieldRangesRequest, { ...address, fields });
  assert.deepEqual(
    fields.map((field) => open.at(ranges[field]!)),
    ['3', 'b', 'spec'],
  );
  assert.equal(await editor.request(ManifestRequest, { ...address, document: 7 }), null);
  assert.equal(await editor.request(ManifestRequest, { ...address, uri: 'file:///nowhere.yaml' }), null);
  await open.shut();
});

test('edits by path become changes of its text', async () => {
  const open = await editor.open(STREAM);
  const address = { uri: open.uri, document: 2, item: 1 };
  const edits = [{ kind: 'set', path: ['spec', 'completions'], value: 7 }];
  const found = await editor.request<EditManifestResult>(EditManifestRequest, { ...address, edits });
  assert.deepEqual(
    found.map(({ range, newText }) => [open.at(range), newText]),
    [['3', '7']],
  );
  const nowhere = { ...address, document: 7, edits };
  assert.deepEqual(await editor.request<EditManifestResult>(EditManifestRequest, nowhere), []);
  await open.shut();
});

test('changes are announced with their version, the last Job’s going too', async () => {
  const open = await editor.open(job('announced'));
  await open.diagnostics();
  const seen = (): readonly string[] =>
    editor.changes
      .filter(({ uri }) => uri === open.uri)
      .map(({ version, manifests }) => `${version} ${manifests.map(({ name }) => name).join()}`);
  await open.replace('announced', 'renamed');
  await open.diagnostics();
  await open.replace('apiVersion: batch/v1\nkind: Job', 'apiVersion: v1\nkind: Pod');
  await open.diagnostics();
  await editor.request(ManifestsRequest, { uri: open.uri });
  assert.deepEqual(seen(), ['1 announced', '2 renamed', '3 ']);
  await open.shut();
});
