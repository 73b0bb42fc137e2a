import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import type { PanelRunAction } from '../../../server/src/protocol/panel.ts';
import type { ManifestSummary } from '../../../server/src/protocol/protocol.ts';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';
import type { WatchedJobs } from '../jobs-view/watched-jobs.ts';
import type { LiveSource, PanelDeps, TimelinePanel } from '../panel/panel.ts';
import { ScenarioFile } from '../panel/scenario-file.ts';
import type { SeenRuns } from '../recording/seen-runs.ts';
import { mayHoldJobs } from '../wake.ts';
import { showLiveJob } from '../watch-live.ts';
import type { DemoSession } from './demo-session.ts';

/** Command id. Its optional argument holds `example: true` (ask nothing) and `speed`. Works everywhere. */
export const watchDemoCommand = 'jobwright.watchDemo';

/** The speeds that can be chosen while it plays, by the action's id. */
const SPEEDS: Readonly<Record<string, number>> = { 'speed-1': 1, 'speed-5': 5, 'speed-20': 20 };

const ACTIONS: readonly PanelRunAction[] = [
  { id: 'speed-1', label: '1×', text: l10n.t('Let the demo run in real time.') },
  { id: 'speed-5', label: '5×', text: l10n.t('Let the demo run five times as fast.') },
  { id: 'speed-20', label: '20×', text: l10n.t('Let the demo run twenty times as fast.') },
];

/** Registers "Watch a Demo Job": a scenario played in real time, watched as a Job of a cluster is. */
export function registerDemo(
  session: DemoSession,
  panel: TimelinePanel,
  runs: SeenRuns,
  watched: WatchedJobs,
  deps: PanelDeps,
): vscode.Disposable {
  return vscode.commands.registerCommand(watchDemoCommand, async (given?: unknown) => {
    const { example, speed } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
    const chosen = example === true ? null : await chooseJob(deps);
    if (chosen === undefined) return;
    await watchDemo(
      { session, panel, runs, watched, deps },
      chosen,
      typeof speed === 'number' && speed > 0 ? speed : 1,
    );
  });
}

interface Stage {
  readonly session: DemoSession;
  readonly panel: TimelinePanel;
  readonly runs: SeenRuns;
  readonly watched: WatchedJobs;
  readonly deps: PanelDeps;
}

/** @param chosen the Job of an open manifest; null for the example */
async function watchDemo(stage: Stage, chosen: ManifestSummary | null, speed: number): Promise<void> {
  const { session, panel, runs, watched, deps } = stage;
  const object = chosen === null ? null : await deps.requestManifest(chosen);
  const scenario = chosen === null ? null : await scenarioOf(chosen, deps);
  const { cluster, connection, playing } = await session.start(
    object === null ? null : (object.object as Job),
    scenario,
  );
  playing.speed = speed;
  const source: LiveSource = { kind: 'live', context: DEMO_CONTEXT, ...playing.job };
  showLiveJob({
    cluster,
    connection,
    view: panel.showLive(source, ACTIONS),
    source,
    watched,
    onSeen: (seen) => runs.see(source, seen),
    onAction(id) {
      const chosenSpeed = SPEEDS[id];
      if (chosenSpeed !== undefined) playing.speed = chosenSpeed;
    },
    watchAgain: () => watchDemo(stage, chosen, playing.speed),
    chooseAnother: async () => {
      await vscode.commands.executeCommand(watchDemoCommand);
    },
  });
}

/** The example, or a Job of the active editor; undefined when the person gave up. */
async function chooseJob(deps: PanelDeps): Promise<ManifestSummary | null | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const all =
    document !== undefined && mayHoldJobs(document)
      ? await deps.requestManifests(document.uri.toString()).catch(() => [])
      : [];
  const jobs = all.filter(({ kind }) => kind === 'Job');
  if (jobs.length === 0) return null;
  const picked = await vscode.window.showQuickPick(
    [
      ...jobs.map((job) => ({
        label: job.name || l10n.t('Job without a name'),
        description: l10n.t('of the open manifest'),
        job,
      })),
      {
        label: l10n.t('The example'),
        description: l10n.t('resize-photos: failures, retries and an eviction'),
        job: null,
      },
    ],
    { title: l10n.t('Watch a Demo Job'), placeHolder: l10n.t('Which Job shall be played? No cluster is asked.') },
  );
  return picked?.job;
}

/** What the scenario file beside the manifest says; null without one. */
async function scenarioOf(manifest: ManifestSummary, deps: PanelDeps): Promise<unknown> {
  const file = new ScenarioFile(vscode.Uri.parse(manifest.uri), (text) => deps.requestScenario(text));
  try {
    return (await file.read(manifest))?.value ?? null;
  } finally {
    file.dispose();
  }
}
