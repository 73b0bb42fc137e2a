import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { EXPORT_FORMATS, type ExportFormat } from '../../server/src/protocol/panel.ts';
import { chooseManifest, isAddress } from './choose-manifest.ts';
import type { LanguageServer } from './language-server.ts';
import { RECORDING_ENDING } from './recording/recording-name.ts';
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
      const address = isAddress(given)
        ? given
        : await chooseManifest(
            { requestManifests: (uri) => server.manifests(uri) },
            {
              none: l10n.t('Open a manifest with a Job or CronJob to simulate it.'),
              which: l10n.t('Which one shall be simulated?'),
            },
          );
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
          ? l10n.t('There is no YAML or JSON file with a Job in this workspace.')
          : l10n.t(
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
    title: l10n.t('Open Recording'),
    openLabel: l10n.t('Open'),
    filters: { 'Recorded runs': ['json'] },
  });
  return files?.[0];
}
