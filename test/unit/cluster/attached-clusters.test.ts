import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Connection } from '../../../client/cluster/connection.ts';
import { serverVersion } from '../../../client/cluster/server-version.ts';
import { failure, success } from '../../../client/cluster/problem.ts';
import { AttachedClusters } from '../../../client/src/attached-clusters.ts';

/** A connection to a server that says this of itself; null refuses to say. */
function connectionTo(gitVersion: string | null): Connection {
  return {
    transport: {
      request: (_: string, path: string) => {
        assert.equal(path, '/version');
        return Promise.resolve(
          gitVersion === null
            ? failure({ kind: 'forbidden', status: 403, reason: 'Forbidden', message: 'no' })
            : success({ status: 200, body: { major: '1', gitVersion }, stream: null }),
        );
      },
    },
  } as unknown as Connection;
}

test('the cluster attached last decides, and those before it once it is gone', async () => {
  const told: (string | null)[] = [];
  const attached = new AttachedClusters((version) => told.push(version));
  const cluster = { serverVersion };
  const letGoOfOld = attached.attach(cluster, connectionTo('v1.30.1'));
  await setImmediate();
  const letGoOfNew = attached.attach(cluster, connectionTo('v1.34.2+k3s1'));
  await setImmediate();
  const letGoOfSilent = attached.attach(cluster, connectionTo(null));
  await setImmediate();
  letGoOfNew();
  letGoOfSilent();
  letGoOfOld();
  // Let go before it answered: nothing is told.
  attached.attach(cluster, connectionTo('v1.31.0'))();
  await setImmediate();
  assert.deepEqual(told, ['v1.30.1', 'v1.34.2+k3s1', 'v1.30.1', null]);
});
