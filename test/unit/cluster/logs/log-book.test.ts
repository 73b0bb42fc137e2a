import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { logBook, type LogStream } from '../../../../client/cluster/logs/log-book.ts';
import { readLogLine } from '../../../../client/cluster/logs/log-line.ts';

const stream = (pod: string, container = 'worker'): LogStream => ({ pod, container, index: null, previous: false });
const plainView = { timestamps: false, prefixes: true };

function lines(...texts: readonly string[]) {
  return texts.map((text) => readLogLine(text, 0));
}

suite('a book of logs', () => {
  test('lines of several pods are put in the order of their time stamps', () => {
    const book = logBook();
    book.append(stream('a'), lines('2026-01-01T00:00:01.5Z one', '2026-01-01T00:00:03Z three'));
    book.append(stream('b'), lines('2026-01-01T01:00:02.000000001+01:00 two'));
    assert.equal(book.text(plainView), '[a] one\n[b] two\n[a] three\n');
    assert.match(book.text({ ...plainView, timestamps: true }), /^2026-01-01T00:00:01\.5Z \[a\] one\n/);
    assert.equal(book.text({ timestamps: false, prefixes: false }), 'one\ntwo\nthree\n');
  });

  test('a clock that goes back does not put the lines of one log out of order', () => {
    const book = logBook();
    book.append(stream('a'), lines('2026-01-01T00:00:05Z first', '2026-01-01T00:00:01Z second'));
    assert.equal(book.text(plainView), '[a] first\n[a] second\n');
  });

  test('the container is named where pods have several', () => {
    const book = logBook();
    book.append(stream('a'), lines('2026-01-01T00:00:01Z x'));
    book.append(stream('a', 'proxy'), lines('2026-01-01T00:00:02Z y'));
    assert.equal(book.text(plainView), '[a worker] x\n[a proxy] y\n');
    assert.equal(book.text({ timestamps: false, prefixes: false }), '[worker] x\n[proxy] y\n');
  });

  test('each log keeps its newest lines, and says how many it dropped', () => {
    const book = logBook({ lines: 2, characters: 1e6, line: 100 });
    book.append(stream('a'), lines(...[1, 2, 3, 4, 5].map((n) => `2026-01-01T00:00:0${n}Z line ${n}`)));
    assert.equal(book.text(plainView), '[a] … 3 older lines dropped\n[a] line 4\n[a] line 5\n');
    assert.equal(book.dropped, 3);
    assert.equal(book.lines, 2);
  });

  test('all logs together are bounded: the largest gives way', () => {
    const book = logBook({ lines: 100_000, characters: 10_000, line: 1000 });
    book.append(stream('small'), lines('2026-01-01T00:00:00Z quiet'));
    for (let n = 0; n < 5_000; n++) book.append(stream('loud'), lines(`2026-01-01T00:00:01Z ${'x'.repeat(100)}`));
    assert.ok(book.text(plainView).length < 12_000);
    assert.match(book.text(plainView), /^\[small\] quiet\n\[loud\] … 4,9\d\d older lines dropped\n/);
  });

  test('a very long line is cut, and says so', () => {
    const book = logBook({ lines: 10, characters: 10_000, line: 10 });
    book.append(stream('a'), lines('abcdefghijklmnop'));
    assert.equal(book.text(plainView), '[a] abcdefghij … (cut: 16 characters)\n');
  });
});
