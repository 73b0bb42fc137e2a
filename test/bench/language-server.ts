import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import {
  ManifestsChangedNotification,
  type ManifestsChangedParams,
  VisibleLinesNotification,
} from '../../server/src/protocol/protocol.ts';

/** A language server in a process of its own, spoken to over stdio as an editor would. */
export interface Server {
  readonly process: ChildProcess;
  /** Opens a text, and tells the server what of it is on screen (0-based lines). */
  open(uri: string, text: string, visible?: { readonly first: number; readonly last: number }): Promise<void>;
  /** Replaces a stretch of one line. */
  change(uri: string, version: number, change: Change): Promise<void>;
  hover(uri: string, line: number, character: number): Promise<void>;
  complete(uri: string, line: number, character: number): Promise<void>;
  /** Settles with the next diagnostics that `wanted` accepts; ask before what causes them is sent. */
  published(wanted: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams>;
  /** Settles when Jobwright has judged all of that version, and shown it. */
  judged(uri: string, version: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Change {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Starts a program and initialises it; `settings` by section are what it gets when it asks. */
export async function startServer(
  program: string,
  args: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Server> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection: ProtocolConnection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>();
  const judging = new Map<string, () => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    for (const tell of waiting) tell(params);
  });
  connection.onNotification(ManifestsChangedNotification, ({ uri, version }: ManifestsChangedParams) =>
    judging.get(`${uri} ${version}`)?.(),
  );
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => settings[section ?? ''] ?? null),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol requires it still
    rootUri: null,
    capabilities: {
      textDocument: { publishDiagnostics: { versionSupport: true }, hover: { contentFormat: ['markdown'] } },
      workspace: { configuration: true },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  if (Object.keys(settings).length > 0)
    await connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
  return {
    process: child,
    async open(uri, text, visible) {
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'yaml', version: 1, text },
      });
      if (visible !== undefined)
        await connection.sendNotification(VisibleLinesNotification, { uri, ranges: [visible] });
    },
    change: (uri, version, { line, from, to, text }) =>
      connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
      }),
    async hover(uri, line, character) {
      await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line, character } });
    },
    async complete(uri, line, character) {
      await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line, character } });
    },
    published: (wanted) =>
      new Promise((resolve) => {
        const tell = (params: PublishDiagnosticsParams): void => {
          if (wanted(params) && waiting.delete(tell)) resolve(params);
        };
        waiting.add(tell);
      }),
    judged: (uri, version) => new Promise((resolve) => judging.set(`${uri} ${version}`, resolve)),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      await ended;
      connection.dispose();
    },
  };
}

/** Resident memory of a process in megabytes (10^6 bytes), or NaN where the system does not tell. */
export function residentMegabytes(pid: number): number {
  return memoryOf(pid, 'VmRSS');
}

/** The most that it ever was. */
export function peakMegabytes(pid: number): number {
  return memoryOf(pid, 'VmHWM');
}

function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const match = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match === null ? Number.NaN : (Number(match[1]) * 1024) / 1e6;
  } catch {
    return Number.NaN;
  }
}
