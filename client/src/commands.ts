import * as vscode from 'vscode';
import { EXPORT_FORMATS, type ExportFormat } from '../../server/src/protocol/panel.ts';
import type { ManifestAddress, ManifestSummary } from '../../server/src/protocol/protocol.ts';
import type { LanguageServer } from './language-server.ts';
import { RECORDING_ENDING } from './recording/recording-name.ts';
import { mayBeManifest } from './wake.ts';
import type { TimelinePanel } from './panel/panel.ts';

const EXPORT_COMMANDS: Readonly<Record<ExportFormat, string>> = {
  svg: 'jobwright.saveRunAsSvg',
  png: 'jobwright.saveRunAsPng',
  trace: 'jobwright.saveRunAsJson',
  markdown: 'jobwright.copyRunAsMarkdown',
};

/** Registers what works without a cluster: Simulate, restarting the server, showing what it said. */
export function registerCommands(
  server: LanguageServer,
  panel: TimelinePanel,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register('jobwright.simulate', async (given?: unknown) => {
      const address = isAddress(given) ? given : await chooseManifest(server);
      if (address !== undefined) await panel.simulate(address);
    }),
    register('jobwright.openRecording', async (given?: unknown) => {
      const uri = given instanceof vscode.Uri ? given : await chooseRecording();
      if (uri !== undefined) await panel.openRecording(uri);
    }),
    ...EXPORT_FORMATS.map((format) =>
      register(EXPORT_COMMANDS[format], (to?: unknown) =>
        panel.exportRun(format, to instanceof vscode.Uri ? to : undefined),
      ),
    ),
    register('jobwright.checkWorkspace', async () => {
      const { files, errors, warnings } = await server.checkWorkspace();
      void vscode.window.showInformationMessage(
        files === 0
          ? vscode.l10n.t('There is no YAML or JSON file with a Job in this workspace.')
          : vscode.l10n.t(
              'Files with Jobs: {0}; errors: {1}, warnings: {2}. They are listed under Problems.',
              files,
              errors,
              warnings,
            ),
      );
    }),
    register('jobwright.restartServer', () => server.restart()),
    register('jobwright.showOutput', () => output.show()),
  );
}

/** The recording in the active editor, else the file that the person picks. */
async function chooseRecording(): Promise<vscode.Uri | undefined> {
  const open = vscode.window.activeTextEditor?.document.uri;
  if (open?.path.endsWith(RECORDING_ENDING) === true) return open;
  const files = await vscode.window.showOpenDialog({
    title: 'Open Recording',
    openLabel: 'Open',
    filters: { 'Recorded runs': ['json'] },
  });
  return files?.[0];
}

/** The Job at the cursor of the active editor; the only one; or the one that the person picks. */
async function chooseManifest(server: LanguageServer): Promise<ManifestAddress | undefined> {
  const editor = vscode.window.activeTextEditor;
  const manifests =
    editor !== undefined && mayBeManifest(editor.document)
      ? await server.manifests(editor.document.uri.toString())
      : [];
  if (editor === undefined || manifests.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a manifest with a Job or CronJob to simulate it.'));
    return undefined;
  }
  const { line } = editor.selection.active;
  const here = manifests.find(({ range }) => range.start.line <= line && line <= range.end.line);
  if (here !== undefined || manifests.length === 1) return here ?? manifests[0];
  const picked = await vscode.window.showQuickPick(
    manifests.map((manifest) => ({
      label: manifest.name || vscode.l10n.t('(no name)'),
      description: describe(manifest),
      manifest,
    })),
    { placeHolder: vscode.l10n.t('Which one shall be simulated?') },
  );
  return picked?.manifest;
}

function describe({ kind, namespace, range }: ManifestSummary): string {
  return `${kind}${namespace === null ? '' : ` in ${namespace}`}, line ${range.start.line + 1}`;
}

function isAddress(value: unknown): value is ManifestAddress {
  if (typeof value !== 'object' || value === null) return false;
  const { uri, document, item } = value as Partial<Record<keyof ManifestAddress, unknown>>;
  return typeof uri === 'string' && typeof document === 'number' && (item === null || typeof item === 'number');
}
