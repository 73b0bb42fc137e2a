import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { suite, test } from 'node:test';
import type { Transport } from '../../../../client/cluster/client.ts';
import type { LogLine } from '../../../../client/cluster/logs/log-line.ts';
import { readPodLog, type LogPlace } from '../../../../client/cluster/logs/pod-log.ts';
import { success } from '../../../../client/cluster/problem.ts';

/** A transport that answers each request with the next of these texts; one that ends in `!` is cut. */
function transportOf(...answers: readonly string[]): Transport & { readonly asked: URL[] } {
  const asked: URL[] = [];
  return {
    asked,
    request(_method, path) {
      const text = answers[asked.push(new URL(path, 'http://x')) - 1] ?? '';
      const stream = new EventEmitter() as EventEmitter & { destroy: () => void };
      stream.destroy = () => undefined;
      setImmediate(() => {
        // Cut at every byte: letters of several bytes come in pieces.
        for (const byte of Buffer.from(text.replace(/!$/, ''))) stream.emit('data', Uint8Array.of(byte));
        if (text.endsWith('!')) stream.emit('error', Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
        else stream.emit('end');
      });
      return Promise.resolve(success({ status: 200, body: null, stream: stream }));
    },
    now: () => 0,
    freshen: () => undefined,
    close: () => undefined,
  };
}

const source = { namespace: 'n s', pod: 'p', container: 'c', previous: false };
const request = { follow: true, tail: 100, idle: 10 };

async function read(transport: Transport, place: LogPlace): Promise<{ lines: string[]; reason: string | null }> {
  const lines: LogLine[] = [];
  const problem = await readPodLog(
    transport,
    source,
    request,
    place,
    (some) => lines.push(...some),
    new AbortController().signal,
  );
  return { lines: lines.map(({ text }) => text), reason: problem?.reason ?? null };
}

suite('the log of a pod', () => {
  test('is asked for with time stamps, and read to its end', async () => {
    const transport = transportOf('2026-01-01T00:00:01.25Z größer\r\n2026-01-01T00:00:02Z last');
    const { lines, reason } = await read(transport, { at: null, same: [] });
    assert.deepEqual(lines, ['größer', 'last']);
    assert.equal(reason, null);
    assert.equal(
      `${transport.asked[0]?.pathname}?${transport.asked[0]?.searchParams.toString()}`,
      '/api/v1/namespaces/n%20s/pods/p/log?container=c&timestamps=true&follow=true&tailLines=100',
    );
  });

  test('after a cut nothing is lost and nothing told twice, whole seconds or not', async () => {
    const stamp = '2026-01-01T00:00:01.5Z';
    const transport = transportOf(
      `2026-01-01T00:00:01Z a\n${stamp} b\n${stamp} c\n${stamp} half of!`,
      `2026-01-01T00:00:01Z a\n${stamp} b\n${stamp} c\n${stamp} half of d\n2026-01-01T00:00:03Z e\n`,
    );
    const place: LogPlace = { at: null, same: [] };
    const first = await read(transport, place);
    assert.deepEqual(first, { lines: ['a', 'b', 'c'], reason: 'ECONNRESET' });
    const second = await read(transport, place);
    assert.deepEqual(second, { lines: ['half of d', 'e'], reason: null });
    assert.equal(transport.asked[1]?.searchParams.get('sinceTime'), '2026-01-01T00:00:01.000Z');
    assert.equal(transport.asked[1].searchParams.get('tailLines'), null);
  });

  test('a new run that begins within the moment of the last line keeps its first line', async () => {
    const stamp = '2026-01-01T00:00:01.5Z';
    const transport = transportOf(`${stamp} begins\n${stamp} ends\n`, `${stamp} begins again\n${stamp} ends\n`);
    const place: LogPlace = { at: null, same: [] };
    assert.deepEqual((await read(transport, place)).lines, ['begins', 'ends']);
    // What is the same word for word in the same moment cannot be told apart.
    assert.deepEqual((await read(transport, place)).lines, ['begins again']);
  });
});
