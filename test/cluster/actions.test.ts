import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { actions, type Connection } from '../../client/cluster/cluster.ts';
import type { ObservedCronJob, ObservedJob } from '../../server/core/timeline/observed-shapes.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { resourcePath, type Api } from './api.ts';
import { findGo } from './build.ts';
import { poll } from './control-plane.ts';
import type { Kubelet } from './kubelet.ts';
import type { Job, Pod } from './objects.ts';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

const missing = await findGo().then(
  () => false as const,
  (error: unknown) => (error as Error).message,
);

const namespace = 'team-a';

function spec(fields: object = {}): object {
  const containers = [{ name: 'worker', image: 'batch-worker:1.0' }];
  return { ...fields, template: { spec: { restartPolicy: 'Never', containers } } };
}

function manifest(kind: 'Job' | 'CronJob', name: string, fields: object): actions.RawObject {
  return { apiVersion: 'batch/v1', kind, metadata: { name, namespace }, spec: fields };
}

suite('acting on Jobs on a real control plane', { skip: missing }, () => {
  let api: Api;
  let kubelet: Kubelet;
  let team: Connection;
  let reader: Connection;
  let connectAs: TestCluster['connectAs'];
  let stop: TestCluster['stop'] = () => Promise.resolve();

  before(async () => {
    ({ api, kubelet, connectAs, stop } = await startTestCluster());
    team = await connectAs('team-a');
    reader = await connectAs('job-reader');
  });
  after(() => stop());

  const address = (kind: 'Job' | 'CronJob', name: string): actions.ObjectAddress => ({ kind, namespace, name });

  async function create(kind: 'Job' | 'CronJob', name: string, fields: object, scenario?: object): Promise<void> {
    if (scenario !== undefined) kubelet.play({ namespace, job: name, scenario: parseScenario(scenario).scenario });
    await api.create(resourcePath(kind === 'Job' ? 'jobs' : 'cronjobs', namespace), manifest(kind, name, fields));
  }

  async function live(kind: 'Job' | 'CronJob', name: string): Promise<actions.LiveObject> {
    const read = await actions.readObject(team, address(kind, name));
    assert.ok(read.ok);
    return read.value;
  }
  const liveJob = async (name: string): Promise<ObservedJob> => (await live('Job', name)).object as ObservedJob;

  /** The Job once it is as wanted. */
  function jobWith(name: string, wanted: (job: ObservedJob) => boolean): Promise<ObservedJob> {
    return poll(`Job ${name}`, 30, async () => {
      const job = await liveJob(name);
      return wanted(job) ? job : undefined;
    });
  }

  function planOf(planned: actions.Planned | null): actions.ActionPlan {
    assert.ok(planned !== null && !('refusal' in planned), JSON.stringify(planned));
    return planned;
  }

  /** Tries a plan without keeping anything, then carries it out. */
  async function carryOut(planned: actions.Planned | null): Promise<actions.Performed> {
    const { changes } = planOf(planned);
    const tried = await actions.perform(team, changes, { dryRun: true });
    assert.equal(tried.problem, null);
    const done = await actions.perform(team, changes);
    assert.equal(done.problem, null);
    return done;
  }

  async function undo(planned: actions.Planned | null, { answers }: actions.Performed): Promise<void> {
    const { undo } = planOf(planned);
    assert.ok(undo);
    const undone = await actions.perform(team, actions.undoChanges(undo, answers));
    assert.equal(undone.problem, null);
  }

  test('suspends a Job, whose pods go, and resumes it again', async () => {
    await create('Job', 'pausing', spec({ parallelism: 2, completions: 2 }), { default: { startup: 0.1, run: 60 } });
    const running = await jobWith('pausing', ({ status }) => status?.active === 2);
    const plan = actions.planSuspendJob(address('Job', 'pausing'), running, true);
    const tried = await actions.perform(team, planOf(plan).changes, { dryRun: true });
    assert.equal(tried.problem, null);
    assert.equal((await liveJob('pausing')).spec?.suspend, false, 'a dry run changes nothing');
    const done = await carryOut(plan);
    const paused = await jobWith('pausing', ({ status }) => (status?.active ?? 0) === 0);
    assert.equal(paused.spec?.suspend, true);
    assert.match(JSON.stringify((await live('Job', 'pausing')).raw['metadata']), /"manager":"jobwright"/);
    assert.deepEqual(actions.planSuspendJob(address('Job', 'pausing'), paused, true), {
      refusal: 'Job team-a/pausing is suspended already.',
    });
    await undo(plan, done);
    await jobWith('pausing', ({ status }) => status?.active === 2);
  });

  test('suspends and resumes a CronJob', async () => {
    await create('CronJob', 'pausing', { schedule: '0 0 1 1 *', jobTemplate: { spec: spec() } });
    const { object } = await live('CronJob', 'pausing');
    const plan = actions.planSuspendCronJob(address('CronJob', 'pausing'), object as ObservedCronJob, true);
    const done = await carryOut(plan);
    assert.equal((await live('CronJob', 'pausing')).object.spec?.suspend, true);
    await undo(plan, done);
    assert.equal((await live('CronJob', 'pausing')).object.spec?.suspend, false);
  });

  test('scales parallelism, and completions with it where the Job is elastic', async () => {
    const scenario = { default: { startup: 0.1, run: 60 } };
    await create('Job', 'queue', spec({ parallelism: 2 }), scenario);
    const queue = await jobWith('queue', ({ status }) => status?.active === 2);
    const more = actions.planScale(address('Job', 'queue'), queue, { parallelism: 3, completions: null });
    const done = await carryOut(more);
    await jobWith('queue', ({ status }) => status?.active === 3);
    await undo(more, done);
    await jobWith('queue', ({ status }) => status?.active === 2);

    await create('Job', 'elastic', spec({ parallelism: 2, completions: 2, completionMode: 'Indexed' }), scenario);
    const elastic = await jobWith('elastic', ({ status }) => status?.active === 2);
    const scaling = actions.scalingOf(address('Job', 'elastic'), elastic);
    assert.deepEqual(scaling, { parallelism: 2, completions: 2, elastic: true });
    const both = actions.planScale(address('Job', 'elastic'), elastic, { parallelism: 4, completions: 4 });
    const scaled = await carryOut(both);
    await jobWith('elastic', ({ spec: now, status }) => now?.completions === 4 && status?.active === 4);
    await undo(both, scaled);
    await jobWith('elastic', ({ spec: now, status }) => now?.completions === 2 && status?.active === 2);
  });

  test('retries failed indexes, each as a Job of one pod with the same index', async () => {
    const fields = { parallelism: 3, completions: 3, completionMode: 'Indexed', backoffLimitPerIndex: 0 };
    const rules = [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [7] } }];
    await create('Job', 'shards', spec({ ...fields, podFailurePolicy: { rules } }), {
      default: { startup: 0.1, run: 0.2 },
      pods: [{ match: { index: '1-2' }, exitCode: 3 }],
    });
    const failed = await jobWith('shards', ({ status }) => status?.failedIndexes === '1,2');
    await jobWith('shards', ({ status }) => status?.conditions?.some(({ type }) => type === 'Failed') === true);
    const { raw } = await live('Job', 'shards');
    const plan = actions.planRetry(address('Job', 'shards'), failed, raw, new Set(['shards-retry-1']));
    for (const name of ['shards-retry-1-2', 'shards-retry-2'])
      kubelet.play({ namespace, job: name, scenario: parseScenario({ default: { startup: 0.1, run: 30 } }).scenario });
    const done = await carryOut(plan);
    await jobWith('shards-retry-1-2', ({ status }) => status?.active === 1);
    const { items } = await api.list<Pod>(resourcePath('pods', namespace), {
      query: { labelSelector: 'batch.kubernetes.io/job-name=shards-retry-1-2' },
    });
    const [pod] = items as unknown as [{ metadata: { annotations: object }; spec: { hostname: string } }];
    assert.match(JSON.stringify(pod.spec), /"name":"JOB_COMPLETION_INDEX","value":"1"/);
    assert.match(JSON.stringify(pod.metadata.annotations), /"batch.kubernetes.io\/job-completion-index":"1"/);
    assert.equal(pod.spec.hostname, 'shards-1');
    await undo(plan, done);
    await poll('the retries to be gone', 30, async () => {
      const jobs = await api.list<Job>(resourcePath('jobs', namespace));
      return jobs.items.some(({ metadata }) => metadata.name.startsWith('shards-retry')) ? undefined : true;
    });
  });

  test('runs a CronJob now, beside its schedule', async () => {
    const jobTemplate = { metadata: { labels: { part: 'nightly' } }, spec: spec() };
    await create('CronJob', 'nightly', { schedule: '0 0 1 1 *', concurrencyPolicy: 'Forbid', jobTemplate });
    const { object, raw } = await live('CronJob', 'nightly');
    const plan = actions.planRunNow(address('CronJob', 'nightly'), object as ObservedCronJob, raw, 'x7k2p');
    const done = await carryOut(plan);
    const job = await liveJob('nightly-manual-x7k2p');
    assert.equal(job.metadata.annotations?.['cronjob.kubernetes.io/instantiate'], 'manual');
    assert.equal(job.metadata.labels?.['part'], 'nightly');
    assert.equal(job.metadata.ownerReferences?.[0]?.uid, object.metadata.uid);
    await undo(plan, done);
    await poll('it to be gone', 30, async () => {
      const read = await actions.readObject(team, address('Job', 'nightly-manual-x7k2p'));
      return read.ok ? undefined : true;
    });
  });

  for (const policy of ['Background', 'Foreground', 'Orphan'] as const)
    test(`deletes a Job, ${policy}`, async () => {
      const name = `doomed-${policy.toLowerCase()}`;
      await create('Job', name, spec(), { default: { startup: 0.1, run: 60 } });
      const job = await jobWith(name, ({ status }) => status?.ready === 1);
      const plan = actions.planDelete(address('Job', name), job, policy);
      const tried = await actions.perform(team, plan.changes, { dryRun: true });
      assert.equal(tried.problem, null);
      assert.equal((await liveJob(name)).metadata.deletionTimestamp, undefined, 'a dry run deletes nothing');
      await carryOut(plan);
      await poll('it to be gone', 30, async () => {
        const read = await actions.readObject(team, address('Job', name));
        return read.ok ? undefined : true;
      });
      const pods = async (): Promise<number> => {
        const { items } = await api.list(resourcePath('pods', namespace), {
          query: { labelSelector: `batch.kubernetes.io/job-name=${name}` },
        });
        return items.length;
      };
      if (policy === 'Orphan') assert.equal(await pods(), 1);
      else await poll('its pods to be gone', 30, async () => ((await pods()) === 0 ? true : undefined));
    });

  test('another object of the same name is left alone', async () => {
    await create('Job', 'twin', spec({ suspend: true }));
    const first = await liveJob('twin');
    await api.delete(resourcePath('jobs', namespace, 'twin'), { propagationPolicy: 'Background' });
    await poll('it to be gone', 30, async () =>
      (await actions.readObject(team, address('Job', 'twin'))).ok ? undefined : true,
    );
    await create('Job', 'twin', spec({ suspend: true }));
    for (const planned of [
      actions.planSuspendJob(address('Job', 'twin'), first, false),
      actions.planDelete(address('Job', 'twin'), first, 'Background'),
    ]) {
      const { problem } = await actions.perform(team, planOf(planned).changes);
      assert.equal(problem?.kind, 'conflict', JSON.stringify(problem));
    }
  });

  test('creates a manifest’s Job, and applies a change of it', async () => {
    const kind = 'Job';
    const first = actions.manifestToSend(kind, namespace, manifest(kind, 'written', spec({ suspend: true })));
    const tried = await actions.perform(team, [actions.applyChange(address(kind, 'written'), first)], { dryRun: true });
    assert.equal(tried.problem, null);
    const creating = actions.planCreate(address(kind, 'written'), first, tried.warnings);
    const created = await carryOut(creating);

    const next = actions.manifestToSend(
      kind,
      namespace,
      manifest(kind, 'written', spec({ suspend: true, parallelism: 3, backoffLimit: 2 })),
    );
    const { raw } = await live(kind, 'written');
    const dry = await actions.perform(team, [actions.applyChange(address(kind, 'written'), next)], { dryRun: true });
    assert.equal(dry.problem, null);
    const options = { warnings: dry.warnings, force: false };
    const applying = actions.planApply(address(kind, 'written'), next, raw, dry.answers[0]!, options);
    assert.deepEqual(applying?.detail, ['spec.parallelism: 1 → 3', 'spec.backoffLimit: 6 → 2']);
    const applied = await carryOut(applying);
    assert.equal((await liveJob('written')).spec?.parallelism, 3);
    const again = await actions.perform(team, [actions.applyChange(address(kind, 'written'), next)], { dryRun: true });
    const now = (await live(kind, 'written')).raw;
    assert.equal(actions.planApply(address(kind, 'written'), next, now, again.answers[0]!, options), null);
    await undo(applying, applied);
    assert.equal((await liveJob('written')).spec?.parallelism, 1);
    assert.equal((await liveJob('written')).spec?.backoffLimit, 6);
    await undo(creating, created);
    await poll('it to be gone', 30, async () =>
      (await actions.readObject(team, address(kind, 'written'))).ok ? undefined : true,
    );
  });

  test('creates a manifest that has only a generateName', async () => {
    const written = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { generateName: 'run-' },
      spec: spec({ suspend: true }),
    };
    const sent = actions.manifestToSend('Job', namespace, written);
    const done = await carryOut(actions.planCreate(address('Job', 'run-*'), sent, []));
    assert.match((done.answers[0]!['metadata'] as { readonly name: string }).name, /^run-\w{5}$/);
  });

  test('says whose fields an apply would change, and takes them over if told to', async () => {
    await api.create(
      resourcePath('jobs', namespace),
      manifest('Job', 'owned', spec({ suspend: true, parallelism: 2 })),
      {
        query: { fieldManager: 'somebody' },
      },
    );
    const sent = manifest('Job', 'owned', spec({ suspend: true, parallelism: 5 }));
    const { problem } = await actions.perform(team, [actions.applyChange(address('Job', 'owned'), sent)], {
      dryRun: true,
    });
    assert.ok(problem);
    assert.deepEqual(actions.conflictIn(problem), { others: ['somebody (.spec.parallelism)'] });
    const forced = await actions.perform(team, [actions.applyChange(address('Job', 'owned'), sent, true)]);
    assert.equal(forced.problem, null);
    assert.equal((await liveJob('owned')).spec?.parallelism, 5);

    // What we patched ourselves is ours, though the server tells a patch from an apply.
    await carryOut(actions.planSuspendJob(address('Job', 'owned'), await liveJob('owned'), false));
    const own = await actions.perform(team, [actions.applyChange(address('Job', 'owned'), sent)], { dryRun: true });
    assert.ok(own.problem);
    assert.deepEqual(actions.conflictIn(own.problem), { others: [] });
  });

  test('names the fields that may not change, and creates the Job anew', async () => {
    await create('Job', 'fixed', spec({ completions: 2 }), { default: { startup: 0.1, run: 60 } });
    const running = await jobWith('fixed', ({ status }) => status?.ready === 1);
    const sent = manifest('Job', 'fixed', spec({ completions: 3 }));
    const change = actions.applyChange(address('Job', 'fixed'), sent, true);
    const { problem } = await actions.perform(team, [change], { dryRun: true });
    assert.ok(problem);
    assert.equal(problem.kind, 'invalid');
    assert.deepEqual(actions.immutableFields(problem), ['spec.completions']);
    const plan = actions.planRecreate(address('Job', 'fixed'), running, sent, ['spec.completions']);
    const done = await actions.recreate(team, address('Job', 'fixed'), plan, new AbortController().signal);
    assert.equal(done.problem, null);
    const anew = await liveJob('fixed');
    assert.equal(anew.spec?.completions, 3);
    assert.notEqual(anew.metadata.uid, running.metadata.uid);
  });

  test('a new Job that would be refused does not cost the old one', async () => {
    await create('Job', 'precious', spec({ suspend: true }));
    const job = await liveJob('precious');
    const sent = manifest('Job', 'precious', spec({ completions: -1 }));
    const plan = actions.planRecreate(address('Job', 'precious'), job, sent, []);
    const done = await actions.recreate(team, address('Job', 'precious'), plan, new AbortController().signal);
    assert.equal(done.problem?.kind, 'invalid');
    assert.equal((await liveJob('precious')).metadata.uid, job.metadata.uid);
  });

  test('who lacks a right is told so before anything is asked or done', async () => {
    await create('Job', 'foreign', spec({ suspend: true }));
    const { object, raw } = await live('Job', 'foreign');
    const job = object as ObservedJob;
    const cron = await live('CronJob', 'nightly');
    const sent = manifest('Job', 'unheard', spec());
    const at = address('Job', 'foreign');
    const wishes: readonly (readonly [actions.Planned, RegExp])[] = [
      [actions.planSuspendJob(at, job, false), /You may not patch jobs in the namespace "team-a"\./],
      [actions.planScale(at, job, { parallelism: 2, completions: null }), /You may not patch jobs/],
      [actions.planDelete(at, job, 'Background'), /You may not delete jobs/],
      [actions.planCreate(address('Job', 'unheard'), sent, []), /You may not patch jobs/],
      [
        actions.planRunNow(address('CronJob', 'nightly'), cron.object as ObservedCronJob, cron.raw, 'aaaaa'),
        /You may not create jobs/,
      ],
    ];
    for (const [planned, words] of wishes) {
      const tried = await actions.perform(reader, planOf(planned).changes, { dryRun: true });
      assert.equal(tried.problem?.kind, 'forbidden');
      assert.match(tried.problem.message, words);
    }
    assert.equal((await live('Job', 'foreign')).raw['status'] === undefined, raw['status'] === undefined);
  });

  test('of several, one that the server refuses keeps none of the others back, and all are undone together', async () => {
    const other = 'default';
    for (const name of ['several-a', 'several-b']) await create('Job', name, spec({ suspend: true }));
    await api.create(resourcePath('jobs', other), {
      ...manifest('Job', 'several-c', spec({ suspend: true })),
      metadata: { name: 'several-c' },
    });
    const parts: actions.Part[] = [];
    for (const name of ['several-a', 'several-b', 'several-c']) {
      const at = { ...address('Job', name), namespace: name === 'several-c' ? other : namespace };
      const job = await api.get<ObservedJob>(resourcePath('jobs', at.namespace, name));
      parts.push({ address: at, plan: planOf(actions.planSuspendJob(at, job, false)) });
    }
    const middle = [parts[0]!, parts[2]!, parts[1]!];
    const tried = await actions.performEach(team, middle, { dryRun: true });
    assert.deepEqual(
      tried.done.map(({ address: { name } }) => name),
      ['several-a', 'several-b'],
    );
    assert.equal((await liveJob('several-a')).spec?.suspend, true, 'a dry run changes nothing');
    const { done, refused } = await actions.performEach(team, middle);
    assert.deepEqual(
      refused.map(({ address: { name }, problem }) => [name, problem.kind]),
      [['several-c', 'forbidden']],
    );
    assert.match(actions.sayLeftOut(refused[0]!), /^Job default\/several-c: You may not patch jobs/);
    assert.equal((await liveJob('several-b')).spec?.suspend, false);
    const undo = actions.undoOfEach(done);
    assert.ok(undo);
    assert.deepEqual((await actions.performEach(team, undo)).refused, []);
    for (const name of ['several-a', 'several-b']) assert.equal((await liveJob(name)).spec?.suspend, true);
  });
});
