/** An HTTPS proxy before the API server, which can do to requests and streams what proxies, servers and networks do. */
import { createServer, request as httpsRequest } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Kubeconfig } from '../../client/cluster/cluster.ts';
import type { Access } from './api.ts';
import { createAuthority } from './certificates.ts';

/** Everything that can be done, by name; what is answered instead of the server's answer, by its status. */
export const FAULTS = [
  'cut',
  'half-open',
  'delay',
  'refuse connections',
  'garbage in the stream',
  'half an event',
  'garbage for an answer',
  '410 in the stream',
  '410',
  '401',
  '403',
  '429',
  '500',
  '503',
] as const;
export type Fault = (typeof FAULTS)[number];

export interface FaultProxy {
  /** Address to give to the client. */
  readonly url: URL;
  /** PEM of the authority that signed its certificate. */
  readonly authority: string;
  /** What was asked for, in order; may be emptied. */
  readonly requests: URL[];
  /** How many answers are on their way. */
  readonly streams: number;
  /** Does it now: to the streams that stand, and to the next `times` requests. */
  commit(fault: Fault, times: number): void;
  /** Lets everything through again that comes from now on. */
  calm(): void;
  close(): Promise<void>;
}

/** The kubeconfig with the proxy in the server's place. */
export function throughFaultProxy(kubeconfig: Kubeconfig, { url, authority }: FaultProxy): Kubeconfig {
  const caData = Buffer.from(authority).toString('base64');
  const clusters = [...kubeconfig.clusters].map(
    ([name, entry]) => [name, { ...entry, server: url.origin, caData }] as const,
  );
  return { ...kubeconfig, clusters: new Map(clusters) };
}

const REASONS: Readonly<Record<string, string>> = {
  '401': 'Unauthorized',
  '403': 'Forbidden',
  '410': 'Expired',
  '429': 'TooManyRequests',
  '500': 'InternalError',
  '503': 'ServiceUnavailable',
};

function statusOf(code: string): string {
  const reason = REASONS[code] ?? '';
  return JSON.stringify({
    kind: 'Status',
    code: Number(code),
    reason,
    message: `${reason}, says the proxy of the test`,
  });
}

interface Standing {
  readonly from: IncomingMessage;
  readonly to: ServerResponse;
  readonly isWatch: boolean;
}

/** Starts a proxy to the server that `access` names. The client's own credentials pass through. */
export async function startFaultProxy(access: Access): Promise<FaultProxy> {
  const authority = createAuthority();
  const { certificate, key } = authority.server({ user: 'fault proxy', hosts: ['127.0.0.1', 'localhost'] });
  const sockets = new Set<Socket>();
  const standing = new Set<Standing>();
  /** What the next requests get instead of an answer. */
  let instead: Fault | null = null;
  let left = 0;
  let delayed = false;
  let refusing = false;
  const requests: URL[] = [];

  const misbehave = (response: ServerResponse): boolean => {
    if (instead === null || left === 0) return false;
    left--;
    if (instead === 'garbage for an answer')
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Please log in</html>\n');
    else
      response
        .writeHead(Number(instead), {
          'Content-Type': 'application/json',
          ...(instead === '429' ? { 'Retry-After': '1' } : {}),
        })
        .end(statusOf(instead));
    return true;
  };

  const server = createServer({ cert: certificate, key }, (request, response) => {
    requests.push(new URL(request.url ?? '/', access.server));
    if (misbehave(response)) return;
    const isWatch = /[?&]watch=true/.test(request.url ?? '');
    const upstream = httpsRequest(
      new URL(request.url ?? '/', access.server),
      {
        method: request.method,
        headers: { ...request.headers, host: access.server.host },
        ...(access.authority === undefined ? {} : { ca: access.authority }),
        agent: false,
      },
      (answer) => {
        const pass = (): void => {
          // Another fault may have answered while this one was held back.
          if (response.headersSent || response.destroyed) return;
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          response.flushHeaders();
          answer.pipe(response);
        };
        const entry: Standing = { from: answer, to: response, isWatch };
        standing.add(entry);
        answer.once('error', () => response.destroy());
        response.once('close', () => {
          standing.delete(entry);
          answer.destroy();
        });
        if (delayed) setTimeout(pass, 300);
        else pass();
      },
    );
    upstream.once('error', () => response.destroy());
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.on('secureConnection', (socket) => {
    if (refusing) socket.destroy();
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (refusing) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const intoStreams = (text: string): void => {
    for (const { from, to, isWatch } of standing) {
      if (!isWatch) continue;
      from.unpipe(to);
      to.end(text);
    }
  };
  return {
    url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`),
    authority: authority.certificate,
    requests,
    get streams() {
      return standing.size;
    },
    commit(fault, times) {
      switch (fault) {
        case 'cut':
          cut();
          return;
        case 'half-open':
          for (const { from, to } of standing) from.unpipe(to).pause();
          return;
        case 'delay':
          delayed = true;
          cut();
          return;
        case 'refuse connections':
          refusing = true;
          cut();
          return;
        case 'garbage in the stream':
          intoStreams('\u0000\u0001 no JSON at all\n{"type":\n');
          return;
        case 'half an event':
          intoStreams('{"type":"MODIFIED","object":{"metadata":{"name":"x","ui');
          return;
        case '410 in the stream':
          intoStreams(`{"type":"ERROR","object":${statusOf('410')}}\n`);
          return;
        default:
          instead = fault;
          left = times;
          cut();
      }
    },
    calm() {
      instead = null;
      left = 0;
      delayed = false;
      refusing = false;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      cut();
      await closed;
    },
  };
}
