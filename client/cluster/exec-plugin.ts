import * as l10n from '@vscode/l10n';
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { findProgram, type ProgramFiles } from './exec-program.ts';
import type { ClusterEntry, ExecEntry } from './kubeconfig-file.ts';
import { failure, success, type ClusterProblem, type Result } from './problem.ts';

/** What an exec plugin answered. Secret: never to be logged or shown. */
export interface ExecCredential {
  readonly token?: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM. */
  readonly key?: string;
  /** Milliseconds since the epoch; absent: good until the server refuses it. */
  readonly expires?: number;
}

const FILES: ProgramFiles = {
  platform: process.platform,
  exists: (path) =>
    stat(path).then(
      (found) => found.isFile(),
      () => false,
    ),
  read: (path) => readFile(path, 'utf8'),
};

/** A login in a browser takes a person a while; a plugin that asks for nothing is done in a second. */
const PATIENCE_MILLISECONDS = 120_000;
/** No credential is larger; a plugin that prints without end is stopped. */
const OUTPUT_LIMIT = 1_000_000;

export interface ExecSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly patienceMilliseconds?: number;
  /** Gets what the plugin says to a person while it runs: an address to open, a code to type. A line or more. */
  readonly onPrompt?: (text: string) => void;
}

/**
 * Runs a kubeconfig's exec plugin and reads its ExecCredential. Only to be called after the person consented: it starts
 * a program that the kubeconfig names. Its standard input is closed, so it can ask nothing in a terminal; what it says
 * (open this address, type that code) goes to `onPrompt`.
 */
export async function runExecPlugin(
  exec: ExecEntry,
  cluster: ClusterEntry,
  { env, signal, patienceMilliseconds = PATIENCE_MILLISECONDS, onPrompt }: ExecSurroundings,
): Promise<Result<ExecCredential>> {
  const { command } = exec;
  if (command === '') return refused(exec, 'NoCommand', l10n.t('The kubeconfig’s exec plugin names no command.'));
  if (exec.needsTerminal === true)
    return refused(
      exec,
      'NeedsTerminal',
      l10n.t(
        'The exec plugin {0} asks questions in a terminal (interactiveMode: Always), and there is none here.',
        command,
      ),
    );
  const program = await findProgram(command, env, FILES);
  if (program === null) return refused(exec, 'ENOENT', notInstalled(command));
  if ('script' in program)
    return refused(
      exec,
      'Script',
      l10n.t(
        'The exec plugin {0} is a script ({1}), which Windows cannot start without a shell; name in the kubeconfig the .exe that it calls.',
        command,
        program.script,
      ),
    );
  const info = { apiVersion: exec.apiVersion, kind: 'ExecCredential', spec: execSpec(exec, cluster) };
  const run = await output(
    exec,
    program.file,
    { ...env, ...variablesOf(exec), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    { signal, patience: patienceMilliseconds, onPrompt },
  );
  if (!run.ok) return run;
  return readCredential(exec, run.value);
}

function execSpec(exec: ExecEntry, cluster: ClusterEntry): object {
  if (!exec.provideClusterInfo) return { interactive: false };
  return {
    interactive: false,
    cluster: {
      server: cluster.server,
      'tls-server-name': cluster.tlsServerName,
      'insecure-skip-tls-verify': cluster.skipTlsVerify || undefined,
      'certificate-authority-data': cluster.caData,
      'proxy-url': cluster.proxyUrl,
      config: cluster.execConfig,
    },
  };
}

function variablesOf(exec: ExecEntry): Record<string, string> {
  return Object.fromEntries(exec.env.map(({ name, value }) => [name, value]));
}

function output(
  exec: ExecEntry,
  file: string,
  env: NodeJS.ProcessEnv,
  {
    signal,
    patience,
    onPrompt,
  }: {
    readonly signal: AbortSignal | undefined;
    readonly patience: number;
    readonly onPrompt: ((text: string) => void) | undefined;
  },
): Promise<Result<string>> {
  return new Promise((resolve) => {
    const failed = (reason: string, message: string): void => resolve(refused(exec, reason, message));
    if (signal?.aborted === true) {
      failed('Aborted', l10n.t('The exec plugin {0} was not started.', exec.command));
      return;
    }
    const child = spawn(file, exec.args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let out = '';
    let complaint = '';
    const end = (reason: string, message: string): void => {
      child.kill();
      failed(reason, message);
    };
    const timer = setTimeout(
      () =>
        end(
          'Timeout',
          l10n.t('The exec plugin {0} gave no answer within {1} s.', exec.command, Math.round(patience / 1000)),
        ),
      patience,
    );
    const onAbort = (): void => end('Aborted', l10n.t('The exec plugin {0} was stopped.', exec.command));
    signal?.addEventListener('abort', onAbort, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.length > OUTPUT_LIMIT)
        end('TooLong', l10n.t('The exec plugin {0} printed more than a credential.', exec.command));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2000);
      onPrompt?.(text.slice(0, 2000));
    });
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      finish();
      failed(
        error.code ?? 'Failed',
        error.code === 'ENOENT'
          ? notInstalled(exec.command)
          : l10n.t('The exec plugin {0} could not be started ({1}).', exec.command, error.code ?? error.message),
      );
    });
    child.once('close', (code, killedBy) => {
      finish();
      if (code === 0) resolve(success(out));
      else {
        const last = complaint.trim().split('\n').at(-1) ?? '';
        failed(
          'Failed',
          `The exec plugin ${exec.command} failed (${killedBy ?? `exit status ${code ?? 0}`})${last === '' ? '.' : `: ${last}`}`,
        );
      }
    });
  });
}

function notInstalled(command: string): string {
  return l10n.t(
    'The exec plugin {0}, which the kubeconfig wants for credentials, is not installed or not on PATH.',
    command,
  );
}

function readCredential(exec: ExecEntry, text: string): Result<ExecCredential> {
  const answer = parsed(text);
  const status = answer?.status;
  const token = status?.['token'];
  const certificate = status?.['clientCertificateData'];
  const key = status?.['clientKeyData'];
  const hasToken = typeof token === 'string' && token !== '';
  const hasCertificate = typeof certificate === 'string' && typeof key === 'string';
  if (!hasToken && !hasCertificate)
    return refused(exec, 'NoCredential', l10n.t('The exec plugin {0} printed no credential.', exec.command));
  const expires = typeof status?.['expirationTimestamp'] === 'string' ? Date.parse(status['expirationTimestamp']) : NaN;
  return success({
    ...(hasToken ? { token: token.trim() } : {}),
    ...(hasCertificate ? { certificate, key } : {}),
    ...(Number.isNaN(expires) ? {} : { expires }),
  });
}

interface ExecAnswer {
  readonly status?: Readonly<Record<string, unknown>> | null;
}

/** Null for what is not JSON. The text may hold a credential, so no message repeats it. */
function parsed(text: string): ExecAnswer | null {
  try {
    return JSON.parse(text) as ExecAnswer | null;
  } catch {
    return null;
  }
}

function refused(
  exec: ExecEntry,
  reason: string,
  message: string,
): { readonly ok: false; readonly problem: ClusterProblem } {
  return failure({
    kind: 'credentials',
    status: 0,
    reason,
    message,
    ...(exec.installHint === undefined ? {} : { suggestion: exec.installHint }),
  });
}
