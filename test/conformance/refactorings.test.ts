import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { analyse, type Analysis } from '../../server/src/features/analysis.ts';
import { refactoringActions } from '../../server/src/features/refactorings.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** Manifests before and after each refactoring: what is not changed, comments included, stays as it was. */
const FOLDER = new URL('refactorings/', import.meta.url);

interface Case {
  readonly text: string;
  /** Text at whose first place the cursor stands. */
  readonly at: string;
  readonly title: string;
}

function readCase(name: string): Case {
  const source = readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8');
  const [, at = '', title = '', text = ''] = /^# at: (.*)\n# title: (.*)\n([^]*)$/.exec(source) ?? [];
  return { text, at, title };
}

function refactor(text: string, at: string, title: string): string | undefined {
  const document = TextDocument.create('file:///a.yaml', 'yaml', 1, text);
  const start = document.positionAt(text.indexOf(at));
  const actions = refactoringActions(analyse(text, 1), 'a', { start, end: start });
  const action = actions.find((one) => one.title === title) ?? actions.find((one) => one.title.startsWith(title));
  return action === undefined ? undefined : TextDocument.applyEdits(document, [...action.edit!.changes!['a']!]);
}

const objectsOf = ({ documents }: Analysis) => documents.flatMap(({ document }) => [...document.objects]);

const names = readdirSync(FOLDER)
  .filter((file) => !file.endsWith('.after.yaml'))
  .map((file) => file.slice(0, -'.yaml'.length));

describe('refactorings', () => {
  for (const name of names) {
    const { text, at, title } = readCase(name);

    it(name, () => {
      const after = refactor(text, at, title);
      assert.ok(after !== undefined, 'is offered');
      const file = new URL(`${name}.after.yaml`, FOLDER);
      if (process.env['UPDATE'] === '1') writeFileSync(file, after);
      assert.equal(after, readFileSync(file, 'utf8'));
      const objects = objectsOf(analyse(after, 1));
      assert.ok(objects.length > 0 && objects.every(({ accepted }) => accepted));
    });

    it(`${name}, with the line ends of Windows and without the last one`, () => {
      const after = refactor(text, at, title)!;
      assert.equal(refactor(text.replaceAll('\n', '\r\n'), at, title), after.replaceAll('\n', '\r\n'));
      const trimmed = refactor(text.trimEnd(), at, title)!;
      assert.equal(trimmed.trimEnd(), after.trimEnd());
    });
  }

  it('are not offered for what is refused, nor where the result would be', () => {
    const { text } = readCase('job-to-cron-job');
    assert.equal(refactor(text.replace('Never', 'Always'), 'kind', 'Make it a CronJob'), undefined);
    assert.equal(refactor(text.replace('name: report', `name: ${'r'.repeat(60)}`), 'kind', 'Make it a CronJob'), undefined);
  });

  it('of one part are offered in that part only', () => {
    const { text } = readCase('native-sidecar');
    assert.equal(refactor(text, 'kind', 'Make proxy a sidecar'), undefined);
    assert.equal(refactor(text, 'cache', 'Make proxy a sidecar'), undefined);
  });

  it('there and back again leave a Job as it was', () => {
    const { text } = readCase('job-to-cron-job');
    const cronJob = refactor(text, 'kind', 'Make it a CronJob')!;
    assert.equal(refactor(cronJob, 'kind', 'Make it a Job'), text);
  });
});
