/**
 * Random scenarios with the rarer things: several containers, native sidecars, changes of mind, lost nodes, quotas. Pure.
 */
import { random } from './mutation/random.ts';
import { randomScenario } from './random-scenario.ts';
import type { ScenarioFile } from './trace-scenario.ts';

type Fields = Record<string, unknown>;

/** A scenario that twists may still change, and what they draw from. */
interface Draft {
  readonly spec: Fields;
  readonly pod: Fields & { containers: Fields[]; initContainers?: Fields[]; restartPolicy: string };
  readonly scenario: Fields & { default: Fields };
  readonly indexed: boolean;
  readonly chance: (share: number) => boolean;
  readonly between: (least: number, most: number) => number;
  readonly oneOf: <T>(items: readonly T[]) => T;
}

/** A moment for an action: apart from those of the plain scenario and from the ends of pods. */
function moment({ between }: Draft, least: number, most: number): number {
  return between(least, most) * 2.5 + 1.1;
}

function act({ scenario }: Draft, ...actions: readonly Fields[]): void {
  scenario['actions'] = [...((scenario['actions'] as Fields[] | undefined) ?? []), ...actions];
}

/** A rule before the others. */
function rule({ scenario }: Draft, how: Fields): void {
  scenario['pods'] = [how, ...((scenario['pods'] as Fields[] | undefined) ?? [])];
}

/** Which pod: by index, since which of several indexes is created first is a matter of luck. */
function onePod({ indexed, between, spec }: Draft): Fields {
  const last = Math.max(0, Number(spec['completions'] ?? 1) - 1);
  return indexed ? { index: String(between(0, last)), attempt: '0' } : { ordinal: String(between(0, 3)) };
}

function containers(draft: Draft): Record<string, Fields> {
  return (draft.scenario.default['containers'] ??= {}) as Record<string, Fields>;
}

/** What may be twisted, and how often it is. */
const twists: readonly { readonly share: number; readonly twist: (draft: Draft) => void }[] = [
  {
    share: 0.35,
    twist: (draft) => {
      draft.pod.containers.push({ name: 'helper', image: 'busybox' });
      const fails = draft.pod.restartPolicy === 'Never' && draft.chance(0.3);
      containers(draft)['helper'] = {
        run: draft.between(0, 3) * 2.5 + 0.9,
        exitCode: fails ? draft.oneOf([1, 13]) : 0,
      };
    },
  },
  {
    share: 0.25,
    twist: (draft) => {
      draft.pod.initContainers = [{ name: 'prepare', image: 'busybox' }];
      const fails = draft.pod.restartPolicy === 'Never' && draft.chance(0.15);
      containers(draft)['prepare'] = { run: draft.oneOf([0.6, 1.2]), exitCode: fails ? 13 : 0 };
    },
  },
  {
    share: 0.2,
    twist: (draft) => {
      (draft.pod.initContainers ??= []).push({ name: 'proxy', image: 'busybox', restartPolicy: 'Always' });
      if (draft.chance(0.2)) containers(draft)['proxy'] = { run: 2.2, exitCode: 1 };
    },
  },
  {
    share: 0.3,
    twist: ({ spec, oneOf }) => {
      const policy = spec['podFailurePolicy'] as { rules: Fields[] } | undefined;
      policy?.rules.push({
        action: oneOf(['Ignore', 'Count', 'FailJob']),
        onExitCodes: { containerName: 'worker', operator: 'In', values: [1] },
      });
    },
  },
  {
    share: 0.15,
    twist: ({ spec, scenario, oneOf }) => {
      spec['podReplacementPolicy'] = 'Failed';
      scenario.default['grace'] = oneOf([1.9, 4.4]);
    },
  },
  { share: 0.12, twist: ({ spec, between }) => (spec['ttlSecondsAfterFinished'] = between(0, 4)) },
  {
    share: 0.2,
    twist: (draft) => {
      act(
        draft,
        { at: moment(draft, 0, 5), parallelism: draft.oneOf([0, 1, 3, 6]) },
        { at: moment(draft, 6, 8), parallelism: draft.between(1, 5) },
      );
    },
  },
  {
    share: 0.15,
    twist: (draft) => {
      const { between, oneOf } = draft;
      const spec = oneOf<Fields>([
        { backoffLimit: between(0, 3) },
        { activeDeadlineSeconds: between(5, 20) },
        { ttlSecondsAfterFinished: 1 },
        ...(draft.spec['maxFailedIndexes'] === undefined ? [] : [{ maxFailedIndexes: between(0, 1) }]),
      ]);
      act(draft, { at: moment(draft, 0, 4) + 0.5, patch: { spec } });
    },
  },
  {
    share: 0.15,
    twist: (draft) => {
      const by = draft.oneOf(['eviction', 'preemption', 'taint', 'node-loss']);
      rule(draft, { match: onePod(draft), disrupt: { at: draft.oneOf([1.4, 3.9]), by } });
    },
  },
  {
    share: 0.1,
    twist: (draft) => {
      const at = moment(draft, 1, 4);
      act(draft, { at, suspend: true }, { at: at + 4, suspend: false }, { at: at + 9, suspend: true });
      act(draft, { at: at + 11.5, suspend: false });
    },
  },
  { share: 0.08, twist: (draft) => act(draft, { at: moment(draft, 1, 4), drain: true }) },
  {
    share: 0.08,
    twist: (draft) => {
      draft.scenario['capacity'] = draft.between(1, 2);
      act(draft, { at: moment(draft, 2, 5), capacity: draft.between(2, 6) });
    },
  },
  { share: 0.06, twist: ({ scenario, between }) => (scenario['quota'] = between(1, 4)) },
  { share: 0.06, twist: (draft) => act(draft, { at: moment(draft, 1, 5), delete: true }) },
  {
    share: 0.06,
    twist: (draft) => {
      draft.spec['parallelism'] = 0;
      act(draft, { at: 4.3, parallelism: draft.between(1, 4) });
    },
  },
  { share: 0.05, twist: (draft) => (draft.pod['activeDeadlineSeconds'] = draft.between(3, 8)) },
  {
    share: 0.08,
    twist: (draft) => {
      draft.pod['terminationGracePeriodSeconds'] = draft.between(1, 3);
      draft.scenario.default['grace'] = draft.oneOf([0.4, 2.4, 30]);
      if (draft.chance(0.3)) draft.scenario.default['graceExitCode'] = 0;
    },
  },
  { share: 0.06, twist: (draft) => rule(draft, { match: onePod(draft), schedulingDelay: draft.oneOf([1.2, 3.7]) }) },
  { share: 0.05, twist: (draft) => rule(draft, { match: onePod(draft), oomKilled: true, run: 2.9 }) },
  { share: 0.05, twist: (draft) => rule(draft, { match: onePod(draft), imagePullBackOff: true }) },
  { share: 0.1, twist: (draft) => act(draft, { at: moment(draft, 0, 6), deletePod: onePod(draft) }) },
  {
    share: 0.5,
    twist: (draft) => {
      // Under OnFailure a container that always fails is restarted with the kubelet's own waits.
      if (draft.pod.restartPolicy === 'OnFailure')
        rule(draft, { match: onePod(draft), restartDelay: 'kubelet', exitCode: draft.oneOf([0, 1]), restarts: 2 });
    },
  },
  {
    share: 0.15,
    twist: (draft) => {
      const { spec, between, indexed } = draft;
      const completions = Number(spec['completions'] ?? 0);
      if (!indexed || completions < 2) return;
      const rules = [{ succeededIndexes: `0-${between(1, completions - 1)}`, succeededCount: 1 }];
      spec['successPolicy'] = { rules: [{ succeededCount: completions }, ...rules] };
    },
  },
];

/** The twisted scenario of this seed. */
export function twistedScenario(seed: number): ScenarioFile {
  const plain = randomScenario(seed) as unknown as Fields & {
    readonly job: { readonly spec: Fields & { readonly template: { readonly spec: Draft['pod'] } } };
    readonly default: Fields;
  };
  const next = random(seed + 7_000_000);
  const { spec } = plain.job;
  const draft: Draft = {
    spec,
    pod: spec.template.spec,
    scenario: plain,
    indexed: spec['completionMode'] === 'Indexed',
    chance: (share) => next() < share,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    oneOf: (items) => items[Math.floor(next() * items.length)]!,
  };
  for (const { share, twist } of twists) if (draft.chance(share)) twist(draft);
  return { ...plain, name: `twisted-${seed}`, horizon: 75 } as unknown as ScenarioFile;
}
