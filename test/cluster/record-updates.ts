/**
 * Asks the real API server which changes it takes of a Job that runs, is suspended or has finished, and of a CronJob:
 * what `lint --against` is held against. Changes are asked for as an apply would, and never carried out.
 */
import { parseArgs } from 'node:util';
import { patchTypes, resourcePath, type Api } from './api.ts';
import { poll, startControlPlane } from './control-plane.ts';
import { startKubelet, type Kubelet } from './kubelet.ts';
import { DEFAULT_SCENARIO } from '../../server/core/scenario/scenario-reader.ts';
import type { PodScript } from '../../server/core/simulation/scenario.ts';
import type { Base } from './mutation.ts';
import { random } from './mutation/random.ts';
import { manifestText } from './mutation/spellings.ts';
import { hasCondition, type Job } from './objects.ts';
import { runProgram } from './program.ts';
import { writeCases } from './record-files.ts';
import { readBases, verdictOf, withoutOwnUids, type Verdict } from './record-verdicts.ts';

/** What the Job is doing when the change is asked for; a CronJob just exists. */
export type JobState = 'running' | 'suspended' | 'suspended-after-run' | 'complete' | 'failed' | 'exists';

export interface UpdateCase {
  readonly id: number;
  readonly base: string;
  readonly kind: 'Job' | 'CronJob';
  readonly state: JobState;
  readonly mutation: string;
  /** The manifest that was created. */
  readonly old: string;
  /** The manifest that is applied over it. */
  readonly yaml: string;
  readonly verdict: Verdict;
}

type Manifest = Record<string, unknown>;

function isMap(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The merge patch that leads from one manifest to another; what only the server knows stays. */
export function mergePatch(from: Manifest, to: Manifest): Manifest {
  const patch: Manifest = {};
  for (const name of Object.keys(from)) if (!(name in to) || to[name] === null) patch[name] = null;
  for (const [name, value] of Object.entries(to)) {
    const before = from[name];
    if (isMap(value) && isMap(before)) {
      const inner = mergePatch(before, value);
      if (Object.keys(inner).length > 0) patch[name] = inner;
    } else if (JSON.stringify(before) !== JSON.stringify(value)) {
      patch[name] = value;
    }
  }
  return patch;
}

function map(parent: Manifest, ...names: string[]): Manifest {
  let found = parent;
  for (const name of names) {
    if (!isMap(found[name])) found[name] = {};
    found = found[name] as Manifest;
  }
  return found;
}

interface Parts {
  readonly metadata: Manifest;
  /** The JobSpec. */
  readonly spec: Manifest;
  readonly template: Manifest;
  readonly pod: Manifest;
  readonly container: Manifest;
}

function parts(manifest: Manifest): Parts {
  const spec = manifest['kind'] === 'CronJob' ? map(manifest, 'spec', 'jobTemplate', 'spec') : map(manifest, 'spec');
  const template = map(spec, 'template');
  const pod = map(template, 'spec');
  const container = (pod['containers'] as Manifest[])[0] ?? {};
  return { metadata: map(manifest, 'metadata'), spec, template, pod, container };
}

const nodeTerm = { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator: 'In', values: ['fast'] }] }] };

/** Changes that people try. */
const changes: Readonly<Record<string, (on: Parts) => void>> = {
  nothing: () => undefined,
  'parallelism up': ({ spec }) => (spec['parallelism'] = Number(spec['parallelism'] ?? 1) + 2),
  'parallelism 0': ({ spec }) => (spec['parallelism'] = 0),
  'parallelism negative': ({ spec }) => (spec['parallelism'] = -1),
  'completions up': ({ spec }) => (spec['completions'] = Number(spec['completions'] ?? 1) + 1),
  'completions removed': ({ spec }) => delete spec['completions'],
  'completions and parallelism to 2': ({ spec }) => Object.assign(spec, { completions: 2, parallelism: 2 }),
  'completions and parallelism to 7': ({ spec }) => Object.assign(spec, { completions: 7, parallelism: 7 }),
  'completionMode other': ({ spec }) =>
    (spec['completionMode'] = spec['completionMode'] === 'Indexed' ? 'NonIndexed' : 'Indexed'),
  'backoffLimit 9': ({ spec }) => (spec['backoffLimit'] = 9),
  'backoffLimit removed': ({ spec }) => delete spec['backoffLimit'],
  'backoffLimitPerIndex 3': ({ spec }) => (spec['backoffLimitPerIndex'] = 3),
  'backoffLimitPerIndex removed': ({ spec }) => delete spec['backoffLimitPerIndex'],
  'maxFailedIndexes 2': ({ spec }) => (spec['maxFailedIndexes'] = 2),
  'activeDeadlineSeconds 60': ({ spec }) => (spec['activeDeadlineSeconds'] = 60),
  'activeDeadlineSeconds negative': ({ spec }) => (spec['activeDeadlineSeconds'] = -5),
  'ttl 100': ({ spec }) => (spec['ttlSecondsAfterFinished'] = 100),
  'suspend on': ({ spec }) => (spec['suspend'] = true),
  'suspend off': ({ spec }) => (spec['suspend'] = false),
  'managedBy set': ({ spec }) => (spec['managedBy'] = 'example.com/other'),
  'selector set': ({ spec }) => (spec['selector'] = { matchLabels: { colour: 'red' } }),
  'manualSelector on': ({ spec }) => (spec['manualSelector'] = true),
  'podReplacementPolicy Failed': ({ spec }) => (spec['podReplacementPolicy'] = 'Failed'),
  'podReplacementPolicy TerminatingOrFailed': ({ spec }) => (spec['podReplacementPolicy'] = 'TerminatingOrFailed'),
  'podFailurePolicy set': ({ spec }) =>
    (spec['podFailurePolicy'] = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] }),
  'podFailurePolicy removed': ({ spec }) => delete spec['podFailurePolicy'],
  'successPolicy set': ({ spec }) => (spec['successPolicy'] = { rules: [{ succeededCount: 1 }] }),
  'successPolicy removed': ({ spec }) => delete spec['successPolicy'],
  'job label': ({ metadata }) => (map(metadata, 'labels')['stage'] = 'two'),
  'job annotation': ({ metadata }) => (map(metadata, 'annotations')['note'] = 'two'),
  'template label': ({ template }) => (map(template, 'metadata', 'labels')['stage'] = 'two'),
  'template annotation': ({ template }) => (map(template, 'metadata', 'annotations')['note'] = 'two'),
  'template finalizer': ({ template }) => (map(template, 'metadata')['finalizers'] = ['example.com/hold']),
  'template label of the controller': ({ template }) => (map(template, 'metadata', 'labels')['job-name'] = 'other'),
  image: ({ container }) => (container['image'] = 'registry.example.com/other:2'),
  command: ({ container }) => (container['command'] = ['other']),
  env: ({ container }) => (container['env'] = [{ name: 'ADDED', value: 'yes' }]),
  'container added': ({ pod }) =>
    (pod['containers'] = [...(pod['containers'] as Manifest[]), { name: 'added', image: 'busybox' }]),
  'requests set': ({ container }) => (container['resources'] = { requests: { cpu: '100m', memory: '64Mi' } }),
  'limits set': ({ container }) => (container['resources'] = { limits: { cpu: '2', memory: '1Gi' } }),
  'requests over limits': ({ container }) =>
    (container['resources'] = { requests: { cpu: '3' }, limits: { cpu: '2' } }),
  'requests and image': ({ container }) =>
    Object.assign(container, { image: 'busybox:9', resources: { requests: { cpu: '100m' } } }),
  'resource claim': ({ container }) => (map(container, 'resources')['claims'] = [{ name: 'gpu' }]),
  'restartPolicy other': ({ pod }) => (pod['restartPolicy'] = pod['restartPolicy'] === 'Never' ? 'OnFailure' : 'Never'),
  nodeSelector: ({ pod }) => (pod['nodeSelector'] = { disk: 'fast' }),
  'node affinity': ({ pod }) =>
    (map(pod, 'affinity')['nodeAffinity'] = { requiredDuringSchedulingIgnoredDuringExecution: nodeTerm }),
  'pod affinity': ({ pod }) =>
    (map(pod, 'affinity')['podAffinity'] = {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'zone', labelSelector: { matchLabels: { a: 'b' } } },
      ],
    }),
  tolerations: ({ pod }) => (pod['tolerations'] = [{ key: 'spot', operator: 'Exists' }]),
  'scheduling gate': ({ pod }) => (pod['schedulingGates'] = [{ name: 'example.com/wait' }]),
  'scheduling gates removed': ({ pod }) => delete pod['schedulingGates'],
  priorityClassName: ({ pod }) => (pod['priorityClassName'] = 'system-node-critical'),
  'service account': ({ pod }) => (pod['serviceAccountName'] = 'other'),
  'termination grace': ({ pod }) => (pod['terminationGracePeriodSeconds'] = 5),
  'resume and nodeSelector': ({ spec, pod }) => {
    spec['suspend'] = false;
    pod['nodeSelector'] = { disk: 'fast' };
  },
  'suspend and image': ({ spec, container }) => {
    spec['suspend'] = true;
    container['image'] = 'busybox:10';
  },
};

/** The manifest whose Job can reach the state. */
function manifestFor(base: Manifest, state: JobState, name: string): Manifest {
  const manifest = structuredClone(base);
  const { metadata, spec } = parts(manifest);
  delete metadata['generateName'];
  delete metadata['namespace'];
  delete metadata['finalizers'];
  metadata['name'] = name;
  if (state === 'suspended') spec['suspend'] = true;
  if (state === 'failed') Object.assign(spec, { backoffLimit: 0, activeDeadlineSeconds: 2 });
  if (state === 'complete' || state === 'failed') delete spec['ttlSecondsAfterFinished'];
  return manifest;
}

const fates: Readonly<Record<JobState, PodScript>> = {
  running: { run: -1 },
  suspended: {},
  'suspended-after-run': { run: -1 },
  complete: { run: 0.1 },
  failed: { run: 0.1, exitCode: 99 },
  exists: {},
};

/** Brings a Job into the state. */
async function reach(api: Api, state: JobState, path: string): Promise<void> {
  const until = (what: string, holds: (job: Job) => boolean): Promise<true> =>
    poll(what, 20, async () => (holds(await api.get<Job>(path)) ? true : undefined));
  if (state === 'running' || state === 'suspended-after-run')
    await until('ready pods', ({ status }) => (status?.ready ?? 0) > 0);
  if (state === 'suspended-after-run') await api.patch(path, { spec: { suspend: true } });
  if (state.startsWith('suspended'))
    await until(
      'suspended',
      (job) => hasCondition(job, 'Suspended') && !job.status?.active && !job.status?.terminating,
    );
  if (state === 'complete') await until('Complete', (job) => hasCondition(job, 'Complete'));
  if (state === 'failed') await until('Failed', (job) => hasCondition(job, 'Failed'));
}

/** Names of the changes to ask for: each alone, then pairs that the seed picks. */
function* picks(seed: number, pairs: number): Generator<readonly string[]> {
  const names = Object.keys(changes);
  for (const name of names) yield [name];
  const next = random(seed);
  for (let pair = 0; pair < pairs; pair++)
    yield [0, 1].map(() => names[Math.floor(next() * names.length)] ?? 'nothing');
}

/**
 * Asks about changes of one object in one state.
 * @throws Error when the object does not reach the state
 */
async function askAbout(
  api: Api,
  kubelet: Kubelet,
  base: Base,
  state: JobState,
  seed: number,
  pairs: number,
  log: (line: string) => void,
): Promise<Omit<UpdateCase, 'id'>[]> {
  const kind = base.manifest['kind'] as 'Job' | 'CronJob';
  const name = base.name
    .replace(/\.ya?ml$/, '')
    .replace(/^\d+-/, '')
    .slice(0, 40);
  const namespace = `${name.slice(0, 35)}-${state}`;
  await api.create(resourcePath('namespaces'), { metadata: { name: namespace } });
  const play = kubelet.play({
    namespace,
    scenario: { ...DEFAULT_SCENARIO, default: { startup: 0.1, ...fates[state] } },
  });
  const manifest = manifestFor(base.manifest, state, name);
  const resource = kind === 'Job' ? 'jobs' : 'cronjobs';
  await api.create(resourcePath(resource, namespace), manifest);
  const path = resourcePath(resource, namespace, name);
  await reach(api, state, path);
  // As the person's file would then say.
  if (state === 'suspended-after-run') parts(manifest).spec['suspend'] = true;
  const cases: Omit<UpdateCase, 'id'>[] = [];
  for (const names of picks(seed, pairs)) {
    const changed = structuredClone(manifest);
    for (const change of names) changes[change]?.(parts(changed));
    const mutation = names.join(' + ');
    const question = {
      body: mergePatch(manifest, changed),
      contentType: patchTypes.merge,
      query: { dryRun: 'All', fieldValidation: 'Strict' },
    };
    try {
      const verdict = withoutOwnUids(verdictOf(await api.send('PATCH', path, question)), '');
      if (verdict.code === 404) {
        log(`${base.name}, ${state}: gone before ${mutation} was asked about`);
        break;
      }
      cases.push({
        base: base.name,
        kind,
        state,
        mutation,
        old: manifestText(manifest),
        yaml: manifestText(changed),
        verdict,
      });
    } catch (error) {
      // The server drops the connection where its validation panics.
      log(`no answer to ${base.name}, ${state}, ${mutation}: ${String(error)}`);
    }
  }
  play.stop();
  return cases;
}

const usage = `usage: node test/cluster/record-updates.ts [--seed N] [--pairs N] [--out FILE.jsonl.gz] MANIFEST.yaml|FOLDER...
Creates each Job on a real control plane, brings it into each state (running, suspended, suspended after a run, complete,
failed), and asks the API server about changes of it; CronJobs as they are. What cannot reach a state is named and left out.
  --pairs N  random pairs of changes beside each change alone (10)`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      pairs: { type: 'string', default: '10' },
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const log = (line: string): void => console.error(line);
  const bases = await readBases(positionals);
  const cluster = await startControlPlane({ log });
  try {
    const api = cluster.api();
    const kubelet = await startKubelet(api, { log });
    const states = (base: Base): JobState[] =>
      base.manifest['kind'] === 'CronJob'
        ? ['exists']
        : ['running', 'suspended', 'suspended-after-run', 'complete', 'failed'];
    const asked = bases.flatMap((base) =>
      states(base).map((state) =>
        askAbout(api, kubelet, base, state, Number(values.seed), Number(values.pairs), log).catch((error: unknown) => {
          log(`${base.name}, ${state}: ${error instanceof Error ? error.message : String(error)}`);
          return [];
        }),
      ),
    );
    const cases: UpdateCase[] = (await Promise.all(asked)).flat().map((item, id) => ({ id, ...item }));
    const accepted = cases.filter(({ verdict }) => verdict.accepted).length;
    console.log(`${cases.length} changes, ${accepted} accepted`);
    if (values.out !== undefined) await writeCases(values.out, cases);
    await kubelet.stop();
  } finally {
    await cluster.stop();
  }
  return 0;
}

if (import.meta.main) {
  await runProgram(main);
}
