import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Actions, crashHandler } from '../../../client/src/crash-handler.ts';

/** As the client has them. */
const ACTIONS = { ErrorAction: { Continue: 1 }, CloseAction: { DoNotRestart: 1, Restart: 2 } } as unknown as Actions;

test('the server is started again until it stops four times within three minutes, then a person is told once', async () => {
  let now = 0;
  let told = 0;
  const handler = crashHandler(
    ACTIONS,
    () => told++,
    () => now,
  );
  const stop = async (): Promise<number> => (await handler.closed()).action;
  for (let time = 0; time < 10; time++) {
    now += 100_000;
    assert.equal(await stop(), 2, 'now and then');
  }
  now += 500_000;
  assert.deepEqual([await stop(), await stop(), await stop(), await stop()], [2, 2, 2, 1]);
  assert.equal(told, 1);
  assert.equal(await stop(), 2, 'after a start by hand it counts anew');
});
