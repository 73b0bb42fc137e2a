/** What scripted containers wrote, and the part of a kubelet's own server that hands it out: `/containerLogs/…`. */
import { createServer, type Server } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuthority } from './certificates.ts';

interface LogLine {
  readonly at: Date;
  readonly text: string;
}

interface ContainerLog {
  lines: LogLine[];
  /** Of the run before the last restart. */
  previous: LogLine[] | undefined;
  /** The container has ended. */
  closed: boolean;
  readonly readers: Set<{ line(line: LogLine): void; close(): void }>;
}

/** The logs of all containers of all scripted nodes, by namespace, pod and container. */
export interface ContainerLogs {
  write(namespace: string, pod: string, container: string, text: string): void;
  /** A new run of the container begins: what it wrote so far becomes the log of the previous one. */
  restart(namespace: string, pod: string, container: string): void;
  /** The container has ended; who follows its log comes to its end. */
  close(namespace: string, pod: string, container: string): void;
  /** Forgets a pod that is gone, as a kubelet removes its files. */
  forget(namespace: string, pod: string): void;
  /** Port on 127.0.0.1 at which the nodes' kubelets answer. */
  readonly port: number;
  stop(): Promise<void>;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Sends a log as the query asks (`follow`, `previous`, `tailLines`, `timestamps`, `sinceSeconds`, `sinceTime`). */
function answer(log: ContainerLog, query: URLSearchParams, response: ServerResponse): void {
  const is = (name: string): boolean => query.get(name) === 'true';
  const lines = is('previous') ? log.previous : log.lines;
  if (lines === undefined) {
    response.writeHead(400).end('previous terminated container not found');
    return;
  }
  const sinceSeconds = query.get('sinceSeconds');
  const since =
    sinceSeconds === null ? Date.parse(query.get('sinceTime') ?? '') || 0 : Date.now() - Number(sinceSeconds) * 1000;
  const tail = query.get('tailLines');
  const shown = ({ at, text }: LogLine): string => (is('timestamps') ? `${at.toISOString()} ${text}\n` : `${text}\n`);
  const wanted = lines.filter(({ at }) => at.getTime() >= since);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.flushHeaders();
  for (const line of tail === null ? wanted : wanted.slice(Math.max(0, wanted.length - Number(tail))))
    response.write(shown(line));
  if (!is('follow') || is('previous') || log.closed) {
    response.end();
    return;
  }
  const reader = { line: (line: LogLine) => void response.write(shown(line)), close: () => void response.end() };
  log.readers.add(reader);
  response.once('close', () => log.readers.delete(reader));
}

/** Starts the server; `kubectl logs` and its like reach it through the API server. */
export async function serveContainerLogs(): Promise<ContainerLogs> {
  const logs = new Map<string, ContainerLog>();
  const { certificate, key } = createAuthority().server({
    user: 'scripted kubelet',
    hosts: ['127.0.0.1', 'localhost'],
  });
  const server = createServer({ cert: certificate, key }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://127.0.0.1');
    const [, what, ...names] = url.pathname.split('/').map(decodeURIComponent);
    const log = what === 'containerLogs' ? logs.get(names.join('/')) : undefined;
    if (log) answer(log, url.searchParams, response);
    else response.writeHead(404).end('no such container, or it has not started');
  });
  const port = await listen(server);

  function logOf(...names: string[]): ContainerLog {
    const name = names.join('/');
    let log = logs.get(name);
    if (!log) logs.set(name, (log = { lines: [], previous: undefined, closed: false, readers: new Set() }));
    return log;
  }

  function close(log: ContainerLog): void {
    log.closed = true;
    for (const reader of log.readers) reader.close();
    log.readers.clear();
  }

  return {
    port,
    write(namespace, pod, container, text) {
      const log = logOf(namespace, pod, container);
      const line = { at: new Date(), text };
      log.lines.push(line);
      for (const reader of log.readers) reader.line(line);
    },
    restart(namespace, pod, container) {
      const log = logOf(namespace, pod, container);
      log.previous = log.lines;
      log.lines = [];
      log.closed = false;
    },
    close: (namespace, pod, container) => close(logOf(namespace, pod, container)),
    forget(namespace, pod) {
      for (const [name, log] of logs) {
        if (!name.startsWith(`${namespace}/${pod}/`)) continue;
        close(log);
        logs.delete(name);
      }
    },
    stop() {
      for (const log of logs.values()) close(log);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
