import * as l10n from '@vscode/l10n';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { serverClock, type ServerClock } from './clock.ts';
import type { CredentialSource, Identity } from './credentials.ts';
import { failure, success, type Result } from './problem.ts';
import { ABORTED, problemOfError, problemOfStatus } from './status.ts';

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** True: the answer's body is handed over as it comes (a watch), and never times out by itself. */
  readonly stream?: boolean;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Seconds without a byte before giving up; default 30. For a stream: until its header came. */
  readonly patience?: number;
}

/** Bytes as they come; Node's `Readable` is one. */
export interface ByteStream {
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  once(event: 'end' | 'close', listener: () => void): unknown;
  /** Lets go of what the bytes come from; nothing comes any more. */
  destroy(): unknown;
}

/** A successful answer: the parsed JSON body, or the stream. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Set if `stream` was asked for. Destroying it closes its connection. */
  readonly stream: ByteStream | null;
  /** What the server warned of. */
  readonly warnings?: readonly string[];
}

/** Requests to one API server. The seam at which tests put something else. */
export interface Transport {
  /** `path` begins with `/` and holds the query. Never throws: every refusal and failure is data. */
  request(method: string, path: string, options?: RequestOptions): Promise<Result<Answer>>;
  /** The server's wall clock, in milliseconds since the epoch. */
  now(): number;
  /** Closes the connections that are kept for later; those in use stay. */
  freshen(): void;
  /** Closes every connection. */
  close(): void;
}

const PATIENCE_SECONDS = 30;
/** A list of 5,000 pods is under 20 MB; a page holds 500. */
const BODY_LIMIT = 256 * 1024 * 1024;

/**
 * A transport over node:http(s) with connections kept alive. A 401 has the credentials refreshed once; a request that
 * fell into a kept connection just as the server closed it is sent once more.
 */
export function httpTransport(server: string, credentials: CredentialSource): Transport {
  const clock: ServerClock = serverClock(() => Date.now());

  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Result<Answer>> {
    const { signal } = options;
    let identity = await credentials.current(signal);
    for (let attempt = 0; ; attempt++) {
      if (signal?.aborted === true) return failure(ABORTED);
      if (!identity.ok) return identity;
      const sent = await send(server, method, path, options, identity.value, clock);
      if (sent.ok || attempt > 0) return sent;
      if (sent.problem.status === 401) identity = await credentials.refresh(identity.value, signal);
      else if (sent.problem.reason !== 'KeptConnectionClosed') return sent;
    }
  }

  return { request, now: () => clock.now(), freshen: () => credentials.freshen(), close: () => credentials.close() };
}

function send(
  server: string,
  method: string,
  path: string,
  { signal, stream = false, body, contentType = 'application/json', patience = PATIENCE_SECONDS }: RequestOptions,
  identity: Identity,
  clock: ServerClock,
): Promise<Result<Answer>> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string | string[]> = {
    Accept: 'application/json',
    // A watch's lines must not wait in a compressor.
    'Accept-Encoding': stream ? 'identity' : 'gzip',
    'User-Agent': 'jobwright',
    ...(text === undefined ? {} : { 'Content-Type': contentType, 'Content-Length': String(Buffer.byteLength(text)) }),
  };
  for (const [name, value] of Object.entries(identity.headers))
    headers[name] = typeof value === 'string' ? value : [...value];

  return new Promise((resolve) => {
    const asked = Date.now();
    const open = server.startsWith('http:') ? httpRequest : httpsRequest;
    const failed = (error: unknown, reused: boolean): void => {
      if (signal?.aborted === true) {
        resolve(failure(ABORTED));
        return;
      }
      const problem = problemOfError(error, server);
      const raced = reused && method === 'GET' && problem.reason === 'ECONNRESET';
      resolve(failure(raced ? { ...problem, reason: 'KeptConnectionClosed' } : problem));
    };
    const sent = open(`${server}${path}`, {
      method,
      agent: identity.agent,
      headers,
      ...(signal === undefined ? {} : { signal }),
    });
    sent.setTimeout(patience * 1000, () => sent.destroy(timedOut(patience)));
    sent.once('error', (error) => failed(error, sent.reusedSocket));
    sent.once('response', (response) => {
      clock.heard(response.headers.date, asked);
      const status = response.statusCode ?? 0;
      const good = status >= 200 && status < 300;
      if (good && stream) {
        sent.setTimeout(0);
        // An answer's end by error is the stream reader's to handle, not the request's.
        sent.on('error', () => undefined);
        resolve(success({ status, body: null, stream: response }));
        return;
      }
      void readBody(response).then(
        (read) => {
          if (!good) resolve(failure(problemOfStatus(status, parsed(read), response.headers['retry-after'])));
          else resolve(answerOf(status, read, server, warningsIn(response.headers.warning)));
        },
        (error: unknown) => failed(error, false),
      );
    });
    sent.end(text);
  });
}

function answerOf(status: number, text: string, server: string, warnings: readonly string[]): Result<Answer> {
  const body = parsed(text);
  if (body !== undefined)
    return success({ status, body, stream: null, ...(warnings.length === 0 ? {} : { warnings }) });
  return failure({
    kind: 'malformed',
    status,
    reason: 'NotJson',
    message: l10n.t('What answers at {0} is no Kubernetes API server: its answer is not JSON.', server),
    suggestion: l10n.t('Check the server’s address; a login page or a proxy may have answered.'),
  });
}

/** The texts of `Warning` headers (RFC 7234: code, agent, quoted text), which Node joins by commas. */
function warningsIn(header: string | undefined): readonly string[] {
  return [...(header ?? '').matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) =>
    text.replace(/\\(.)/g, '$1'),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function readBody(response: IncomingMessage): Promise<string> {
  // `pipeline` hands a cut connection on, so that the reader does not wait for ever; the reader gets the error itself.
  const source: Readable =
    response.headers['content-encoding'] === 'gzip' ? pipeline(response, createGunzip(), () => undefined) : response;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > BODY_LIMIT) throw new Error('its answer is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function timedOut(seconds: number): Error {
  return Object.assign(new Error(l10n.t('it gave no answer within {0} s', seconds)), { code: 'ETIMEDOUT' });
}
