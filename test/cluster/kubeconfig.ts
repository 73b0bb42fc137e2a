/** The kubeconfig format, as far as tests need it: written for the clients under test, read for a cluster that was given. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Access } from './api.ts';

/** One user of the kubeconfig to be written; its context has the same name. */
export interface KubeconfigUser {
  readonly name: string;
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly namespace?: string;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * A kubeconfig's text (JSON, which is YAML) with one cluster, and a user and a context for each of `users`; the first
 * is the current context.
 * @param authority PEM of the server's certificate authority
 */
export function writeKubeconfig(server: URL, authority: string, users: readonly KubeconfigUser[]): string {
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'jobwright-test', cluster: { server: server.origin, 'certificate-authority-data': base64(authority) } },
      ],
      users: users.map(({ name, token, certificate, key }) => ({
        name,
        user: {
          ...(token === undefined ? {} : { token }),
          ...(certificate === undefined || key === undefined
            ? {}
            : { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) }),
        },
      })),
      contexts: users.map(({ name, namespace }) => ({
        name,
        context: { cluster: 'jobwright-test', user: name, ...(namespace === undefined ? {} : { namespace }) },
      })),
      'current-context': users[0]?.name ?? '',
    },
    undefined,
    2,
  );
}

interface Named {
  readonly name: string;
}
interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly (Named & { readonly context: { readonly cluster: string; readonly user: string } })[];
  readonly clusters?: readonly (Named & { readonly cluster: Readonly<Record<string, string>> })[];
  readonly users?: readonly (Named & { readonly user: Readonly<Record<string, string>> })[];
}

/**
 * Who and where the current context of a kubeconfig file is. Exec plugins are not run.
 * @throws Error when the file names no current context, cluster or user
 */
export async function readKubeconfig(file: string): Promise<Access> {
  const { parse } = await import('yaml');
  const config = parse(await readFile(file, 'utf8')) as Kubeconfig;
  const context = config.contexts?.find(({ name }) => name === config['current-context'])?.context;
  const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
  const user = config.users?.find(({ name }) => name === context?.user)?.user;
  if (!context || !cluster?.['server'] || !user)
    throw new Error(`${file}: the current context is missing or incomplete`);
  const text = async (from: Readonly<Record<string, string>>, name: string): Promise<string | undefined> => {
    const data = from[`${name}-data`];
    if (data !== undefined) return Buffer.from(data, 'base64').toString();
    const path = from[name];
    return path === undefined ? undefined : readFile(resolve(dirname(file), path), 'utf8');
  };
  const authority = await text(cluster, 'certificate-authority');
  const certificate = await text(user, 'client-certificate');
  const key = await text(user, 'client-key');
  const token = user['token'];
  return {
    server: new URL(cluster['server']),
    ...(authority === undefined ? {} : { authority }),
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
    ...(token === undefined ? {} : { token }),
  };
}
