import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { startEditor, type Editor } from './editor.ts';
import { fixture } from './fixture.ts';

let editor: Editor;
before(async () => {
  editor = await startEditor({
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
});
after(() => editor.close());

async function completionsAt(source: string): Promise<readonly string[]> {
  const { text, cursor } = fixture(source);
  const open = await editor.open(text);
  const items = await open.completions(cursor);
  await open.shut();
  return [...items]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** The text after the completion `label` was taken, `$` stops of its snippet included. */
async function complete(source: string, label: string): Promise<string> {
  const { text, cursor } = fixture(source);
  const open = await editor.open(text);
  const item = (await open.completions(cursor)).find((one) => one.label === label);
  assert.ok(item?.textEdit && 'range' in item.textEdit, `${label} is offered`);
  const { range, newText } = item.textEdit;
  const done =
    text.slice(0, open.document.offsetAt(range.start)) + newText + text.slice(open.document.offsetAt(range.end));
  await open.shut();
  return done;
}

const HEAD = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n';

describe('completion', () => {
  test('offers the fields that are missing, the necessary one first', async () => {
    const names = await completionsAt(`${HEAD}spec:\n  completions: 3\n  ‸\n`);
    assert.equal(names[0], 'template');
    assert.ok(names.includes('parallelism'));
    assert.ok(!names.includes('completions'));
  });

  test('works in a word that is half typed, between other fields', async () => {
    const names = await completionsAt(`${HEAD}spec:\n  back‸\n  template:\n    spec: {}\n`);
    assert.ok(names.includes('backoffLimit'));
    assert.ok(!names.includes('template'));
  });

  test('the indentation decides where one is', async () => {
    const text = `${HEAD}spec:\n  template:\n    spec:\n      containers:\n        - name: worker\n          image: x\n`;
    assert.ok((await completionsAt(`${text}          ‸`)).includes('resources'));
    assert.ok((await completionsAt(`${text}        - ‸`)).includes('image'));
    assert.equal((await completionsAt(`${text}      ‸`))[0], 'restartPolicy');
    assert.ok((await completionsAt(`${text}  ‸`)).includes('parallelism'));
    assert.deepEqual(await completionsAt(`${text}‸`), [], 'all four are there, and status is not for people');
  });

  test('a list’s items are offered with their dash', async () => {
    const text = `${HEAD}spec:\n  podFailurePolicy:\n    rules:\n      ‸\n`;
    assert.deepEqual((await completionsAt(text)).slice(0, 3), ['action', 'onExitCodes', 'onPodConditions']);
    assert.match(await complete(text, 'onExitCodes'), /rules:\n {6}- onExitCodes:\n {10}$/m);
  });

  test('values: enums, what a Job allows of them, booleans, kinds', async () => {
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  completionMode: ‸\n`), ['Indexed', 'NonIndexed']);
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  completionMode: Ind‸\n`), ['Indexed', 'NonIndexed']);
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  template:\n    spec:\n      restartPolicy: ‸\n`), [
      'Never',
      'OnFailure',
    ]);
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  suspend: ‸\n`), ['true', 'false']);
    assert.deepEqual(await completionsAt('apiVersion: batch/v1\nkind: ‸\n'), ['Job', 'CronJob']);
    assert.deepEqual(await completionsAt('apiVersion: ‸\nkind: Job\n'), ['batch/v1']);
  });

  test('containerName offers the pod’s containers', async () => {
    const rules =
      'podFailurePolicy:\n    rules:\n      - action: FailJob\n        onExitCodes:\n          containerName: ‸\n';
    const pod =
      '  template:\n    spec:\n      initContainers: [{ name: setup }]\n      containers: [{ name: worker }]\n';
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  ${rules}${pod}`), ['worker', 'setup']);
  });

  test('in flow style, in quotes, in a CronJob, in a List', async () => {
    assert.ok((await completionsAt(`${HEAD}spec: { suspend: true, ‸ }\n`)).includes('parallelism'));
    assert.ok((await completionsAt(`${HEAD}spec: { suspend: true, par‸`)).includes('parallelism'));
    assert.deepEqual(await completionsAt(`${HEAD}spec:\n  completionMode: "‸"\n`), ['Indexed', 'NonIndexed']);
    const cron = 'apiVersion: batch/v1\nkind: CronJob\nspec:\n  jobTemplate:\n    spec:\n      ‸\n';
    assert.ok((await completionsAt(cron)).includes('backoffLimit'));
    const list = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: batch/v1\n    kind: Job\n    spec:\n      ‸\n';
    assert.ok((await completionsAt(list)).includes('backoffLimit'));
  });

  test('is quiet in comments, block scalars, free maps and other kinds', async () => {
    assert.deepEqual(await completionsAt(`${HEAD}# ‸\nspec: {}\n`), []);
    assert.deepEqual(
      await completionsAt(
        `${HEAD}spec:\n  template:\n    spec:\n      volumes:\n        - flexVolume:\n            options:\n              ‸\n`,
      ),
      [],
    );
    assert.deepEqual(await completionsAt(`${HEAD}data: |\n  te‸xt\n`), []);
    assert.deepEqual(await completionsAt('apiVersion: apps/v1\nkind: Deployment\nspec:\n  ‸\n'), []);
    assert.deepEqual(await completionsAt('services:\n  ‸\n'), []);
  });

  test('inserts what follows the name, and nothing twice', async () => {
    assert.match(await complete(`${HEAD}spec:\n  ‸\n`, 'template'), /spec:\n {2}template:\n {4}$/m);
    assert.match(await complete(`${HEAD}spec:\n  ‸\n`, 'suspend'), /suspend: \$\{1\|true,false\|\}/);
    assert.match(await complete(`${HEAD}spec:\n  back‸: 3\n`, 'backoffLimit'), /^ {2}backoffLimit: 3$/m);
  });

  test('each field is explained', async () => {
    const open = await editor.open(`${HEAD}spec:\n  \n`);
    const items = await open.completions(`${HEAD}spec:\n  `.length);
    const undocumented = items.filter(({ documentation }) => documentation === undefined).map(({ label }) => label);
    assert.deepEqual(undocumented, []);
    await open.shut();
  });
});

const JOB = `${HEAD}spec:
  completions: 3
  parallelism: 2
  backoffLimit: 3
  activeDeadlineSeconds: 3600
  ttlSecondsAfterFinished: 600
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: worker
          image: busybox:1.37
          resources: { requests: { cpu: 1, memory: 1Gi } }
`;

describe('hover', () => {
  test('speaks of this very Job', async () => {
    const open = await editor.open(JOB);
    const hover = await open.hover(JOB.indexOf('parallelism'));
    assert.match(JSON.stringify(hover?.contents), /2/);
    assert.equal(open.at(hover!.range!), 'parallelism');
    await open.shut();
  });

  test('works in a later document of a stream, and while text is broken', async () => {
    const text = `a: [\n---\n${JOB}`;
    const open = await editor.open(text);
    const hover = await open.hover(text.indexOf('backoffLimit'));
    assert.equal(open.at(hover!.range!), 'backoffLimit');
    assert.equal(await open.hover(0), null);
    await open.shut();
  });
});

describe('code lens', () => {
  test('Simulate, Watch and Apply stand above each Job, the next run above a CronJob', async () => {
    const cron = 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: c }\nspec: { schedule: "0 3 * * *" }\n';
    const open = await editor.open(`# first\n${JOB}---\n${cron}`);
    const lenses = await open.lenses();
    assert.deepEqual(
      lenses.map(({ range, command }) => `${range.start.line} ${command!.title.replace(/\w{3} \d{4}-.*/, 'DAY DATE')}`),
      ['1 ▷ Simulate', '1 ◉ Watch', '1 ⇪ Apply', '19 ▷ Simulate', '19 ⇪ Apply', '19 next run DAY DATE'],
    );
    assert.deepEqual(lenses[3]!.command!.arguments, [{ uri: open.uri, document: 1, item: null }]);
    await open.shut();
  });

  test('without a Watch command none is offered', async () => {
    const own = await startEditor({ initializationOptions: { watch: false } });
    const open = await own.open(JOB);
    assert.deepEqual(
      (await open.lenses()).map(({ command }) => command!.command),
      ['jobwright.simulate'],
    );
    await own.close();
  });
});

describe('code action', () => {
  test('a fix mends its finding, in a later document too', async () => {
    const open = await editor.open(`${JOB}---\n${JOB.replace('Never', 'Always')}`);
    // On a slow machine the first document is shown before the second was judged.
    const isRequired = ({ code }: Diagnostic): boolean => code === 'api/required';
    const { diagnostics } = await editor.shown(open.uri, (shown) => shown.diagnostics.some(isRequired));
    const wrong = diagnostics.find(isRequired);
    const actions = await open.actions(wrong!.range, [wrong!]);
    const fix = actions.find(({ isPreferred }) => isPreferred === true) ?? actions[0];
    assert.ok(fix, 'there is a fix');
    const mended = await editor.open(open.apply(fix));
    assert.deepEqual(
      (await mended.diagnostics()).filter(({ severity }) => severity === 1),
      [],
    );
    await open.shut();
    await mended.shut();
  });

  test('away from findings nothing is offered', async () => {
    const open = await editor.open(JOB.replace('Never', 'Always'));
    const start = { line: 0, character: 0 };
    assert.deepEqual(await open.actions({ start, end: start }), []);
    await open.shut();
  });
});

describe('outline', () => {
  test('names Jobs, containers and rules', async () => {
    const open = await editor.open(`${JOB}---\n${JOB.replace('name: x', 'generateName: y-')}`);
    const symbols = await open.symbols();
    assert.deepEqual(
      symbols.map(({ name, detail }) => `${detail ?? ''} ${name}`),
      ['Job x', 'Job y-*'],
    );
    assert.deepEqual(
      symbols[0]!.children?.map(({ name }) => name),
      ['worker'],
    );
    await open.shut();
  });

  test('moves with the text above it, and so do the lenses', async () => {
    const open = await editor.open(`${JOB}---\n${JOB.replace('name: x', 'name: second')}`);
    const places = async (): Promise<readonly (number | undefined)[]> => {
      const symbols = await open.symbols();
      const lenses = await open.lenses();
      const { range, selectionRange, children } = symbols[1]!;
      return [range, selectionRange, children?.[0]?.range, lenses.at(-1)?.range].map((one) => one?.start.line);
    };
    const before = await places();
    await open.edit(0, 0, '# one more line\n');
    assert.deepEqual(
      await places(),
      before.map((line) => line! + 1),
    );
    await open.shut();
  });
});
