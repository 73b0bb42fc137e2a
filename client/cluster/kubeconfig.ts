import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import {
  mergeKubeconfigs,
  readKubeconfigFile,
  type ClusterEntry,
  type KubeconfigEntries,
  type UserEntry,
} from './kubeconfig-file.ts';
import { failure, success, type ClusterProblem, type Result } from './problem.ts';

export interface KubeconfigOptions {
  /** Default `process.env`: `KUBECONFIG`, `HOME`, and the variables of a pod. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** One file instead of what the environment says; it must exist. */
  readonly file?: string;
  /** Folder of the service account inside a pod; for tests. */
  readonly serviceAccountFolder?: string;
}

export interface Kubeconfig extends KubeconfigEntries {
  /** The files that were read, in order; empty in a pod. */
  readonly files: readonly string[];
}

export interface ContextInfo {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  /** Address of the API server; empty when the context names a cluster that the file lacks. */
  readonly server: string;
  /** The namespace to start with: the context's own, else `default`. */
  readonly namespace: string;
  readonly current: boolean;
  /** The exec plugin that this context runs for credentials: consent is needed first. */
  readonly execCommand: string | null;
}

const SERVICE_ACCOUNT_FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';
/** The name of the only context inside a pod. */
export const IN_CLUSTER = 'in-cluster';

/**
 * Finds and reads the kubeconfig as kubectl does: the files of `KUBECONFIG` merged (missing ones are ignored), else
 * `.kube/config` in the home folder, else, inside a pod, its service account.
 */
export async function loadKubeconfig(options: KubeconfigOptions = {}): Promise<Result<Kubeconfig>> {
  const env = options.env ?? process.env;
  if (options.file !== undefined) {
    const read = await readKubeconfigFile(options.file);
    if (!read.ok) return read;
    return read.value === null
      ? missing(l10n.t('The kubeconfig file {0} does not exist.', options.file))
      : success({ ...read.value, files: [options.file] });
  }
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  const files = listed.length > 0 ? [...new Set(listed)] : await defaultFiles(env);
  const found: KubeconfigEntries[] = [];
  const names: string[] = [];
  for (const file of files) {
    const read = await readKubeconfigFile(file);
    if (!read.ok) return read;
    if (read.value === null) continue;
    found.push(read.value);
    names.push(file);
  }
  if (found.length > 0) return success({ ...mergeKubeconfigs(found), files: names });
  const pod = await inCluster(env, options.serviceAccountFolder ?? SERVICE_ACCOUNT_FOLDER);
  if (pod !== null) return success(pod);
  return missing(
    listed.length > 0
      ? l10n.t('KUBECONFIG names no file that exists ({0}).', listed.join(', '))
      : l10n.t(
          'There is no kubeconfig: {0} does not exist and KUBECONFIG is not set.',
          files.join(', ') || '~/.kube/config',
        ),
  );
}

/** Every context, the current one first, then by name. */
export function contexts(kubeconfig: Kubeconfig): readonly ContextInfo[] {
  return [...kubeconfig.contexts]
    .map(([name, context]) => ({
      name,
      cluster: context.cluster,
      user: context.user,
      server: kubeconfig.clusters.get(context.cluster)?.server ?? '',
      namespace: context.namespace ?? 'default',
      current: name === kubeconfig.currentContext,
      execCommand: kubeconfig.users.get(context.user)?.exec?.command ?? null,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current) || (a.name < b.name ? -1 : 1));
}

/** What one context stands for. */
export interface Target {
  readonly context: string;
  readonly namespace: string;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
}

const ANONYMOUS: UserEntry = { impersonateGroups: [], impersonateExtra: {} };

/** Resolves a context (null: the current one) to its cluster and user; a context without a user is anonymous. */
export function targetOf(kubeconfig: Kubeconfig, contextName: string | null): Result<Target> {
  const name = contextName ?? kubeconfig.currentContext;
  const choices = [...kubeconfig.contexts.keys()].join(', ') || 'none';
  if (name === null) return missing(l10n.t('The kubeconfig has no current context; its contexts are: {0}.', choices));
  const context = kubeconfig.contexts.get(name);
  if (context === undefined)
    return missing(l10n.t('The kubeconfig has no context "{0}"; its contexts are: {1}.', name, choices));
  const cluster = kubeconfig.clusters.get(context.cluster);
  if (cluster === undefined)
    return missing(
      l10n.t('Context "{0}" names the cluster "{1}", which the kubeconfig does not have.', name, context.cluster),
    );
  if (!/^https?:\/\/./.test(cluster.server) || !URL.canParse(cluster.server))
    return missing(l10n.t('Cluster "{0}" has no usable server address ("{1}").', context.cluster, cluster.server));
  const user = context.user === '' ? ANONYMOUS : kubeconfig.users.get(context.user);
  if (user === undefined)
    return missing(
      l10n.t('Context "{0}" names the user "{1}", which the kubeconfig does not have.', name, context.user),
    );
  return success({ context: name, namespace: context.namespace ?? 'default', cluster, user });
}

/** On Windows kubectl looks in several homes; the first with a kubeconfig counts. */
async function defaultFiles(env: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const drive =
    env['HOMEDRIVE'] !== undefined && env['HOMEPATH'] !== undefined ? env['HOMEDRIVE'] + env['HOMEPATH'] : '';
  const homes = process.platform === 'win32' ? [env['HOME'], drive, env['USERPROFILE']] : [env['HOME'] ?? homedir()];
  const files = homes.flatMap((home) => (home ? [join(home, '.kube', 'config')] : []));
  for (const file of files) {
    if (await exists(file)) return [file];
  }
  return files.slice(0, 1);
}

async function inCluster(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Kubeconfig | null> {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  const tokenFile = join(folder, 'token');
  if (!host || !port || !(await exists(tokenFile))) return null;
  const namespace = await readFile(join(folder, 'namespace'), 'utf8').catch(() => '');
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    files: [],
    currentContext: IN_CLUSTER,
    contexts: new Map([[IN_CLUSTER, { cluster: IN_CLUSTER, user: IN_CLUSTER, namespace: namespace.trim() || null }]]),
    clusters: new Map([[IN_CLUSTER, { server, caFile: join(folder, 'ca.crt'), skipTlsVerify: false }]]),
    users: new Map([[IN_CLUSTER, { ...ANONYMOUS, tokenFile }]]),
  };
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

function missing(message: string): { readonly ok: false; readonly problem: ClusterProblem } {
  return failure({
    kind: 'kubeconfig',
    status: 0,
    reason: 'NotConfigured',
    message,
    suggestion: l10n.t('Set KUBECONFIG, or write ~/.kube/config; your cluster’s provider has a command that does it.'),
  });
}
