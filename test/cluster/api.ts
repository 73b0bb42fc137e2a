/**
 * A client of the Kubernetes API for tests: raw JSON over HTTPS, nothing retried, nothing hidden. What the server
 * answered (status, warnings, body) is what the caller gets.
 */
import { setMaxListeners } from 'node:events';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import type { KubernetesObject, ObjectList, Status } from './objects.ts';

/** Where the server is and who is asking. */
export interface Access {
  readonly server: URL;
  /** PEM of the authority that signed the server's certificate; absent: the system's own authorities. */
  readonly authority?: string;
  readonly token?: string;
  readonly certificate?: string;
  readonly key?: string;
}

export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** The parsed body; a string when it is no JSON. */
  readonly body: unknown;
  /** Texts of the `Warning:` headers. */
  readonly warnings: readonly string[];
}

export interface Question {
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** The server refused: `status` is the HTTP status, `body` its answer. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly body: unknown;
  constructor(what: string, answer: Answer) {
    const said = (answer.body as Status | null)?.message ?? JSON.stringify(answer.body);
    super(`${what}: ${answer.status} ${said}`);
    this.status = answer.status;
    this.body = answer.body;
  }
}

export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** The media types by which a PATCH says how it is meant. */
export const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

const groups: Readonly<Record<string, string>> = {
  jobs: '/apis/batch/v1',
  cronjobs: '/apis/batch/v1',
  leases: '/apis/coordination.k8s.io/v1',
  clusterroles: '/apis/rbac.authorization.k8s.io/v1',
  clusterrolebindings: '/apis/rbac.authorization.k8s.io/v1',
  roles: '/apis/rbac.authorization.k8s.io/v1',
  rolebindings: '/apis/rbac.authorization.k8s.io/v1',
  priorityclasses: '/apis/scheduling.k8s.io/v1',
};

/**
 * Path of a resource (`jobs`, `pods`, …) or of one object of it.
 * @param namespace undefined for cluster-wide resources, and for a list over all namespaces
 */
export function resourcePath(resource: string, namespace?: string, name?: string, subresource?: string): string {
  const parts = [groups[resource] ?? '/api/v1'];
  if (namespace !== undefined) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(resource);
  if (name !== undefined) parts.push(encodeURIComponent(name));
  if (subresource !== undefined) parts.push(subresource);
  return parts.join('/');
}

export interface Api {
  readonly access: Access;
  /** Sends one request and returns the answer, whatever its status. Throws only when there is no answer. */
  send(method: string, path: string, question?: Question): Promise<Answer>;
  /** As `send`, but throws ApiError for a status of 300 or more, and returns the body. */
  get<T = KubernetesObject>(path: string, question?: Question): Promise<T>;
  list<T = KubernetesObject>(path: string, question?: Question): Promise<ObjectList<T>>;
  create<T = KubernetesObject>(path: string, body: unknown, question?: Question): Promise<T>;
  replace<T = KubernetesObject>(path: string, body: unknown, question?: Question): Promise<T>;
  patch<T = KubernetesObject>(
    path: string,
    body: unknown,
    type?: keyof typeof patchTypes,
    question?: Question,
  ): Promise<T>;
  delete<T = Status>(path: string, body?: unknown, question?: Question): Promise<T>;
  /** The server's watch stream, until it or `signal` ends it. Throws ApiError when the server refuses to start it. */
  watch<T = KubernetesObject>(path: string, question?: Question): AsyncGenerator<WatchEvent<T>, void, undefined>;
  /** Aborted once `close` was called: no request is sent any more. */
  readonly closed: AbortSignal;
  /** Ends every request and watch. */
  close(): void;
}

function warningsOf(response: IncomingMessage): string[] {
  const header = response.headers['warning'];
  if (header === undefined) return [];
  // RFC 7234: code, agent, quoted text; several are joined by commas.
  return [...header.matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map((match) =>
    (match[1] ?? '').replace(/\\(.)/g, '$1'),
  );
}

async function bodyOf(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A client of the server that `access` names. Nothing is sent before the first call. */
export function connect(access: Access): Api {
  const tls = {
    ...(access.authority === undefined ? {} : { ca: access.authority }),
    ...(access.certificate === undefined ? {} : { cert: access.certificate, key: access.key }),
  };
  const agent = new Agent({ keepAlive: true, maxSockets: 64, ...tls });
  // A watch keeps its connection: it must not use up those that other requests share.
  const watchAgent = new Agent({ keepAlive: false, ...tls });
  const closing = new AbortController();
  // Every request listens to it: that is no leak.
  setMaxListeners(0, closing.signal);

  function open(method: string, path: string, question: Question, through: Agent): Promise<IncomingMessage> {
    const url = new URL(path, access.server);
    for (const [name, value] of Object.entries(question.query ?? {})) url.searchParams.set(name, String(value));
    const { body } = question;
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = httpsRequest(url, {
        method,
        agent: through,
        headers: {
          Accept: 'application/json',
          ...(access.token === undefined ? {} : { Authorization: `Bearer ${access.token}` }),
          ...(text === undefined
            ? {}
            : {
                'Content-Type': question.contentType ?? 'application/json',
                'Content-Length': Buffer.byteLength(text),
              }),
        },
        signal: question.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, question.signal]),
      });
      sent.once('error', reject);
      sent.once('response', resolve);
      sent.end(text);
    });
  }

  async function send(method: string, path: string, question: Question = {}): Promise<Answer> {
    const response = await open(method, path, question, agent);
    return { status: response.statusCode ?? 0, warnings: warningsOf(response), body: await bodyOf(response) };
  }

  async function ask<T>(method: string, path: string, question: Question = {}): Promise<T> {
    const answer = await send(method, path, question);
    if (answer.status >= 300) throw new ApiError(`${method} ${path}`, answer);
    return answer.body as T;
  }

  async function* watch<T>(path: string, question: Question = {}): AsyncGenerator<WatchEvent<T>, void, undefined> {
    const response = await open('GET', path, { ...question, query: { ...question.query, watch: true } }, watchAgent);
    const status = response.statusCode ?? 0;
    if (status >= 300) throw new ApiError(`watch ${path}`, { status, warnings: [], body: await bodyOf(response) });
    try {
      for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
        if (line !== '') yield JSON.parse(line) as WatchEvent<T>;
      }
    } catch (error) {
      // The reader asked for the end; that is no failure of the stream.
      if (!question.signal?.aborted && !closing.signal.aborted) throw error;
    } finally {
      response.destroy();
    }
  }

  return {
    access,
    send,
    get: (path, question) => ask('GET', path, question),
    list: (path, question) => ask('GET', path, question),
    create: (path, body, question) => ask('POST', path, { ...question, body }),
    replace: (path, body, question) => ask('PUT', path, { ...question, body }),
    patch: (path, body, type = 'merge', question) =>
      ask('PATCH', path, { ...question, body, contentType: patchTypes[type] }),
    delete: (path, body, question) => ask('DELETE', path, { ...question, body }),
    watch,
    closed: closing.signal,
    close() {
      closing.abort();
      agent.destroy();
      watchAgent.destroy();
    },
  };
}
