import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { maskObject } from '../../../server/core/incident/mask.ts';
import type { IncidentLog } from '../../../server/core/incident/incident-report.ts';
import { recordingOf } from '../../../server/core/timeline/recording.ts';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import type { Connection, SeenBefore } from '../../cluster/cluster.ts';
import type { LiveCluster } from '../load-cluster.ts';
import { inWords } from '../watch-problem.ts';
import { fileNameFor, RECORDING_ENDING } from './recording-name.ts';
import { askWhere, writeFile } from './save-file.ts';

/** Saves a run as a recording, which can be opened later without a cluster. `to`: where, when that is known. */
export async function saveRecording(timeline: Timeline, job: object | null, to?: vscode.Uri): Promise<void> {
  const name = fileNameFor(timeline.name, RECORDING_ENDING);
  const uri = to ?? (await askWhere(name, 'Save Recording', 'Recorded run', RECORDING_ENDING));
  if (uri === undefined) return;
  const manifest = job === null ? null : manifestOf(job);
  const file = recordingOf(timeline, manifest);
  if (await writeFile(uri, `${JSON.stringify(file, undefined, 1)}\n`)) {
    await offerToOpen(l10n.t('{0} was recorded.', timeline.name), uri, () => openRecording(uri));
  }
}

/** The Job as a manifest: without what the server adds, and what may be a secret masked. */
function manifestOf(job: object): object {
  const { metadata = {}, spec } = maskObject(job).value as {
    readonly metadata?: Readonly<Record<string, unknown>>;
    readonly spec?: Readonly<Record<string, unknown>>;
  };
  const { name, namespace, labels, annotations } = metadata;
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace, labels, annotations }, spec };
}

async function openRecording(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand('jobwright.openRecording', uri);
}

async function offerToOpen(text: string, uri: vscode.Uri, open: () => Promise<unknown>): Promise<void> {
  const show = l10n.t('Open');
  // Whoever saves to a place of their own choosing need not be asked anything more, so nobody waits for the answer.
  void vscode.window
    .showInformationMessage(l10n.t('{0} It is in {1}.', text, uri.path.split('/').at(-1) ?? ''), show)
    .then((chosen) => {
      if (chosen === show) void open();
    });
  return Promise.resolve();
}

export interface IncidentWish {
  readonly namespace: string;
  readonly name: string;
  readonly seen: SeenBefore | null;
  readonly logs: readonly IncidentLog[];
  readonly to?: vscode.Uri | undefined;
}

/** Saves all that is known of a Job as a report, and beside it a recording. */
export async function saveIncident(cluster: LiveCluster, connection: Connection, wish: IncidentWish): Promise<void> {
  const { namespace, name, seen, logs } = wish;
  const to = wish.to ?? (await askWhere(fileNameFor(name, '-incident.md'), 'Save Incident Report', 'Markdown', '.md'));
  if (to === undefined) return;
  const gathered = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: l10n.t('Gathering what is known of Job {0} …', name),
      cancellable: true,
    },
    async (_progress, cancelled) => {
      const stop = new AbortController();
      const listener = cancelled.onCancellationRequested(() => stop.abort());
      return cluster.gatherIncident(connection, { namespace, name }, seen, logs, stop.signal).finally(() => {
        listener.dispose();
      });
    },
  );
  if (!gathered.ok) {
    if (gathered.problem.kind !== 'aborted') void vscode.window.showErrorMessage(inWords(gathered.problem));
    return;
  }
  const { markdown, recording, masked } = gathered.value;
  const beside = to.with({ path: to.path.replace(/(?:-incident)?(?:\.md)?$/i, RECORDING_ENDING) });
  const written =
    (await writeFile(to, markdown)) && (await writeFile(beside, `${JSON.stringify(recording, undefined, 1)}\n`));
  if (!written) return;
  const secrets =
    masked.length === 1 ? l10n.t('1 value was masked.') : l10n.t('{0} values were masked.', masked.length);
  await offerToOpen(l10n.t('The report on {0} was saved, and a recording beside it. {1}', name, secrets), to, () =>
    Promise.resolve(vscode.window.showTextDocument(to)),
  );
}
