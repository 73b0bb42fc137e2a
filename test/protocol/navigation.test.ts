import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type {
  DocumentHighlight,
  FoldingRange,
  LinkedEditingRanges,
  Location,
  LocationLink,
  Range,
  SelectionRange,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { startEditor, type Editor, type Text } from './editor.ts';
import { fixture } from './fixture.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor({ capabilities: { textDocument: { definition: { linkSupport: true } } } });
});
after(() => editor.close());

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  podFailurePolicy:
    rules:
      - action: FailJob
        onExitCodes:
          containerName: worker
          operator: In
          values: [42]
  template:
    metadata:
      labels: &labels
        app: x
    spec:
      restartPolicy: Never
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector:
            matchLabels:
              app: x
      initContainers:
        - name: setup
          image: setup:1
          volumeMounts:
            - { name: "data", mountPath: /data }
      containers:
        - name: worker
          image: worker:1
          args: ["--home=$(HOME_DIR)", "$$(HOME_DIR)"]
          env:
            - name: HOME_DIR
              value: /home
          ports:
            - { name: http, containerPort: 80 }
          readinessProbe:
            httpGet: { port: http }
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir: {}
`;

interface Cursor {
  readonly open: Text;
  readonly params: { readonly textDocument: { readonly uri: string }; readonly position: object };
}

/** The nth place of a word; the cursor stands in its second letter. */
async function at(word: string, nth = 1, text = JOB): Promise<Cursor> {
  const open = await editor.open(text);
  let offset = -1;
  for (let left = nth; left > 0; left--) offset = text.indexOf(word, offset + 1);
  assert.ok(offset >= 0, `${word} is there`);
  return { open, params: { textDocument: { uri: open.uri }, position: open.document.positionAt(offset + 1) } };
}

/** Lines (0-based) of the ranges. */
const lines = (ranges: readonly { readonly range: Range }[]): readonly number[] =>
  ranges.map(({ range }) => range.start.line).sort((a, b) => a - b);
const lineOf = (part: string, nth = 1): number => {
  let offset = -1;
  for (let left = nth; left > 0; left--) offset = JOB.indexOf(part, offset + 1);
  return JOB.slice(0, offset).split('\n').length - 1;
};

async function rename({ open, params }: Cursor, newName: string): Promise<string> {
  const edit = await editor.request<WorkspaceEdit>('textDocument/rename', { ...params, newName });
  return TextDocument.applyEdits(open.document, edit.changes?.[open.uri] ?? []);
}

describe('names inside a document', () => {
  test('a container is found from the rule that names it', async () => {
    const { open, params } = await at('worker');
    const [link] = await editor.request<LocationLink[]>('textDocument/definition', params);
    assert.equal(open.at(link!.targetSelectionRange), 'worker');
    assert.equal(link!.targetSelectionRange.start.line, lineOf('name: worker'));
    assert.match(open.at(link!.targetRange), /image: worker:1/);
    assert.equal(open.at(link!.originSelectionRange!), 'worker');
  });

  test('a volume’s places, in every container; the declaration only when it is wanted', async () => {
    const { params } = await at('name: data\n              mountPath');
    const request = (includeDeclaration: boolean): Promise<Location[]> =>
      editor.request('textDocument/references', {
        ...(params as object),
        position: { line: lineOf('name: data', 2), character: 17 },
        context: { includeDeclaration },
      });
    assert.deepEqual(lines(await request(true)), [lineOf('"data"'), lineOf('name: data', 1), lineOf('name: data', 2)]);
    assert.deepEqual(lines(await request(false)), [lineOf('"data"'), lineOf('name: data', 1)]);
    const marks = await editor.request<DocumentHighlight[]>('textDocument/documentHighlight', {
      ...params,
      position: { line: lineOf('name: data', 2), character: 17 },
    });
    assert.deepEqual(marks.map(({ kind }) => kind).sort(), [2, 2, 3]);
  });

  test('renames keep quotes, and everything that means the name', async () => {
    const renamed = await rename(await at('data"'), 'store');
    assert.match(renamed, /name: "store"/);
    assert.equal(renamed.match(/name: store/g)?.length, 2);
    assert.match(renamed, /mountPath: \/data/);
    assert.match(await rename(await at('worker'), 'main'), /containerName: main[^]*- name: main\n {10}image: worker:1/);
    const variable = await rename(await at('HOME_DIR', 3), 'HOME');
    assert.match(variable, /--home=\$\(HOME\)", "\$\$\(HOME_DIR\)"/);
    assert.match(await rename(await at('http,'), 'web'), /name: web[^]*port: web/);
    const block = 'args:\n            - |\n              ls $(HOME_DIR) $$(HOME_DIR)';
    const script = JOB.replace(/args: .*/, () => block);
    assert.match(
      await rename(await at('HOME_DIR', 1, script), 'HOME'),
      /ls \$\(HOME\) \$\$\(HOME_DIR\)[^]*name: HOME\n/,
    );
    const labels = await rename(await at('app: x'), 'name');
    assert.equal(labels.match(/ name: x\n/g)?.length, 3);
    assert.ok(!labels.includes('app: x'));
  });

  test('places of a name change together while it is typed, where it is one name', async () => {
    const linked = async (word: string, nth = 1, text = JOB): Promise<readonly number[] | null> => {
      const { open, params } = await at(word, nth, text);
      const found = await editor.request<LinkedEditingRanges | null>('textDocument/linkedEditingRange', params);
      if (found === null) return null;
      assert.equal(new Set(found.ranges.map((range) => open.at(range))).size, 1);
      return found.ranges.map(({ start }) => start.line).sort((a, b) => a - b);
    };
    assert.deepEqual(await linked('worker'), [lineOf('worker'), lineOf('name: worker')]);
    assert.deepEqual(await linked('data"'), [lineOf('"data"'), lineOf('name: data', 1), lineOf('name: data', 2)]);
    assert.deepEqual(await linked('http,'), [lineOf('http,'), lineOf('port: http')]);
    assert.equal(await linked('setup'), null, 'nobody calls it');
    assert.equal(await linked('HOME_DIR', 3), null, 'a variable stands in texts');
    assert.equal(await linked('worker', 1, JOB.replace('name: setup', 'name: worker')), null, 'there are two');
    assert.equal(await linked('worker', 1, JOB.replace('name: worker', 'name: other')), null, 'there is none');
    assert.equal(
      await linked('worker', 1, JOB.replace('name: worker', String.raw`name: "work\x65r"`)),
      null,
      'written otherwise',
    );
  });

  test('a name that the server would refuse, or that is taken, is no rename', async () => {
    await assert.rejects(rename(await at('worker'), 'Not_a_name'), /cannot be the name of a container/);
    await assert.rejects(rename(await at('worker'), 'setup'), /There is a container setup already/);
  });

  test('what stands for nothing is not renamed', async () => {
    const { params } = await at('Never');
    assert.equal(await editor.request('textDocument/prepareRename', params), null);
    assert.deepEqual(await editor.request('textDocument/definition', params), []);
    const { params: there } = await at('worker');
    const found = await editor.request<{ placeholder: string }>('textDocument/prepareRename', there);
    assert.equal(found.placeholder, 'worker');
  });

  test('anchors and aliases; one that is set again begins anew', async () => {
    const text =
      'apiVersion: batch/v1\nkind: Job\nmetadata:\n  labels: &a { x: y }\n  annotations: *a\nspec:\n  x: &a 1\n  y: *a\n';
    const first = await at('*a', 1, text);
    const places = await editor.request<Location[]>('textDocument/references', {
      ...first.params,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(lines(places), [3, 4]);
    assert.match(await rename(await at('*a', 2, text), 'b'), /x: &b 1\n {2}y: \*b\n/);
  });
});

describe('folding and selection', () => {
  test('folds documents, blocks, items, block scalars and comments', async () => {
    const text = `# one\n# two\napiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          command:\n            - sh\n            - |\n              # no comment\n              # at all\n---\na:\n  b: 1\n`;
    const open = await editor.open(text);
    const ranges = await editor.request<FoldingRange[]>('textDocument/foldingRange', {
      textDocument: { uri: open.uri },
    });
    const has = (startLine: number, endLine: number): boolean =>
      ranges.some((range) => range.startLine === startLine && range.endLine === endLine);
    assert.ok(has(0, 1), 'the comment');
    assert.ok(has(2, 13), 'the document');
    assert.ok(has(4, 13), 'spec');
    assert.ok(has(8, 13), 'the container');
    assert.ok(has(11, 13), 'the script');
    assert.ok(!has(12, 13), 'a # in a script is no comment');
    assert.ok(has(15, 16));
  });

  test('leaves a text without Jobs to the editor', async () => {
    const open = await editor.open('a:\n  b: 1\n');
    assert.equal(await editor.request('textDocument/foldingRange', { textDocument: { uri: open.uri } }), null);
  });

  test('expands from a value to its field, its block and the document', async () => {
    const { text, cursor } = fixture(`
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: "x‸yz"
    `);
    const open = await editor.open(text);
    const [range] = await editor.request<SelectionRange[]>('textDocument/selectionRange', {
      textDocument: { uri: open.uri },
      positions: [open.document.positionAt(cursor)],
    });
    const seen: string[] = [];
    for (let at: SelectionRange | undefined = range; at !== undefined; at = at.parent) seen.push(open.at(at.range));
    assert.deepEqual(seen.slice(0, 4), ['xyz', '"xyz"', 'name: "xyz"', 'metadata:\n  name: "xyz"']);
    assert.equal(seen.at(-1), text);
  });
});
