import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonPieces } from '../../../client/cli/json-pieces.ts';

test('an object in pieces is the JSON of the whole', () => {
  const long = Array.from({ length: 5001 }, (_, at) => ({ at }));
  for (const object of [{}, { a: 1, b: undefined, c: null }, { none: [], long, text: '"' }])
    assert.equal([...jsonPieces(object)].join(''), JSON.stringify(object));
  assert.ok([...jsonPieces({ long })].length > 3);
});

test('a lazy list is asked for a stretch at a time', () => {
  const asked: number[] = [];
  const lazy = {
    length: 4500,
    slice: (from: number, to: number) => {
      asked.push(from);
      return Array.from({ length: Math.min(to, 4500) - from }, (_, at) => from + at);
    },
  };
  const { list } = JSON.parse([...jsonPieces({ list: lazy })].join('')) as { list: number[] };
  assert.equal(list.length, 4500);
  assert.ok(list.every((value, at) => value === at));
  assert.deepEqual(asked, [0, 2000, 4000]);
});
