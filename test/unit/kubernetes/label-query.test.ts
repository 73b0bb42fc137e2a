import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { matchesLabels, parseLabelQuery } from '../../../server/core/kubernetes/label-query.ts';

function selects(text: string, labels?: Readonly<Record<string, string>>): boolean {
  const query = parseLabelQuery(text);
  assert.ok(query.ok, text);
  return matchesLabels(query.requirements, labels);
}

describe('label selectors as kubectl takes them', () => {
  const labels = { app: 'report', 'example.com/tier': 'web', empty: '' };

  for (const [text, expected] of [
    ['', true],
    ['app=report', true],
    ['app == report', true],
    ['app=other', false],
    ['app!=other', true],
    ['app!=report', false],
    ['absent!=anything', true],
    ['app in (report, other)', true],
    ['app in (other)', false],
    ['app notin (other),example.com/tier=web', true],
    ['absent notin (a)', true],
    ['app', true],
    ['!app', false],
    ['!absent , app', true],
    ['empty=', true],
    ['app=', false],
  ] as const)
    test(`${text === '' ? 'nothing' : text}: ${expected ? 'takes' : 'leaves'} it`, () => {
      assert.equal(selects(text, labels), expected);
    });

  test('an object without labels has none', () => {
    assert.equal(selects('app'), false);
    assert.equal(selects('!app'), true);
  });

  for (const text of ['app=a b', ',', 'app=,=', 'app in report', 'app in (a', '=x', '-app', 'a>1', 'x'.repeat(1_001)])
    test(`${text.slice(0, 20)}: says how to write it`, () => {
      const query = parseLabelQuery(text);
      assert.ok(!query.ok);
      assert.match(query.problem, /selector|Write key=value/);
    });

  test('hostile text is read in no time', () => {
    const begun = performance.now();
    parseLabelQuery(`a${'.'.repeat(900)} in (`);
    parseLabelQuery('('.repeat(1_000));
    parseLabelQuery(','.repeat(1_000));
    assert.ok(performance.now() - begun < 1_000);
  });
});
