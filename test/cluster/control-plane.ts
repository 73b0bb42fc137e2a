/**
 * Starts a real Kubernetes control plane for tests: etcd, kube-apiserver and kube-controller-manager as child processes
 * on 127.0.0.1, with data in a temporary folder. Nothing of it outlives the process that started it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { grantRights, type User } from './access-rights.ts';
import { connect, resourcePath, type Access, type Api } from './api.ts';
import { controlPlaneBinary } from './build.ts';
import { createAuthority, serviceAccountKeys } from './certificates.ts';
import { componentFlags } from './component-flags.ts';
import { givenCluster } from './given-cluster.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { startWatchdog } from './leash.ts';
import { hasCondition, type Job } from './objects.ts';

export type Component = 'etcd' | 'kube-apiserver' | 'kube-controller-manager';

export interface ControlPlaneOptions {
  /** More flags for a component, appended to its own. */
  readonly flags?: Partial<Record<Component, readonly string[]>>;
  /** Controllers beside the usual ones (`job`, `cronjob`, `ttl-after-finished`, …), e.g. `resourcequota-controller`. */
  readonly controllers?: readonly string[];
  /** Gets a line now and then. */
  readonly log?: (line: string) => void;
}

export interface ControlPlane {
  /** Address of the API server. */
  readonly server: URL;
  /** Bearer tokens by user; empty when the tests run against a cluster that was given. */
  readonly tokens: Readonly<Partial<Record<User, string>>>;
  /** PEM of the server's certificate authority, base64, as `certificate-authority-data` wants it. */
  readonly caData: string;
  /** A kubeconfig with a context for each user and `admin-certificate`; the current one is `admin`. */
  readonly kubeconfigPath: string;
  /** How to reach the server as the administrator. */
  readonly access: Access;
  /** A client as this user, by default the administrator. Closed by `stop`. */
  api(user?: User): Api;
  /** Process ids of the components that run. */
  readonly pids: ReadonlyMap<Component, number>;
  /** What a component wrote so far. */
  output(component: Component): Promise<string>;
  /** Kills a component; clients see it vanish. */
  kill(component: Component): Promise<void>;
  /** Starts a component that was killed, on the same address with the same data. Resolves when it answers. */
  start(component: Component): Promise<void>;
  /** Kills the API server and starts it again. Its data stays; watches end. */
  restartApiServer(): Promise<void>;
  /** Kills the controllers and starts them again; what they kept in memory (backoff records) is lost. */
  restartControllerManager(): Promise<void>;
  /** Ends every process and removes the data. A second call does nothing. */
  stop(): Promise<void>;
}

/** Seconds that a component gets to become ready; a loaded machine needs far more than the usual 4. */
const readyWithin = 120;

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Calls `attempt` until it returns something other than undefined.
 * @param seconds how long to try
 * @throws Error naming `what` and the last failure once the time is over
 */
export async function poll<T>(what: string, seconds: number, attempt: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let last = '';
  for (;;) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      last = `: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (performance.now() >= end) throw new Error(`${what}: not within ${seconds} s${last}`);
    await delay(50);
  }
}

/** The binary to run as `component`: from KUBEBUILDER_ASSETS if it is there, else our own build. */
async function binaryOf(component: Component, log: (line: string) => void): Promise<string> {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  if (assets) {
    const file = join(assets, process.platform === 'win32' ? `${component}.exe` : component);
    if (existsSync(file)) return file;
    log(`KUBEBUILDER_ASSETS has no ${component}; taking the one built from test/cluster/control-plane`);
  }
  return controlPlaneBinary(log);
}

/** Resolves when the Job controller works: it completes a Job that needs no pod. */
async function controllersReady(api: Api): Promise<void> {
  const name = `ready-${randomBytes(4).toString('hex')}`;
  const spec = {
    completions: 0,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'none', image: 'none' }] } },
  };
  await api.create(resourcePath('jobs', 'kube-system'), { metadata: { name }, spec });
  await poll('kube-controller-manager', readyWithin, async () => {
    const job = await api.get<Job>(resourcePath('jobs', 'kube-system', name));
    return hasCondition(job, 'Complete') || undefined;
  });
  await api.delete(resourcePath('jobs', 'kube-system', name), { propagationPolicy: 'Background' });
}

/**
 * Starts a control plane and resolves when its API server answers and its Job controller works.
 * With JOBWRIGHT_TEST_KUBECONFIG set, that cluster is used instead and nothing is started; with KUBEBUILDER_ASSETS set,
 * the binaries in that folder are.
 * @throws GoMissing when the binary must be built and there is no Go; Error when a component does not become ready
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const given = process.env['JOBWRIGHT_TEST_KUBECONFIG'];
  if (given) return givenCluster(given);

  const log = options.log ?? (() => undefined);
  const components: readonly Component[] = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
  const binaries = new Map<Component, string>();
  for (const component of components) binaries.set(component, await binaryOf(component, log));

  const folder = await mkdtemp(join(tmpdir(), 'jobwright-control-plane-'));
  const watchdog = startWatchdog(folder);
  const file = (name: string): string => join(folder, name);
  const [etcdPort, peerPort, serverPort] = await freePorts(3);
  const etcdServer = `http://127.0.0.1:${etcdPort}`;
  const etcdPeer = `http://127.0.0.1:${peerPort}`;
  const server = new URL(`https://127.0.0.1:${serverPort}`);

  const authority = createAuthority();
  const serving = authority.server({
    user: 'kube-apiserver',
    hosts: ['127.0.0.1', '::1', 'localhost', 'kubernetes.default.svc', '10.0.0.1'],
  });
  const administrator = authority.client({ user: 'admin-by-certificate', groups: ['system:masters'] });
  const signing = serviceAccountKeys();
  const groups: Record<User, string> = { admin: 'system:masters', 'job-reader': '', 'team-a': '', stranger: '' };
  const users = Object.keys(groups) as User[];
  const tokens = Object.fromEntries(users.map((user) => [user, randomBytes(16).toString('hex')])) as Record<
    User,
    string
  >;
  const access: Access = { server, authority: authority.certificate, token: tokens.admin };
  const kubeconfigPath = file('kubeconfig');

  await mkdir(file('etcd'), { mode: 0o700 });
  const files: Record<string, string> = {
    'authority.crt': authority.certificate,
    'server.crt': serving.certificate,
    'server.key': serving.key,
    'service-account.pub': signing.publicKey,
    'service-account.key': signing.privateKey,
    'tokens.csv': users.map((user) => `${tokens[user]},${user},${user},"${groups[user]}"\n`).join(''),
    kubeconfig: writeKubeconfig(server, authority.certificate, [
      ...users.map((name) => ({ name, token: tokens[name], ...(name === 'team-a' ? { namespace: name } : {}) })),
      { name: 'admin-certificate', ...administrator },
    ]),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content, { mode: 0o600 });

  const flags = componentFlags({
    file,
    etcdServer,
    etcdPeer,
    serverPort: serverPort!,
    controllers: options.controllers ?? [],
  });

  const running = new Map<Component, ChildProcess>();
  const pids = new Map<Component, number>();
  const clients: Api[] = [];
  const admin = connect(access);
  clients.push(admin);

  function launch(component: Component): ChildProcess {
    const child = spawn(
      binaries.get(component) ?? component,
      [...flags[component], ...(options.flags?.[component] ?? [])],
      {
        argv0: component,
        cwd: folder,
        // Its standard input is the leash: our binary ends itself when the pipe closes.
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, JOBWRIGHT_END_WITH_STDIN: '1' },
        // Ctrl-C in the terminal must reach only us: we end the components in order.
        detached: process.platform !== 'win32',
      },
    );
    const output = createWriteStream(file(`${component}.log`), { flags: 'a' });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    child.stdin.on('error', () => undefined);
    running.set(component, child);
    if (child.pid !== undefined) {
      pids.set(component, child.pid);
      watchdog.tell('process', child.pid);
    }
    child.once('exit', () => {
      output.end();
      if (child.pid !== undefined) watchdog.tell('ended', child.pid);
      if (running.get(component) === child) {
        running.delete(component);
        pids.delete(component);
      }
    });
    return child;
  }

  async function output(component: Component): Promise<string> {
    return readFile(file(`${component}.log`), 'utf8').catch(() => '');
  }

  /** Waits for `attempt`, but not for a process that has already ended. */
  async function ready(
    component: Component,
    child: ChildProcess,
    attempt: () => Promise<true | undefined>,
  ): Promise<void> {
    const life = { ended: false };
    child.once('exit', () => (life.ended = true));
    child.once('error', () => (life.ended = true));
    try {
      await poll(component, readyWithin, async () => (life.ended ? true : attempt()));
      if (!life.ended) return;
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${(await output(component)).slice(-3000)}`, { cause: error });
    }
    throw new Error(`${component} ended while it was starting:\n${(await output(component)).slice(-3000)}`);
  }

  async function kill(component: Component): Promise<void> {
    const child = running.get(component);
    if (!child) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }

  async function start(component: Component): Promise<void> {
    if (running.has(component)) return;
    const child = launch(component);
    if (component === 'etcd') {
      await ready(component, child, async () => ((await fetch(`${etcdServer}/health`)).ok ? true : undefined));
    } else if (component === 'kube-apiserver') {
      await ready(component, child, async () =>
        (await admin.send('GET', '/readyz')).status === 200 ? true : undefined,
      );
    } else {
      await controllersReady(admin);
    }
  }

  let stopped: Promise<void> | undefined;
  function stop(): Promise<void> {
    stopped ??= (async () => {
      process.off('exit', killAll);
      for (const client of clients) client.close();
      await Promise.all(components.map(kill));
      await watchdog.end();
      await rm(folder, { recursive: true, force: true });
    })();
    return stopped;
  }
  function killAll(): void {
    for (const child of running.values()) child.kill('SIGKILL');
  }
  process.on('exit', killAll);

  try {
    // etcd and the API server find each other; starting them together saves a second.
    await Promise.all([start('etcd'), start('kube-apiserver')]);
    await poll('namespace kube-system', readyWithin, () =>
      admin.get(resourcePath('namespaces', undefined, 'kube-system')),
    );
    await Promise.all([start('kube-controller-manager'), grantRights(admin)]);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    server,
    tokens,
    caData: Buffer.from(authority.certificate).toString('base64'),
    kubeconfigPath,
    access,
    api(user = 'admin') {
      const client = connect({ ...access, token: tokens[user] });
      clients.push(client);
      return client;
    },
    pids,
    output,
    kill,
    start,
    async restartApiServer() {
      await kill('kube-apiserver');
      await start('kube-apiserver');
    },
    async restartControllerManager() {
      await kill('kube-controller-manager');
      await start('kube-controller-manager');
    },
    stop,
  };
}

if (import.meta.main) {
  const usage = `usage: node test/cluster/control-plane.ts --keep
Starts a Kubernetes control plane on 127.0.0.1, prints the path of its kubeconfig, and stays until Ctrl-C.`;
  if (!process.argv.includes('--keep')) {
    console.log(usage);
    process.exitCode = process.argv.includes('--help') ? 0 : 2;
  } else {
    try {
      const begin = performance.now();
      const cluster = await startControlPlane({ log: (line) => console.error(line) });
      console.log(cluster.kubeconfigPath);
      console.error(
        `ready after ${((performance.now() - begin) / 1000).toFixed(1)} s at ${cluster.server.origin}; Ctrl-C ends it`,
      );
      const end = (): void => void cluster.stop().then(() => process.exit(0));
      process.once('SIGINT', end);
      process.once('SIGTERM', end);
      // Something must keep Node alive while nothing happens.
      setInterval(() => undefined, 60_000);
    } catch (error) {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 2;
    }
  }
}
