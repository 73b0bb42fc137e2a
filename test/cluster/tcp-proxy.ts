/** A TCP proxy between a client and a server, which can do to connections what networks do. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  /** Address to give to the client: that of `server`, with the proxy's port. */
  readonly url: URL;
  /** How many connections stand. */
  readonly connections: number;
  /** Cuts every connection; new ones are let through. */
  cut(): void;
  /** Whether new connections are let through; those refused are cut at once. */
  open: boolean;
  /** What stands now passes no byte any more in either direction, yet stays open. New connections work. */
  freeze(): void;
  close(): Promise<void>;
}

/** Starts a proxy to the server at this URL. */
export async function startTcpProxy(server: URL): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const listener = createServer((client) => {
    if (!proxy.open) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(server.port), server.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = new URL(server);
  url.port = String((listener.address() as AddressInfo).port);
  const proxy: TcpProxy = {
    url,
    get connections() {
      return pairs.size;
    },
    open: true,
    cut() {
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.destroy();
      }
    },
    freeze() {
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream).pause();
        upstream.unpipe(client).pause();
      }
    },
    async close() {
      proxy.cut();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
  return proxy;
}
