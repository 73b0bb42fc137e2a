import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commentsOf } from '../../../server/src/yaml/comments.ts';
import { assertLinear } from '../../growth.ts';

/** Each comment: its text, what kind it is, and the word that it stands above. */
function seen(text: string): string[] {
  return commentsOf(text).map(({ span, text: words, ownLine, leading, next }) => {
    assert.equal(text.charAt(span.start), '#');
    const above = next === null ? '' : ` > ${/^\S+/.exec(text.slice(next))?.[0] ?? '?'}`;
    return `${words}${leading ? ' (leading)' : ''}${ownLine ? above : ' (end)'}`;
  });
}

describe('comments', () => {
  it('stand at the end of a line, above one, or above everything', () => {
    assert.deepEqual(seen('# top\n\n# second\na: 1 # first\n  # above\n\nb: 2\n# last\n'), [
      'top (leading) > a:',
      'second (leading) > a:',
      'first (end)',
      'above > b:',
      'last',
    ]);
    assert.deepEqual(seen('---  # behind the marker\n# top\na: 1\n'), [
      'behind the marker (leading) > a:',
      'top (leading) > a:',
    ]);
  });

  it('are not what only looks like one', () => {
    const text = [
      'word: a#b',
      "single: 'a # b'",
      'double: "a # b',
      '  # c"',
      'block: | # header',
      '  # text',
      '  more',
      'folded: >-',
      '  # text',
      'address: http://x/#y',
      'flow: {a: "#", b: [1, # inside',
      '  2]}',
      '',
    ].join('\n');
    assert.deepEqual(seen(text), ['header (end)', 'inside (end)']);
  });

  it('are found beside tabs, CRLF and half-typed text', () => {
    assert.deepEqual(seen('a: 1\t# one\r\n# two\r\nb: [1, # three\r\nc: "open # no\r\n'), [
      'one (end)',
      'two > b:',
      'three (end)',
    ]);
    assert.deepEqual(seen(''), []);
    assert.deepEqual(seen('#'), [' (leading)']);
  });

  it('are found in any text without a throw', () => {
    const pieces = [
      '#',
      ' # ',
      '\n',
      '  ',
      '"',
      "'",
      '|',
      '>-',
      ': ',
      '- ',
      '[',
      '}',
      'a',
      '---\n',
      '\t',
      '%',
      '&a ',
      '*a',
      '\\',
      '\r\n',
    ];
    let seed = 7;
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647);
    for (let round = 0; round < 5000; round++) {
      const text = Array.from({ length: next() % 30 }, () => pieces[next() % pieces.length]).join('');
      for (const { span, next: following } of commentsOf(text)) {
        assert.equal(text[span.start], '#');
        assert.doesNotMatch(text.slice(span.start, span.end), /\n/);
        assert.ok(following === null || following >= span.end);
      }
    }
  });

  it('take linear time', () => {
    assert.equal(commentsOf('# a\n'.repeat(100_000)).length, 100_000);
    assertLinear(25_000, (size) => commentsOf('# a\n'.repeat(size)));
    assertLinear(25_000, (size) => commentsOf('a: 1 # b\n'.repeat(size)));
  });
});
