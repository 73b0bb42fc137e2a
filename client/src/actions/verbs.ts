import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { actions } from '../../cluster/cluster.ts';
import type { ClusterReach } from '../cluster-access.ts';

/** Something that can be done to an object that exists. */
export interface Verb {
  readonly command: string;
  /** For menus and titles: `Suspend`. */
  readonly label: string;
  readonly icon: string;
  readonly kinds: readonly actions.ObjectKind[];
  /** What it means, in half a sentence. */
  readonly means: string;
  /** Null where it makes sense for this object. */
  refusal(room: typeof actions, subject: Subject): actions.Refusal | null;
  /** Plans it, asking for what is open; undefined when the person gave up. */
  plan(reach: ClusterReach, subject: Subject): Promise<actions.Planned | undefined>;
  /** Where it makes sense for several objects: asks once what is open. Undefined when the person gave up. */
  planEach?(reach: ClusterReach, addresses: readonly actions.ObjectAddress[]): Promise<PlanEach | undefined>;
}

/** The plan for one of several objects. */
export type PlanEach = (subject: Subject) => actions.Planned;

/** What is acted on. */
export interface Subject {
  readonly address: actions.ObjectAddress;
  readonly live: actions.LiveObject;
}

/** Every verb, in the order of menus. */
export const VERBS: readonly Verb[] = [
  suspending('jobwright.suspend', 'Suspend', 'debug-pause', true),
  suspending('jobwright.resume', 'Resume', 'debug-continue', false),
  {
    command: 'jobwright.scale',
    label: l10n.t('Scale…'),
    icon: 'arrow-both',
    kinds: ['Job'],
    means: l10n.t('run another number of pods at once'),
    refusal: (room, { address, live }) => asRefusal(live.kind === 'Job' ? room.scalingOf(address, live.object) : null),
    plan: planScale,
  },
  {
    command: 'jobwright.retryFailedIndexes',
    label: l10n.t('Retry Failed Indexes'),
    icon: 'debug-rerun',
    kinds: ['Job'],
    means: l10n.t('create a Job for each index that failed'),
    refusal: (room, { address, live }) =>
      asRefusal(live.kind === 'Job' ? room.failedIndexesOf(address, live.object) : null),
    async plan({ cluster, connection }, { address, live }) {
      if (live.kind !== 'Job') return undefined;
      // Who may not list Jobs learns of a name that is taken from the dry run.
      const listed = await cluster.actions.listNames(connection, 'Job', address.namespace);
      const taken = new Set(listed.ok ? listed.value : []);
      return cluster.actions.planRetry(address, live.object, live.raw, taken);
    },
  },
  {
    command: 'jobwright.runCronJobNow',
    label: l10n.t('Run Now'),
    icon: 'run',
    kinds: ['CronJob'],
    means: l10n.t('create a Job of it, beside its schedule'),
    refusal: () => null,
    plan: ({ cluster }, { address, live }) =>
      Promise.resolve(
        live.kind === 'CronJob' ? cluster.actions.planRunNow(address, live.object, live.raw, nameSuffix()) : undefined,
      ),
  },
  {
    command: 'jobwright.delete',
    label: l10n.t('Delete…'),
    icon: 'trash',
    kinds: ['Job', 'CronJob'],
    means: l10n.t('delete it, with or without what it owns'),
    refusal: () => null,
    async plan(reach, subject) {
      const title = l10n.t('Delete {0}', reach.cluster.actions.sayObject(subject.address));
      const { kind } = subject.address;
      const asked = kind === 'Job' ? l10n.t('What becomes of its pods?') : l10n.t('What becomes of its Jobs?');
      const planned = await planDeletion(reach, title, kind, asked);
      return planned?.(subject);
    },
    planEach(reach, addresses) {
      const title = l10n.t('Delete {0}', reach.cluster.actions.sayHowMany(addresses));
      return addresses.every(({ kind }) => kind === 'Job')
        ? planDeletion(reach, title, 'Job', l10n.t('What becomes of their pods?'))
        : planDeletion(reach, title, 'CronJob', l10n.t('What becomes of what they own?'));
    },
  },
];

function suspending(command: string, label: string, icon: string, suspend: boolean): Verb {
  const planned = (room: typeof actions, { address, live }: Subject): actions.Planned =>
    live.kind === 'Job'
      ? room.planSuspendJob(address, live.object, suspend)
      : room.planSuspendCronJob(address, live.object, suspend);
  return {
    command,
    label,
    icon,
    kinds: ['Job', 'CronJob'],
    means: suspend ? l10n.t('stop it for a while') : l10n.t('let it go on'),
    refusal: (room, subject) => asRefusal(planned(room, subject)),
    plan: ({ cluster }, subject) => Promise.resolve(planned(cluster.actions, subject)),
    planEach: ({ cluster }) => Promise.resolve((subject) => planned(cluster.actions, subject)),
  };
}

/** Asks what becomes of `owned`. */
async function planDeletion(
  { cluster, connection }: ClusterReach,
  title: string,
  kind: 'Job' | 'CronJob',
  placeHolder: string,
): Promise<PlanEach | undefined> {
  const { PROPAGATIONS, planDelete } = cluster.actions;
  const picked = await vscode.window.showQuickPick(
    PROPAGATIONS.map(({ policy, means }) => ({
      label: policy,
      detail: means[kind](),
      policy,
    })),
    { title: l10n.t('{0} on {1}', title, connection.context), placeHolder },
  );
  return picked && (({ address, live }) => planDelete(address, live.object, picked.policy));
}

async function planScale(
  { cluster, connection }: ClusterReach,
  { address, live }: Subject,
): Promise<actions.Planned | undefined> {
  if (live.kind !== 'Job') return undefined;
  const { parallelismProblem, planScale: plan, sayObject, scalingOf } = cluster.actions;
  const scaling = scalingOf(address, live.object);
  if ('refusal' in scaling) return scaling;
  const title = l10n.t('Scale {0} on {1}', sayObject(address), connection.context);
  const typed = await vscode.window.showInputBox({
    title,
    prompt: l10n.t(
      'How many pods at once? Now {0}{1}.',
      scaling.parallelism,
      scaling.completions === null ? '' : `, for ${scaling.completions} completions`,
    ),
    value: String(scaling.parallelism),
    validateInput: parallelismProblem,
  });
  if (typed === undefined) return undefined;
  const parallelism = Number(typed);
  if (!scaling.elastic || parallelism === 0 || parallelism === scaling.parallelism)
    return plan(address, live.object, { parallelism, completions: null });
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: l10n.t('Completions with it: {0} indexes', parallelism),
        detail: l10n.t('The Job is elastic: it has as many indexes as pods at once.'),
        completions: parallelism,
      },
      {
        label: l10n.t('Parallelism only: {0} indexes stay', String(scaling.completions)),
        detail: '',
        completions: null,
      },
    ],
    { title, placeHolder: l10n.t('What shall be scaled?') },
  );
  return picked === undefined
    ? undefined
    : plan(address, live.object, { parallelism, completions: picked.completions });
}

function asRefusal(planned: object | null): actions.Refusal | null {
  return planned !== null && 'refusal' in planned ? (planned as actions.Refusal) : null;
}

/** Five letters and digits, as the API server makes them: without vowels and what looks alike. */
function nameSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return Array.from({ length: 5 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}
