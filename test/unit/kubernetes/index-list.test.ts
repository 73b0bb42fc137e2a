import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatIndexList, indexesOf, parseIndexList } from '../../../server/core/kubernetes/index-list.ts';

describe('index lists', () => {
  it('are read with their total', () => {
    const list = parseIndexList('0,2-4,7', 8);
    assert.ok('total' in list);
    assert.equal(list.total, 5);
    assert.deepEqual(indexesOf(list), [0, 2, 3, 4, 7]);
    assert.deepEqual(parseIndexList('', 3), { intervals: [], total: 0 });
  });

  it('say what is wrong in the words of the server', () => {
    const wrong: Readonly<Record<string, string>> = {
      '0,5': 'too large index: "5"',
      '1-5': 'too large index: "5"',
      '2-1': 'non-increasing order, previous: 2, current: 1',
      '1-1': 'non-increasing order, previous: 1, current: 1',
      '0-2,2': 'non-increasing order, previous: 2, current: 2',
      ' 0': 'cannot convert string to integer for index: " 0"',
      '-1': 'cannot convert string to integer for index: ""',
      '0,': 'cannot convert string to integer for index: ""',
      '0-1-2':
        'the fragment "0-1-2" violates the requirement that an index interval can have at most two parts separated by \'-\'',
    };
    for (const [text, problem] of Object.entries(wrong)) assert.deepEqual(parseIndexList(text, 5), { problem }, text);
  });

  it('are written with runs of three and more', () => {
    assert.equal(formatIndexList([0, 1]), '0,1');
    assert.equal(formatIndexList([1, 3, 4, 5, 7]), '1,3-5,7');
    assert.equal(formatIndexList([]), '');
  });
});
