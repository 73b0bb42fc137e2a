import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { failure, success, type Result } from './problem.ts';

/** The entries of one kubeconfig file, or of several merged ones. File names in it are absolute. */
export interface KubeconfigEntries {
  readonly currentContext: string | null;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
}

export interface ContextEntry {
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string | null;
}

export interface ClusterEntry {
  readonly server: string;
  readonly caFile?: string;
  /** Base64. */
  readonly caData?: string;
  readonly skipTlsVerify: boolean;
  readonly tlsServerName?: string;
  readonly proxyUrl?: string;
  /** `extensions[client.authentication.k8s.io/exec]`, handed to exec plugins that ask for cluster information. */
  readonly execConfig?: unknown;
}

export interface ExecEntry {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint?: string;
  readonly provideClusterInfo: boolean;
  /** The plugin asks questions in a terminal (`interactiveMode: Always`). */
  readonly needsTerminal?: boolean;
}

export interface UserEntry {
  readonly token?: string;
  readonly tokenFile?: string;
  readonly certFile?: string;
  readonly certData?: string;
  readonly keyFile?: string;
  readonly keyData?: string;
  readonly username?: string;
  readonly password?: string;
  readonly impersonate?: string;
  readonly impersonateUid?: string;
  readonly impersonateGroups: readonly string[];
  readonly impersonateExtra: Readonly<Record<string, readonly string[]>>;
  readonly exec?: ExecEntry;
  /** A provider of the older kind (`oidc`), as written. */
  readonly authProvider?: { readonly name: string; readonly config: Readonly<Record<string, string>> };
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one kubeconfig file. Entries that lack a name are left out, as are fields of a wrong type: the context that
 * needs them says so when it is used, all others work.
 *
 * @returns null for a file that does not exist
 */
export async function readKubeconfigFile(file: string): Promise<Result<KubeconfigEntries | null>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    if (code === 'ENOENT' || code === 'ENOTDIR') return success(null);
    return broken(file, code, code === 'EISDIR' ? l10n.t('is a folder') : l10n.t('cannot be read ({0})', code));
  }
  return parseKubeconfig(text, file);
}

/** Reads the text of a kubeconfig; relative file names in it are relative to the folder of `file`. */
export async function parseKubeconfig(text: string, file: string): Promise<Result<KubeconfigEntries>> {
  const { loadYaml } = await import('./client-node.ts');
  let root: unknown;
  try {
    // An empty file is an empty kubeconfig.
    root = text.split('\n').every((line) => /^\s*(#|$)/.test(line)) ? {} : loadYaml(text);
  } catch (error) {
    // The parser's own message quotes the text around the fault, and a kubeconfig's text is secret.
    const { reason, mark } = error as { readonly reason?: unknown; readonly mark?: { readonly line?: unknown } };
    const where = typeof mark?.line === 'number' ? l10n.t(' (line {0})', mark.line + 1) : '';
    return broken(file, 'Syntax', `is not YAML${where}${typeof reason === 'string' ? `: ${reason}` : ''}`);
  }
  if (!isFields(root)) return broken(file, 'Syntax', 'is no kubeconfig: a mapping was expected');
  const folder = dirname(file);
  return success({
    currentContext: string(root['current-context']) ?? null,
    contexts: named(root['contexts'], 'context', contextEntry),
    clusters: named(root['clusters'], 'cluster', (fields) => clusterEntry(fields, folder)),
    users: named(root['users'], 'user', (fields) => userEntry(fields, folder)),
  });
}

/** Merges as kubectl does: of entries with the same name, and of current contexts, the first file's counts. */
export function mergeKubeconfigs(files: readonly KubeconfigEntries[]): KubeconfigEntries {
  // A Map made of pairs keeps the last of equal keys.
  const reversed = [...files].reverse();
  return {
    currentContext: files.find((file) => file.currentContext !== null)?.currentContext ?? null,
    contexts: new Map(reversed.flatMap((file) => [...file.contexts])),
    clusters: new Map(reversed.flatMap((file) => [...file.clusters])),
    users: new Map(reversed.flatMap((file) => [...file.users])),
  };
}

function contextEntry(fields: Fields): ContextEntry {
  return {
    cluster: string(fields['cluster']) ?? '',
    user: string(fields['user']) ?? '',
    namespace: string(fields['namespace']) ?? null,
  };
}

function clusterEntry(fields: Fields, folder: string): ClusterEntry {
  const extensions = Array.isArray(fields['extensions']) ? fields['extensions'].filter(isFields) : [];
  const execConfig = extensions.find(({ name }) => name === 'client.authentication.k8s.io/exec')?.['extension'];
  return defined({
    server: (string(fields['server']) ?? '').replace(/\/+$/, ''),
    // As in kubectl, data counts before a file.
    caFile: string(fields['certificate-authority-data']) ? undefined : path(fields['certificate-authority'], folder),
    caData: string(fields['certificate-authority-data']),
    skipTlsVerify: fields['insecure-skip-tls-verify'] === true,
    tlsServerName: string(fields['tls-server-name']),
    proxyUrl: string(fields['proxy-url']),
    execConfig,
  });
}

function userEntry(fields: Fields, folder: string): UserEntry {
  const exec = fields['exec'];
  const provider = fields['auth-provider'];
  const providerName = isFields(provider) ? string(provider['name']) : undefined;
  return defined({
    token: string(fields['token']),
    tokenFile: path(fields['tokenFile'], folder),
    certFile: string(fields['client-certificate-data']) ? undefined : path(fields['client-certificate'], folder),
    certData: string(fields['client-certificate-data']),
    keyFile: string(fields['client-key-data']) ? undefined : path(fields['client-key'], folder),
    keyData: string(fields['client-key-data']),
    username: string(fields['username']),
    password: string(fields['password']),
    impersonate: string(fields['as']),
    impersonateUid: string(fields['as-uid']),
    impersonateGroups: strings(fields['as-groups']),
    impersonateExtra: isFields(fields['as-user-extra'])
      ? Object.fromEntries(Object.entries(fields['as-user-extra']).map(([name, values]) => [name, strings(values)]))
      : {},
    exec: isFields(exec) ? execEntry(exec, folder) : undefined,
    authProvider:
      isFields(provider) && providerName !== undefined
        ? { name: providerName, config: stringsOf(provider['config']) }
        : undefined,
  });
}

function execEntry(fields: Fields, folder: string): ExecEntry {
  const command = string(fields['command']) ?? '';
  const env = Array.isArray(fields['env']) ? fields['env'].filter(isFields) : [];
  return defined({
    apiVersion: string(fields['apiVersion']) ?? 'client.authentication.k8s.io/v1',
    // A bare name is searched on PATH; a relative path is relative to the kubeconfig's folder.
    command: /[/\\]/.test(command) && !isAbsolute(command) ? join(folder, command) : command,
    args: strings(fields['args']),
    env: env.flatMap((entry) => {
      const name = string(entry['name']);
      return name === undefined ? [] : [{ name, value: string(entry['value']) ?? '' }];
    }),
    installHint: string(fields['installHint']),
    provideClusterInfo: fields['provideClusterInfo'] === true,
    needsTerminal: fields['interactiveMode'] === 'Always' ? true : undefined,
  });
}

/** The list form of kubeconfig (`- name: …` beside one `key`) as a map; the first of equal names counts. */
function named<T>(list: unknown, key: string, read: (fields: Fields) => T): Map<string, T> {
  const entries = new Map<string, T>();
  if (!Array.isArray(list)) return entries;
  for (const item of list as readonly unknown[]) {
    const name = isFields(item) ? string(item['name']) : undefined;
    if (!isFields(item) || name === undefined || entries.has(name)) continue;
    const fields = item[key];
    entries.set(name, read(isFields(fields) ? fields : {}));
  }
  return entries;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers and booleans of a careless file count as their text; an empty text counts as absent. */
function string(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((item) => string(item) ?? []) : [];
}

function stringsOf(value: unknown): Record<string, string> {
  if (!isFields(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([name, item]) => [[name, string(item) ?? '']]));
}

function path(value: unknown, folder: string): string | undefined {
  const name = string(value);
  return name === undefined || isAbsolute(name) ? name : join(folder, name);
}

/** What remains of a record when its undefined fields are left out. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

function defined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function broken(file: string, reason: string, what: string): Result<never> {
  return failure({
    kind: 'kubeconfig',
    status: 0,
    reason,
    message: l10n.t('The kubeconfig file {0} {1}.', file, what),
    suggestion: l10n.t('Mend the file, or name another one in KUBECONFIG.'),
  });
}
