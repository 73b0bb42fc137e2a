import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer, type Server as HttpsServer } from 'node:https';
import { connect as connectTcp, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { TLSSocket } from 'node:tls';
import { serverClock } from '../../../client/cluster/clock.ts';
import { connect } from '../../../client/cluster/connection.ts';
import { loadKubeconfig } from '../../../client/cluster/kubeconfig.ts';
import { proxyFromEnvironment } from '../../../client/cluster/proxy.ts';
import { createAuthority } from '../../cluster/certificates.ts';

interface Seen {
  readonly headers: Readonly<Record<string, unknown>>;
  /** Name in the client's certificate. */
  readonly user: string;
  /** The name that the client asked for in the TLS handshake. */
  readonly servername: string;
}

suite('connections', () => {
  const authority = createAuthority();
  const serving = authority.server({ user: 'server', hosts: ['inner.example', '127.0.0.1'] });
  const client = authority.client({ user: 'alice', groups: ['team'] });
  let server: HttpsServer;
  let proxy: Server;
  let proxied = 0;
  /** What is no longer accepted as `Authorization`. */
  let refused = '';
  let url: string;
  let proxyUrl: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobwright-connection-'));
    server = createServer({
      cert: serving.certificate,
      key: serving.key,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    });
    server.on('request', (request, response) => {
      if (request.headers.authorization === refused) {
        response.writeHead(401).end('{}');
        return;
      }
      const { socket } = request;
      assert.ok(socket instanceof TLSSocket);
      const user = socket.getPeerCertificate().subject as { readonly CN?: string } | undefined;
      const seen: Seen = {
        headers: request.headers,
        user: user?.CN ?? '',
        servername: (socket as { readonly servername?: string | false }).servername || '',
      };
      response.setHeader('Content-Encoding', 'gzip');
      response.end(gzipSync(JSON.stringify(seen)));
    });
    proxy = createHttpServer().on('connect', (request, socket) => {
      proxied++;
      const [host, port] = (request.url ?? '').split(':');
      const upstream = connectTcp(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await Promise.all(
      [server, proxy].map((one) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', () => resolve()))),
    );
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.closeAllConnections();
    proxy.closeAllConnections();
    server.close();
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const trusted = { 'certificate-authority-data': base64(authority.certificate) };

  /** What the server sees of a connection made with these kubeconfig entries, or why there is none. */
  async function ask(cluster: object, user: object = {}): Promise<Seen | string> {
    const file = join(folder, 'config');
    const config = {
      'current-context': 'c',
      clusters: [{ name: 'k', cluster: { server: url, ...cluster } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    };
    await writeFile(file, JSON.stringify(config));
    const loaded = await loadKubeconfig({ file });
    assert.ok(loaded.ok);
    const connected = await connect(loaded.value, null, { allowExec: false, env: {} });
    if (!connected.ok) return connected.problem.message;
    const answer = await connected.value.transport.request('GET', '/api');
    connected.value.close();
    return answer.ok ? (answer.value.body as Seen) : `${answer.problem.reason}: ${answer.problem.message}`;
  }
  async function seen(cluster: object, user: object = {}): Promise<Seen> {
    const answer = await ask(cluster, user);
    if (typeof answer === 'string') throw new Error(answer);
    return answer;
  }
  async function refusal(cluster: object, user: object = {}): Promise<string> {
    const answer = await ask(cluster, user);
    return typeof answer === 'string' ? answer : 'no refusal';
  }

  test('a client certificate', async () => {
    const user = { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) };
    assert.equal((await seen(trusted, user)).user, 'alice');
  });

  test('token, token file, password, impersonation', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'from-file\n');
    assert.equal((await seen(trusted, { token: 'abc' })).headers['authorization'], 'Bearer abc');
    assert.equal((await seen(trusted, { tokenFile })).headers['authorization'], 'Bearer from-file');
    const basic = (await seen(trusted, { username: 'me', password: 'p:w' })).headers['authorization'];
    assert.equal(basic, `Basic ${base64('me:p:w')}`);
    const as = await seen(trusted, {
      token: 'abc',
      as: 'bob',
      'as-groups': ['a', 'b'],
      'as-user-extra': { 'x/y': ['1'] },
    });
    assert.equal(as.headers['impersonate-user'], 'bob');
    assert.equal(as.headers['impersonate-group'], 'a, b');
    assert.equal(as.headers['impersonate-extra-x%2fy'], '1');
  });

  test('inside a pod: its service account, whose token is read again when the server refuses the old one', async () => {
    const account = join(folder, 'account');
    await mkdir(account);
    await writeFile(join(account, 'ca.crt'), authority.certificate);
    await writeFile(join(account, 'token'), 'first\n');
    const { port } = new URL(url);
    const env = { HOME: folder, KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: port };
    const loaded = await loadKubeconfig({ env, serviceAccountFolder: account });
    assert.ok(loaded.ok);
    const connected = await connect(loaded.value, null, { allowExec: false, env: {} });
    assert.ok(connected.ok);
    const { transport } = connected.value;
    const authorization = async (): Promise<unknown> => {
      const answer = await transport.request('GET', '/api');
      return answer.ok ? (answer.value.body as Seen).headers['authorization'] : answer.problem.message;
    };
    assert.equal(await authorization(), 'Bearer first');
    await writeFile(join(account, 'token'), 'second\n');
    refused = 'Bearer first';
    assert.equal(await authorization(), 'Bearer second');
    connected.value.close();
  });

  test('a server that nobody vouches for is refused, unless the kubeconfig says otherwise', async () => {
    assert.match(
      await refusal({}),
      /cannot be trusted: its certificate is signed by nobody that the kubeconfig trusts/,
    );
    assert.equal((await seen({ 'insecure-skip-tls-verify': true })).user, '');
  });

  test('the TLS server name is asked for and checked', async () => {
    assert.equal((await seen({ ...trusted, 'tls-server-name': 'inner.example' })).servername, 'inner.example');
    assert.match(
      await refusal({ ...trusted, 'tls-server-name': 'other.example' }),
      /its certificate is for another name/,
    );
  });

  test('a proxy', async () => {
    const before = proxied;
    assert.equal(
      (await seen({ ...trusted, 'proxy-url': proxyUrl }, { token: 'abc' })).headers['authorization'],
      'Bearer abc',
    );
    assert.equal(proxied, before + 1);
    assert.match(await refusal({ 'proxy-url': proxyUrl }, { token: 'abc' }), /cannot be trusted/);
  });

  test('providers of the old kind that would run programs are not used', async () => {
    const provider = { name: 'gcp', config: { 'cmd-path': '/bin/false' } };
    assert.match(
      await refusal(trusted, { 'auth-provider': provider }),
      /uses the auth provider "gcp", which Kubernetes removed/,
    );
  });

  test('a cluster that is down', async () => {
    assert.match(
      await refusal({ server: 'https://127.0.0.1:1' }),
      /^ECONNREFUSED: The cluster at https:\/\/127.0.0.1:1 cannot be reached: nothing listens there\.$/,
    );
  });

  test('an address at which something else answers', async () => {
    const page = createHttpServer((_, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => page.once('listening', resolve));
    const { port } = page.address() as AddressInfo;
    assert.match(
      await refusal({ server: `http://127.0.0.1:${port}` }),
      /^NotJson: What answers at .* is no Kubernetes API server/,
    );
    page.closeAllConnections();
    page.close();
  });
});

suite('proxies of the environment', () => {
  const through = (server: string, env: Record<string, string>): string | null =>
    proxyFromEnvironment(new URL(server), env);
  const table: readonly (readonly [string, Record<string, string>, string | null])[] = [
    ['https://a.example', {}, null],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    ['https://a.example', { https_proxy: 'p:1', HTTPS_PROXY: 'http://q:1' }, 'http://p:1'],
    ['http://a.example', { HTTPS_PROXY: 'http://p:1' }, null],
    ['https://127.0.0.1:6443', { HTTPS_PROXY: 'http://p:1' }, null],
    ['https://localhost:6443', { HTTPS_PROXY: 'http://p:1' }, null],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' }, null],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'b.example, example' }, null],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example' }, null],
    ['https://example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.example' }, 'http://p:1'],
    ['https://notexample', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'example' }, 'http://p:1'],
    ['https://10.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, null],
    ['https://11.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://p:1'],
    ['https://a.example:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:443' }, 'http://p:1'],
    ['https://a.example:6443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:6443' }, null],
    ['https://[fd00::1]', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'fd00::/8' }, null],
  ];
  for (const [server, env, expected] of table)
    test(`${server} with ${JSON.stringify(env)}`, () => assert.equal(through(server, env), expected));
});

suite('the clock of the server', () => {
  const header = (milliseconds: number): string => new Date(milliseconds).toUTCString();
  test('equals ours while no difference can be seen, and follows a difference that can', () => {
    let own = 1_000_000_000_000;
    const clock = serverClock(() => own);
    clock.heard(header(own), own - 20);
    assert.equal(clock.now(), own);
    // The server is 100 s ahead: answers narrow that down.
    for (let at = 0; at < 50; at++) {
      own += 137;
      clock.heard(header(own + 100_000), own - 10);
    }
    assert.ok(Math.abs(clock.now() - own - 100_000) < 200, String(clock.now() - own));
    clock.heard('nonsense', own);
    assert.ok(Math.abs(clock.now() - own - 100_000) < 200);
  });
});
