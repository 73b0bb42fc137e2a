import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Socket } from 'node:net';

/** An object as the fake server keeps it: anything with a name and a uid. */
export interface FakeObject {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** One request as the server got it. */
export interface FakeRequest {
  readonly method: string;
  readonly url: URL;
  readonly watch: boolean;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What to do instead of answering: an HTTP answer, or something worse. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly code: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut' }
  /** Nothing is ever answered. */
  | { readonly kind: 'silence' }
  /** A good header, then this text, then the end. */
  | { readonly kind: 'text'; readonly text: string };

interface Change {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly collection: string;
  readonly object: FakeObject;
}

interface Watcher {
  readonly collection: string;
  readonly url: URL;
  readonly response: ServerResponse;
  /** Set once nothing is sent any more although the connection stands. */
  deaf: boolean;
}

/**
 * A Kubernetes API server in a few lines: collections by path, lists with pages, watches that resume, and faults on
 * demand. Everything is at 127.0.0.1 in this process.
 */
export class FakeServer {
  readonly requests: FakeRequest[] = [];
  /** Asked before each request; null: answer properly. */
  fault: (request: FakeRequest) => Fault | null = () => null;
  #version = 100;
  /** Watches from before this version are expired. */
  #oldest = 0;
  readonly #collections = new Map<string, Map<string, FakeObject>>();
  readonly #changes: Change[] = [];
  readonly #watchers = new Set<Watcher>();
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => this.#answer(request, response));
  /** Continue tokens issued before this count are expired. */
  #tokensExpired = false;

  static async start(): Promise<FakeServer> {
    const fake = new FakeServer();
    fake.#server.on('connection', (socket) => {
      fake.#sockets.add(socket);
      socket.on('close', () => fake.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get version(): number {
    return this.#version;
  }
  get watching(): number {
    return this.#watchers.size;
  }

  /** Creates or changes an object; it gets a new resource version. */
  put(collection: string, object: FakeObject): void {
    const objects = this.#collections.get(collection) ?? new Map<string, FakeObject>();
    this.#collections.set(collection, objects);
    const known = objects.has(object.metadata.uid);
    this.#version++;
    const kept = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    objects.set(object.metadata.uid, kept);
    this.#changed(known ? 'MODIFIED' : 'ADDED', collection, kept);
  }

  remove(collection: string, uid: string): void {
    const object = this.#collections.get(collection)?.get(uid);
    if (object === undefined) return;
    this.#version++;
    this.#collections.get(collection)?.delete(uid);
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#changed('DELETED', collection, last);
  }

  /** The objects of a collection as they are now. */
  objects(collection: string): FakeObject[] {
    return [...(this.#collections.get(collection)?.values() ?? [])];
  }

  /** Forgets the past: watches and pages from before now answer 410. */
  compact(): void {
    this.#oldest = this.#version;
    this.#tokensExpired = true;
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** From now on the watches that stand get nothing, though their connections stay open. */
  deafen(): void {
    for (const watcher of this.#watchers) watcher.deaf = true;
  }

  /** Sends every standing watch a line as it is. */
  say(line: string): void {
    for (const watcher of this.#watchers) watcher.response.write(`${line}\n`);
  }

  /** Sends every standing watch a bookmark. */
  bookmark(): void {
    this.say(JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(this.#version) } } }));
  }

  /** Ends every standing watch as the server does after `timeoutSeconds`. */
  endWatches(): void {
    for (const watcher of this.#watchers) watcher.response.end();
    this.#watchers.clear();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #changed(type: Change['type'], collection: string, object: FakeObject): void {
    const change = { version: this.#version, type, collection, object };
    this.#changes.push(change);
    for (const watcher of this.#watchers) this.#tell(watcher, change);
  }

  #tell(watcher: Watcher, { type, collection, object }: Change): void {
    if (watcher.deaf || watcher.collection !== collection || !selects(watcher.url, object)) return;
    watcher.response.write(`${JSON.stringify({ type, object })}\n`);
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    const url = new URL(incoming.url ?? '/', this.url);
    const watch = url.searchParams.get('watch') === 'true';
    const request = { method: incoming.method ?? '', url, watch, headers: incoming.headers };
    this.requests.push(request);
    const fault = this.fault(request);
    if (fault !== null) this.#misbehave(fault, incoming, response);
    else if (watch) this.#watch(url, response);
    else this.#get(url, response);
  }

  #misbehave(fault: Fault, incoming: IncomingMessage, response: ServerResponse): void {
    if (fault.kind === 'cut') incoming.socket.destroy();
    else if (fault.kind === 'status') refuse(response, fault.code, fault.body, fault.headers);
    else if (fault.kind === 'text') response.writeHead(200).end(fault.text);
  }

  #watch(url: URL, response: ServerResponse): void {
    const from = Number(url.searchParams.get('resourceVersion'));
    if (from < this.#oldest) {
      refuse(response, 410, { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.flushHeaders();
    const watcher: Watcher = { collection: url.pathname, url, response, deaf: false };
    this.#watchers.add(watcher);
    response.on('close', () => this.#watchers.delete(watcher));
    for (const change of this.#changes) if (change.version > from) this.#tell(watcher, change);
  }

  #get(url: URL, response: ServerResponse): void {
    const collection = this.#collections.get(url.pathname);
    const parent = url.pathname.slice(0, url.pathname.lastIndexOf('/'));
    const name = url.pathname.slice(parent.length + 1);
    const single = [...(this.#collections.get(parent)?.values() ?? [])].find((object) => object.metadata.name === name);
    if (collection === undefined && this.#collections.has(parent)) {
      if (single === undefined)
        refuse(response, 404, { kind: 'Status', reason: 'NotFound', message: `"${name}" not found` });
      else response.end(JSON.stringify(single));
      return;
    }
    const token = url.searchParams.get('continue');
    if (token !== null && this.#tokensExpired) {
      this.#tokensExpired = false;
      refuse(response, 410, { kind: 'Status', code: 410, reason: 'Expired', message: 'the continue token is too old' });
      return;
    }
    const all = [...(collection?.values() ?? [])].filter((object) => selects(url, object));
    const begin = Number(token ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? all.length);
    const next = begin + limit < all.length ? String(begin + limit) : '';
    const metadata = { resourceVersion: String(this.#version), ...(next === '' ? {} : { continue: next }) };
    response.end(JSON.stringify({ kind: 'List', metadata, items: all.slice(begin, begin + limit) }));
  }
}

function refuse(
  response: ServerResponse,
  code: number,
  body: unknown = { kind: 'Status', code, message: `refused with ${code}` },
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function selects(url: URL, object: FakeObject): boolean {
  const labels = (url.searchParams.get('labelSelector') ?? '').split(',').filter((term) => term !== '');
  const fields = (url.searchParams.get('fieldSelector') ?? '').split(',').filter((term) => term !== '');
  const involved = object['involvedObject'] as { readonly uid?: string } | undefined;
  const values: Readonly<Record<string, string | undefined>> = {
    'metadata.name': object.metadata.name,
    'involvedObject.uid': involved?.uid,
  };
  return (
    labels.every((term) => object.metadata.labels?.[term.split('=')[0]!] === term.split('=')[1]) &&
    fields.every((term) => values[term.split('=')[0]!] === term.split('=')[1])
  );
}
