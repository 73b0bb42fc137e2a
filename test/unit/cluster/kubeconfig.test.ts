import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { connect } from '../../../client/cluster/connection.ts';
import { contexts, loadKubeconfig, targetOf, type Kubeconfig } from '../../../client/cluster/kubeconfig.ts';

suite('kubeconfig', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobwright-kubeconfig-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };
  async function load(...files: string[]): Promise<Kubeconfig> {
    const loaded = await loadKubeconfig({ env: { KUBECONFIG: files.join(delimiter) } });
    assert.ok(loaded.ok, loaded.ok ? '' : loaded.problem.message);
    return loaded.value;
  }
  async function problem(env: Record<string, string>): Promise<string> {
    const loaded = await loadKubeconfig({ env, serviceAccountFolder: join(folder, 'nowhere') });
    return loaded.ok ? 'none' : loaded.problem.message;
  }

  const one = `
apiVersion: v1
kind: Config
current-context: ""
clusters:
- name: shared
  cluster: {server: "https://one.example:6443/"}
users:
- name: me
  user: {token: first}
contexts:
- name: a
  context: {cluster: shared, user: me, namespace: team}
`;
  const two = `
current-context: b
clusters:
- name: shared
  cluster: {server: "https://two.example"}
- name: other
  cluster: {server: "https://other.example", tls-server-name: inner, proxy-url: "http://proxy:3128", certificate-authority: ca.crt}
users:
- name: me
  user: {token: second}
- name: plugin
  user:
    tokenFile: secrets/token
    exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1, args: [a, 1], env: [{name: A, value: b}], installHint: Install login.}
contexts:
- name: b
  context: {cluster: other, user: plugin}
`;

  test('several files: of equal names the first counts, as does the first current context; missing files are ignored', async () => {
    const config = await load(await file('one', one), join(folder, 'missing'), await file('two', two), '');
    assert.equal(config.files.length, 2);
    assert.equal(config.currentContext, 'b');
    assert.equal(config.clusters.get('shared')?.server, 'https://one.example:6443');
    assert.equal(config.users.get('me')?.token, 'first');
    assert.deepEqual(
      contexts(config).map(({ name, namespace, current, execCommand }) => ({ name, namespace, current, execCommand })),
      [
        { name: 'b', namespace: 'default', current: true, execCommand: join(folder, 'login') },
        { name: 'a', namespace: 'team', current: false, execCommand: null },
      ],
    );
  });

  test('relative names are relative to the file that holds them', async () => {
    const config = await load(await file('one', one), await file('two', two));
    assert.equal(config.clusters.get('other')?.caFile, join(folder, 'ca.crt'));
    assert.equal(config.users.get('plugin')?.tokenFile, join(folder, 'secrets/token'));
    assert.deepEqual(config.users.get('plugin')?.exec?.args, ['a', '1']);
  });

  test('data counts before files', async () => {
    const config = await load(
      await file(
        'both',
        'clusters: [{name: c, cluster: {server: "https://x", certificate-authority: f, certificate-authority-data: QQ==}}]',
      ),
    );
    assert.deepEqual(config.clusters.get('c'), { server: 'https://x', caData: 'QQ==', skipTlsVerify: false });
  });

  test('the default place, and inside a pod', async () => {
    const home = join(folder, 'home');
    await mkdir(join(home, '.kube'), { recursive: true });
    await writeFile(join(home, '.kube', 'config'), one);
    const found = await loadKubeconfig({ env: { HOME: home } });
    assert.deepEqual(found.ok && found.value.files, [join(home, '.kube', 'config')]);

    const account = join(folder, 'account');
    await mkdir(account);
    await writeFile(join(account, 'token'), 't\n');
    await writeFile(join(account, 'namespace'), 'jobs\n');
    const env = { HOME: join(folder, 'empty'), KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' };
    const pod = await loadKubeconfig({ env, serviceAccountFolder: account });
    assert.ok(pod.ok);
    const target = targetOf(pod.value, null);
    assert.ok(target.ok);
    assert.equal(target.value.cluster.server, 'https://[fd00::1]:443');
    assert.equal(target.value.namespace, 'jobs');
  });

  test('files that are missing, broken, empty or no kubeconfig: one clear sentence, without the secrets beside the fault', async () => {
    assert.match(await problem({ KUBECONFIG: join(folder, 'none') }), /KUBECONFIG names no file that exists/);
    assert.match(await problem({ HOME: join(folder, 'empty') }), /There is no kubeconfig: .*config does not exist/);
    assert.match(await problem({ KUBECONFIG: folder }), /is a folder/);
    const broken = await problem({
      KUBECONFIG: await file('broken', 'users:\n- name: a\n  user: {token: hunter2\n- x: ['),
    });
    assert.match(broken, /is not YAML \(line \d\)/);
    assert.doesNotMatch(broken, /hunter2/);
    assert.match(await problem({ KUBECONFIG: await file('list', '- 1') }), /is no kubeconfig/);
    assert.equal(await problem({ KUBECONFIG: await file('empty', '# nothing\n\n') }), 'none');
    assert.equal(
      await problem({ KUBECONFIG: await file('odd', 'contexts: {}\nusers: [1, null, {name: 3}]\nclusters: x') }),
      'none',
    );
  });

  test('contexts that lead nowhere', async () => {
    const config = await load(
      await file(
        'nowhere',
        `${one}- name: dangling\n  context: {cluster: gone, user: me}\n- name: c2\n  context: {cluster: shared, user: gone}\n`,
      ),
    );
    const messageOf = (name: string | null): string => {
      const target = targetOf(config, name);
      return target.ok ? 'fine' : target.problem.message;
    };
    assert.equal(messageOf('a'), 'fine');
    assert.match(messageOf(null), /no current context; its contexts are: a, dangling, c2/);
    assert.match(messageOf('dangling'), /names the cluster "gone", which the kubeconfig does not have/);
    assert.match(messageOf('c2'), /names the user "gone"/);
    assert.match(messageOf('zzz'), /no context "zzz"/);
  });

  test('a file of a certificate that is missing is named', async () => {
    const config = await load(
      await file(
        'lost',
        one.replace('token: first', 'client-certificate: lost.crt, client-key: lost.key').replace('""', 'a'),
      ),
    );
    const connected = await connect(config, null, { allowExec: false, env: {} });
    assert.match(
      connected.ok ? '' : connected.problem.message,
      /names the file .*lost\.crt, which cannot be read \(ENOENT\)/,
    );
  });
});
