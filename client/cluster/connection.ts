import { httpTransport, type Transport } from './client.ts';
import { credentialSource } from './credentials.ts';
import { targetOf, type Kubeconfig } from './kubeconfig.ts';
import { success, type Result } from './problem.ts';

export interface ConnectOptions {
  /**
   * True only after the person consented to run the program that `ContextInfo.execCommand` names. False: a context that
   * needs it yields a problem of kind `consent`.
   */
  readonly allowExec: boolean;
  /** Environment of exec plugins, and of proxy settings; default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Gets what an exec plugin says to a person while it runs, now or later: an address to open, a code to type. */
  readonly onPrompt?: (text: string) => void;
}

export interface Connection {
  readonly context: string;
  /** The context's namespace, or `default`. */
  readonly namespace: string;
  /** Address of the API server. */
  readonly server: string;
  readonly transport: Transport;
  /** Closes every connection, also those of watches under way. */
  close(): void;
}

/**
 * Readies a connection: credentials are had (an exec plugin runs now, if allowed), but nothing is sent to the cluster.
 *
 * @param contextName null for the kubeconfig's current context
 */
export async function connect(
  kubeconfig: Kubeconfig,
  contextName: string | null,
  { allowExec, env = process.env, signal, onPrompt }: ConnectOptions,
): Promise<Result<Connection>> {
  const target = targetOf(kubeconfig, contextName);
  if (!target.ok) return target;
  const { context, namespace, cluster } = target.value;
  const credentials = credentialSource(target.value, { allowExec, env, onPrompt });
  const identity = await credentials.current(signal);
  if (!identity.ok) return identity;
  const transport = httpTransport(cluster.server, credentials);
  return success({ context, namespace, server: cluster.server, transport, close: () => transport.close() });
}
