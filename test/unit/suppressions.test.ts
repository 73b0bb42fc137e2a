import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyse } from '../../server/src/features/analysis.ts';
import { lineAt } from '../../server/src/features/lines.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../server/src/features/settings.ts';
import { acceptedBy, shownFindings } from '../../server/src/features/shown-findings.ts';

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  parallelism: 5
  completions: 2
  template:
    spec:
      restartPolicy: Always
      containers:
        - name: a
          image: busybox:1.36
`;

/** `line rule`, with what happened to it. */
function shown(text: string, settings: Settings = DEFAULT_SETTINGS): string[] {
  const { document } = analyse(text, 1).documents[0]!;
  return shownFindings(document, settings).map(
    ({ rule, severity, span, suppressed }) =>
      `${lineAt(document.lineStarts, span.start)} ${rule} ${suppressed === true ? 'suppressed' : severity}`,
  );
}

const ALL = ['4 advice/left-unset hint', '5 advice/parallelism-capped information', '9 api/required error'];

describe('ignore comments', () => {
  it('silence the line at whose end they stand', () => {
    assert.deepEqual(shown(JOB), ALL);
    const text = JOB.replace('parallelism: 5', 'parallelism: 5 # jobwright-ignore advice/parallelism-capped');
    assert.deepEqual(shown(text), [ALL[0], '5 advice/parallelism-capped suppressed', ALL[2]]);
  });

  it('silence the line below, however far it is', () => {
    const text = JOB.replace('  parallelism', '  # jobwright-ignore advice/*\n\n  # because\n  parallelism');
    assert.deepEqual(shown(text), [ALL[0], '8 advice/parallelism-capped suppressed', '12 api/required error']);
  });

  it('silence a whole document from above it', () => {
    const text = `# jobwright-ignore advice/left-unset, advice/parallelism-capped -- a toy\n${JOB}`;
    assert.deepEqual(shown(text), [
      '5 advice/left-unset suppressed',
      '6 advice/parallelism-capped suppressed',
      '10 api/required error',
    ]);
    const second = analyse(`${JOB}---\n# jobwright-ignore advice/*\n${JOB}`, 1).documents[1]!.document;
    assert.deepEqual(
      shownFindings(second, DEFAULT_SETTINGS).map(({ suppressed }) => suppressed === true),
      [true, true, false],
    );
  });

  it('never change what the API server would say', () => {
    const text = JOB.replace('Always', 'Always # jobwright-ignore api/required');
    assert.deepEqual(shown(text).at(-1), '9 api/required suppressed');
    const [object] = analyse(text, 1).documents[0]!.document.objects;
    assert.equal(acceptedBy(object!, DEFAULT_SETTINGS), false);
  });

  it('that name no rule, or silence nothing, are a hint', () => {
    const text = JOB.replace(
      'completions: 2',
      'completions: 2 # jobwright-ignore advice/ttl-zero, advice/nothing',
    ).replace('name: x', 'name: x # jobwright-ignore');
    assert.deepEqual(
      shown(text).filter((line) => line.includes('note/')),
      ['3 note/unknown-ignore hint', '6 note/unused-ignore hint', '6 note/unknown-ignore hint'],
    );
  });

  it('are not what stands in a string', () => {
    const text = JOB.replace(
      'image: busybox:1.36',
      'image: busybox:1.36\n          args: ["# jobwright-ignore advice/*"]',
    );
    assert.deepEqual(shown(text), ALL);
  });
});

describe('severities', () => {
  const settings = (severity: object): Settings => readSettings({ severity });

  it('are chosen for a rule, or for all of a group', () => {
    assert.deepEqual(shown(JOB, settings({ 'advice/left-unset': 'off', 'advice/*': 'error' })), [
      '5 advice/parallelism-capped error',
      '9 api/required error',
    ]);
    assert.deepEqual(shown(JOB, settings({ 'api/required': 'hint', 'advice/left-unset': 'loud', 'api/nothing': 3 })), [
      ALL[0],
      ALL[1],
      '9 api/required hint',
    ]);
  });

  it('leave the verdict alone', () => {
    const lowered = settings({ 'api/*': 'off' });
    assert.deepEqual(shown(JOB, lowered), ALL.slice(0, 2));
    const [object] = analyse(JOB, 1).documents[0]!.document.objects;
    assert.equal(acceptedBy(object!, lowered), false);
  });

  it('of nonsense are none', () => {
    for (const severity of [null, 3, 'off', [], ['off']]) assert.deepEqual(readSettings({ severity }).severity, {});
  });
});
