import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { connect } from '../../../client/cluster/connection.ts';
import { runExecPlugin } from '../../../client/cluster/exec-plugin.ts';
import type { ExecEntry } from '../../../client/cluster/kubeconfig-file.ts';
import { loadKubeconfig, type Kubeconfig } from '../../../client/cluster/kubeconfig.ts';
import { FakeServer } from './fake-server.ts';

const CLUSTER = { server: 'https://x', skipTlsVerify: false };

suite('exec plugins', () => {
  let folder: string;
  let plugin: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobwright-exec-'));
    plugin = join(folder, 'plugin.mjs');
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => rm(join(folder, 'runs'), { force: true }));

  /** Writes the plugin's program, and gives the kubeconfig entry that runs it. */
  async function entry(program: string, fields: Partial<ExecEntry> = {}): Promise<ExecEntry> {
    await writeFile(
      plugin,
      `import { appendFileSync } from 'node:fs';\nappendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'x');\n${program}`,
    );
    return {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: [plugin],
      env: [{ name: 'EXTRA', value: 'yes' }],
      provideClusterInfo: false,
      ...fields,
    };
  }
  const runs = async (): Promise<number> => (await readFile(join(folder, 'runs'), 'utf8').catch(() => '')).length;
  const say = (status: string): string => `console.log(JSON.stringify({ kind: 'ExecCredential', status: ${status} }));`;
  async function message(exec: ExecEntry, patienceMilliseconds?: number): Promise<string> {
    const run = await runExecPlugin(exec, CLUSTER, {
      env: process.env,
      ...(patienceMilliseconds === undefined ? {} : { patienceMilliseconds }),
    });
    return run.ok ? 'fine' : run.problem.message;
  }

  test('gets its environment and what it asks to know of the cluster', async () => {
    const exec = await entry(say("{ token: process.env.EXTRA + process.env.KUBERNETES_EXEC_INFO + '\\n' }"), {
      provideClusterInfo: true,
    });
    const run = await runExecPlugin(exec, { ...CLUSTER, caData: 'QQ==' }, { env: process.env });
    assert.ok(run.ok);
    assert.ok(run.value.token?.startsWith('yes{'));
    const info = JSON.parse(run.value.token?.slice(3) ?? '') as {
      apiVersion: string;
      spec: { interactive: boolean; cluster: object };
    };
    assert.equal(info.apiVersion, exec.apiVersion);
    assert.deepEqual(info.spec, {
      interactive: false,
      cluster: { server: 'https://x', 'certificate-authority-data': 'QQ==' },
    });
  });

  test('what goes wrong is said in one sentence, without what it printed', async () => {
    assert.match(
      await message(await entry('console.log("secret-token")')),
      /^The exec plugin .* printed no credential\.$/,
    );
    assert.match(
      await message(await entry('console.error("first\\nLog in first"); process.exit(3);')),
      /failed \(exit status 3\): Log in first$/,
    );
    assert.match(
      await message(await entry('', { command: 'no-such-program-anywhere' })),
      /is not installed or not on PATH/,
    );
    assert.match(await message(await entry('setInterval(() => {}, 1000)'), 200), /gave no answer within/);
  });

  test('its standard input is closed, so that it cannot wait for an answer', async () => {
    const run = await runExecPlugin(
      await entry(`process.stdin.on('end', () => { ${say("{ token: 't' }")} }).resume();`),
      CLUSTER,
      { env: process.env },
    );
    assert.ok(run.ok);
  });

  test('what it says to a person while it runs is handed on', async () => {
    const said: string[] = [];
    const exec = await entry(`console.error('Open https://login.example and enter A1B2'); ${say("{ token: 't' }")}`);
    const run = await runExecPlugin(exec, CLUSTER, { env: process.env, onPrompt: (text) => said.push(text) });
    assert.ok(run.ok);
    assert.equal(said.join(''), 'Open https://login.example and enter A1B2\n');
  });

  test('one that needs a terminal is not started', async () => {
    assert.match(
      await message(await entry(say("{ token: 't' }"), { needsTerminal: true })),
      /asks questions in a terminal \(interactiveMode: Always\), and there is none here/,
    );
    assert.equal(await runs(), 0);
  });

  suite('through a connection', () => {
    let server: FakeServer;
    before(async () => {
      server = await FakeServer.start();
    });
    after(() => server.close());

    beforeEach(() => {
      server.fault = () => null;
    });

    async function kubeconfig(exec: object): Promise<Kubeconfig> {
      const file = join(folder, 'config');
      const config = {
        'current-context': 'c',
        clusters: [{ name: 'k', cluster: { server: server.url } }],
        users: [{ name: 'u', user: { exec } }],
        contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
      };
      await writeFile(file, JSON.stringify(config));
      const loaded = await loadKubeconfig({ file });
      assert.ok(loaded.ok);
      return loaded.value;
    }

    test('nothing runs without consent', async () => {
      const config = await kubeconfig(await entry(say("{ token: 't' }")));
      const connected = await connect(config, null, { allowExec: false });
      assert.ok(
        !connected.ok && connected.problem.kind === 'consent' && connected.problem.command === process.execPath,
      );
      assert.equal(await runs(), 0);
    });

    test('runs once for many requests, and again when the server refuses its token, but not for ever', async () => {
      const config = await kubeconfig(await entry(say("{ token: 'token-' + Date.now() + Math.random() }")));
      const connected = await connect(config, null, { allowExec: true });
      assert.ok(connected.ok);
      const { transport } = connected.value;
      await Promise.all([1, 2, 3].map(() => transport.request('GET', '/api')));
      assert.equal(await runs(), 1);
      const old = server.requests.at(-1)?.headers['authorization'];
      assert.match(String(old), /^Bearer token-/);
      server.fault = ({ headers }) => (headers['authorization'] === old ? { kind: 'status', code: 401 } : null);
      const answers = await Promise.all([1, 2, 3].map(() => transport.request('GET', '/api')));
      assert.ok(answers.every(({ ok }) => ok));
      assert.equal(await runs(), 2);
      server.fault = () => ({ kind: 'status', code: 401 });
      assert.equal((await transport.request('GET', '/api')).ok, false);
      assert.equal(await runs(), 3);
      connected.value.close();
    });

    test('interactiveMode: Always is read, and told', async () => {
      const config = await kubeconfig({ ...(await entry(say("{ token: 't' }"))), interactiveMode: 'Always' });
      const connected = await connect(config, null, { allowExec: true });
      assert.equal(connected.ok ? '' : connected.problem.reason, 'NeedsTerminal');
    });

    test('a clock that is ahead does not have it run for each request', async () => {
      const config = await kubeconfig(
        await entry(say("{ token: 't', expirationTimestamp: new Date(Date.now() - 60_000).toISOString() }")),
      );
      const connected = await connect(config, null, { allowExec: true });
      assert.ok(connected.ok);
      for (let count = 0; count < 3; count++) await connected.value.transport.request('GET', '/api');
      assert.equal(await runs(), 1);
      connected.value.close();
    });

    test('a credential that has expired is replaced before it is used', async () => {
      const config = await kubeconfig(
        await entry(say("{ token: 't', expirationTimestamp: new Date(Date.now() + 5000).toISOString() }")),
      );
      const connected = await connect(config, null, { allowExec: true });
      assert.ok(connected.ok);
      await connected.value.transport.request('GET', '/api');
      assert.ok((await runs()) >= 2);
      connected.value.close();
    });
  });
});
