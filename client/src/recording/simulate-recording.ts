import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Recording } from '../../../server/core/timeline/recording.ts';
import { scenarioOf } from '../../../server/core/timeline/scenario-of.ts';
import type { ManifestAddress } from '../../../server/src/protocol/protocol.ts';
import type { PanelDeps } from '../panel/panel.ts';
import { openManifest } from '../panel/reveal-field.ts';
import { scenarioPath } from '../panel/scenario-name.ts';
import { scenarioText } from '../panel/scenario-text.ts';
import { fileNameFor } from './recording-name.ts';
import { askWhere, writeFile } from './save-file.ts';

/**
 * "Simulate what happened": writes the scenario of a run beside the Job's manifest and plays it. The manifest is the
 * open one of that name; without one, the recording's own, saved where the person says (`to`, when that is known).
 */
export async function simulateRecording(recording: Recording, deps: PanelDeps, to?: vscode.Uri): Promise<void> {
  const { timeline, job } = recording;
  const found = to === undefined ? await openManifest(timeline.name, deps) : null;
  const address = found ?? (await saveManifest(timeline.name, job, to));
  if (address === null) return;
  const manifest = vscode.Uri.parse(address.uri);
  const path = scenarioPath(manifest.path);
  if (path === null || manifest.scheme === 'untitled') {
    void vscode.window.showWarningMessage(
      l10n.t('A scenario file lies beside its manifest: save the manifest as a .yaml file first.'),
    );
    return;
  }
  const uri = manifest.with({ path });
  if (await exists(uri)) {
    const replace = 'Replace';
    const file = path.slice(path.lastIndexOf('/') + 1);
    const detail = l10n.t('The scenario in it is replaced by what happened in the recorded run.');
    const answer = await vscode.window.showWarningMessage(
      l10n.t('Replace {0}?', file),
      { modal: true, detail },
      replace,
    );
    if (answer !== replace) return;
  }
  const head = `# What happened to ${timeline.name}${timeline.origin === null ? '' : `, created ${timeline.origin}`}.\n`;
  if (!(await writeFile(uri, scenarioText(scenarioOf(timeline), head)))) return;
  await vscode.window.showTextDocument(manifest, { viewColumn: vscode.ViewColumn.One });
  await vscode.commands.executeCommand('jobwright.simulate', address);
}

async function saveManifest(
  name: string,
  job: object | null,
  to: vscode.Uri | undefined,
): Promise<ManifestAddress | null> {
  if (job === null) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'The recording does not hold the manifest of {0}. Open it in an editor, then simulate what happened.',
        name,
      ),
    );
    return null;
  }
  const uri =
    to ?? (await askWhere(fileNameFor(name, '.yaml'), l10n.t('Save the Manifest of {0}', name), 'Manifest', '.yaml'));
  if (uri === undefined || !(await writeFile(uri, scenarioText(job, '')))) return null;
  return { uri: uri.toString(), document: 0, item: null };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
