import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { runExecPlugin, type ExecCredential } from './exec-plugin.ts';
import type { Target } from './kubeconfig.ts';
import { failure, success, type ClusterProblem, type Result } from './problem.ts';
import { proxyFromEnvironment } from './proxy.ts';

/** How requests identify themselves, and through what they go. Secret. */
export interface Identity {
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Milliseconds since the epoch after which the credentials are to be had anew; null: good until refused. */
  readonly expires: number | null;
}

export interface CredentialSource {
  /** The identity to use now; had anew when it has expired. Several callers at once share one acquisition. */
  current(signal?: AbortSignal): Promise<Result<Identity>>;
  /** The server refused `refused` (401): has credentials anew, once for all that were refused. */
  refresh(refused: Identity, signal?: AbortSignal): Promise<Result<Identity>>;
  /** Closes the connections that are kept for later. */
  freshen(): void;
  /** Closes every connection. */
  close(): void;
}

export interface CredentialOptions {
  /** True only after the person consented to run the exec plugin that the kubeconfig names. */
  readonly allowExec: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gets what an exec plugin says to a person while it runs. */
  readonly onPrompt?: ((text: string) => void) | undefined;
}

/** Token files are replaced while we run (a pod's expires within the hour), so they are read again this often. */
const TOKEN_FILE_MILLISECONDS = 60_000;
/** Credentials are replaced a little before they expire. */
const EXPIRY_MARGIN_MILLISECONDS = 10_000;

/** Credentials of a kubeconfig's user for its cluster. Nothing is read or run before `current` is called. */
export function credentialSource(target: Target, options: CredentialOptions): CredentialSource {
  let pending: Promise<Result<Identity>> | null = null;
  let identity: Identity | null = null;
  const agents = new AgentStock();

  const acquire = (signal?: AbortSignal): Promise<Result<Identity>> => {
    pending ??= acquireIdentity(target, options, agents, signal)
      .then((result) => {
        if (result.ok) identity = result.value;
        return result;
      })
      .finally(() => {
        pending = null;
      });
    return pending;
  };

  return {
    current: (signal) =>
      identity !== null && (identity.expires === null || Date.now() < identity.expires)
        ? Promise.resolve(success(identity))
        : acquire(signal),
    refresh: (refused, signal) =>
      identity !== null && identity !== refused ? Promise.resolve(success(identity)) : acquire(signal),
    freshen: () => agents.freshen(),
    close: () => agents.close(),
  };
}

async function acquireIdentity(
  target: Target,
  { allowExec, env = process.env, onPrompt }: CredentialOptions,
  agents: AgentStock,
  signal?: AbortSignal,
): Promise<Result<Identity>> {
  const { user, cluster } = target;
  if (user.exec !== undefined && !allowExec) return consentNeeded(target, user.exec.command);
  if (user.authProvider !== undefined && user.authProvider.name !== 'oidc')
    return unusable(
      target,
      'AuthProvider',
      l10n.t('uses the auth provider "{0}", which Kubernetes removed', user.authProvider.name),
      l10n.t('Let your cluster’s provider write the kubeconfig anew: it then names an exec plugin.'),
    );
  let exec: ExecCredential = {};
  if (user.exec !== undefined) {
    const run = await runExecPlugin(user.exec, cluster, {
      env,
      ...(signal === undefined ? {} : { signal }),
      ...(onPrompt === undefined ? {} : { onPrompt }),
    });
    if (!run.ok) return run;
    exec = run.value;
  }
  let token = exec.token ?? user.token;
  // A credential that was just made cannot have expired: then our clock is ahead, and the server will say when it has.
  const isAhead = exec.expires !== undefined && exec.expires <= Date.now();
  let expires = exec.expires === undefined || isAhead ? null : exec.expires - EXPIRY_MARGIN_MILLISECONDS;
  try {
    if (user.tokenFile !== undefined && exec.token === undefined) {
      token = (await readFile(user.tokenFile, 'utf8')).trim();
      expires = Date.now() + TOKEN_FILE_MILLISECONDS;
    }
    const { options, proxyUrl } = await httpsOptions(target, exec, env);
    const oidc = options.headers as Readonly<Record<string, string>> | undefined;
    const headers = { ...oidc, ...identityHeaders(target, token) };
    return success({ agent: agents.agentFor(target.cluster.server, options, proxyUrl), headers, expires });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    return unusable(
      target,
      code ?? 'Unusable',
      path !== undefined
        ? l10n.t('names the file {0}, which cannot be read ({1})', path, code ?? l10n.t('unreadable'))
        : l10n.t('holds credentials that cannot be used ({0})', code ?? (error as Error).message),
    );
  }
}

/** TLS options, proxy agent and OIDC header, by client-node. */
async function httpsOptions(
  { cluster, user }: Target,
  exec: ExecCredential,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly options: RequestOptions; readonly proxyUrl: string | null }> {
  const { KubeConfig } = await import('./client-node.ts');
  const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
  const config = new KubeConfig();
  const proxyUrl = cluster.proxyUrl ?? proxyFromEnvironment(new URL(cluster.server), env) ?? undefined;
  config.loadFromOptions({
    clusters: [
      {
        name: 'cluster',
        server: cluster.server,
        caFile: cluster.caFile,
        caData: cluster.caData,
        // Without TLS there is nothing to verify, and client-node wants that said.
        skipTLSVerify: cluster.skipTlsVerify || cluster.server.startsWith('http:'),
        tlsServerName: cluster.tlsServerName,
        proxyUrl,
      },
    ],
    users: [
      {
        name: 'user',
        certData: exec.certificate === undefined ? user.certData : base64(exec.certificate),
        certFile: exec.certificate === undefined ? user.certFile : undefined,
        keyData: exec.key === undefined ? user.keyData : base64(exec.key),
        keyFile: exec.key === undefined ? user.keyFile : undefined,
        authProvider: user.authProvider === undefined ? undefined : structuredClone(user.authProvider),
      },
    ],
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return { options, proxyUrl: proxyUrl ?? null };
}

/**
 * The agents, one for each TLS identity. A new token needs no new agent, so a watch under way keeps its connection; an
 * agent that is no longer used is kept until the end, since destroying it would cut what still runs through it.
 */
class AgentStock {
  readonly #agents = new Map<string, HttpAgent>();
  #closed = false;

  agentFor(
    server: string,
    { agent, ca, cert, key, rejectUnauthorized, servername }: RequestOptions,
    proxyUrl: string | null,
  ): HttpAgent {
    const pems = [ca, cert, key].map((pem) => (Buffer.isBuffer(pem) ? pem.toString('base64') : (pem ?? null)));
    const name = JSON.stringify([server, ...pems, rejectUnauthorized, servername, proxyUrl]);
    const known = this.#agents.get(name);
    if (known !== undefined) return known;
    const created =
      // Without a proxy the agent is ours, since client-node's keeps no connection alive.
      proxyUrl !== null && agent instanceof HttpAgent
        ? agent
        : server.startsWith('http:')
          ? new HttpAgent({ keepAlive: true })
          : new HttpsAgent({
              keepAlive: true,
              ...(ca === undefined ? {} : { ca }),
              ...(cert === undefined ? {} : { cert }),
              ...(key === undefined ? {} : { key }),
              ...(servername === undefined ? {} : { servername }),
              // Verified unless the kubeconfig says otherwise, whatever the environment says.
              rejectUnauthorized: rejectUnauthorized !== false,
            });
    this.#agents.set(name, created);
    if (this.#closed) created.destroy();
    return created;
  }

  freshen(): void {
    for (const { freeSockets } of this.#agents.values())
      for (const socket of Object.values(freeSockets).flat()) socket?.destroy();
  }

  close(): void {
    this.#closed = true;
    for (const agent of this.#agents.values()) agent.destroy();
  }
}

function identityHeaders({ user }: Target, token: string | undefined): Record<string, string | readonly string[]> {
  const headers: Record<string, string | readonly string[]> = {};
  if (token !== undefined && token !== '') headers['Authorization'] = `Bearer ${token}`;
  else if (user.username !== undefined)
    headers['Authorization'] = `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`;
  if (user.impersonate !== undefined) headers['Impersonate-User'] = user.impersonate;
  if (user.impersonateUid !== undefined) headers['Impersonate-Uid'] = user.impersonateUid;
  if (user.impersonateGroups.length > 0) headers['Impersonate-Group'] = user.impersonateGroups;
  for (const [name, values] of Object.entries(user.impersonateExtra))
    headers[`Impersonate-Extra-${encodeURIComponent(name)}`] = values;
  return headers;
}

function consentNeeded(target: Target, command: string): { readonly ok: false; readonly problem: ClusterProblem } {
  return failure({
    kind: 'consent',
    status: 0,
    reason: 'ConsentNeeded',
    message: l10n.t(
      'Context "{0}" gets its credentials from a program that the kubeconfig names: {1}. It was not run, because nobody allowed it.',
      target.context,
      command,
    ),
    suggestion: l10n.t('Allow it if you trust this kubeconfig.'),
    command,
  });
}

function unusable(
  target: Target,
  reason: string,
  what: string,
  suggestion?: string,
): { readonly ok: false; readonly problem: ClusterProblem } {
  return failure({
    kind: 'credentials',
    status: 0,
    reason,
    message: l10n.t('Context "{0}" {1}.', target.context, what),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}
