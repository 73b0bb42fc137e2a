import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import type { Settings } from './features/settings.ts';
import { CHECK_WORKSPACE, type WorkspaceCheck } from './protocol/protocol.ts';
import type { Positions } from './positions.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

export interface WorkspaceCheckDeps {
  readonly connection: Connection;
  readonly files: WorkspaceFiles;
  readonly isOpen: (uri: string) => boolean;
  readonly settingsOf: (uri: string) => Settings;
  readonly positions: () => Positions;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * Fills the list of problems for files that nobody has open, when somebody asks: by the command, whose progress can be
 * watched and cancelled, or by `workspace/diagnostic`. Open texts are judged as ever. Returns what forgets a file's
 * problems, for when it changes.
 */
export function serveWorkspaceCheck(deps: WorkspaceCheckDeps): (uri: string) => void {
  const { connection, files, isOpen, settingsOf, positions, failed } = deps;
  const shown = new Set<string>();

  async function check(token: CancellationToken): Promise<WorkspaceCheck> {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin('Jobwright: checking the workspace', 0, undefined, true);
    const stopped = (): boolean => token.isCancellationRequested || progress.token.isCancellationRequested;
    const sum = { files: 0, errors: 0, warnings: 0 };
    try {
      const seen = (done: number, all: number): boolean => {
        progress.report(Math.round((100 * done) / all), `${done} of ${all} files`);
        return !stopped();
      };
      for await (const { uri, diagnostics } of files.judge(settingsOf, seen)) {
        sum.files++;
        sum.errors += diagnostics.filter(({ severity }) => severity === 1).length;
        sum.warnings += diagnostics.filter(({ severity }) => severity === 2).length;
        if (isOpen(uri)) continue;
        shown.add(uri);
        void connection.sendDiagnostics(positions().encode({ uri, diagnostics: [...diagnostics] }, uri));
      }
    } catch (error) {
      failed('workspace', error);
    } finally {
      progress.done();
    }
    return sum;
  }

  connection.onExecuteCommand(async ({ command }, token) => (command === CHECK_WORKSPACE ? check(token) : null));

  connection.onRequest(
    'workspace/diagnostic',
    async (_: unknown, token: CancellationToken): Promise<WorkspaceDiagnosticReport> => {
      const items: WorkspaceDiagnosticReport['items'] = [];
      const report = (uri: string, diagnostics: readonly Diagnostic[]): void =>
        void items.push({
          kind: DocumentDiagnosticReportKind.Full,
          uri,
          version: null,
          items: positions().encode([...diagnostics], uri),
        });
      try {
        for await (const { uri, diagnostics } of files.judge(settingsOf, () => !token.isCancellationRequested))
          if (!isOpen(uri)) report(uri, diagnostics);
      } catch (error) {
        failed('workspace', error);
      }
      return { items };
    },
  );

  return (uri) => {
    if (shown.delete(uri) && !isOpen(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  };
}
