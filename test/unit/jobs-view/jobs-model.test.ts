import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import { clusterJobs } from '../../../client/cluster/cluster-jobs.ts';
import { listNamespaces } from '../../../client/cluster/jobs.ts';
import { failure, success, type Result } from '../../../client/cluster/problem.ts';
import {
  contextValueOf,
  type ContextNode,
  type JobNode,
  type NamespaceNode,
} from '../../../client/src/jobs-view/job-node.ts';
import type { OpenContext } from '../../../client/src/jobs-view/jobs-host.ts';
import { PAGE } from '../../../client/src/jobs-view/jobs-model.ts';
import { Tree } from './tree.ts';
import { FakeServer, type FakeObject } from '../cluster/fake-server.ts';
import { connectionTo, EVENTS, job, JOBS, pod, PODS, QUICK, stamp, until } from '../cluster/objects.ts';

const CRON_JOBS = '/apis/batch/v1/namespaces/team/cronjobs';
const NAMESPACES = '/api/v1/namespaces';
const FORBIDDEN = (verb: string, resource: string): object => ({
  kind: 'Status',
  code: 403,
  reason: 'Forbidden',
  message: `forbidden: User "x" cannot ${verb} resource "${resource}" in API group "batch" in the namespace "team"`,
});

function cronJob(name: string, fields: object = {}): FakeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name, uid: `${name}-uid`, namespace: 'team', creationTimestamp: stamp(0) },
    spec: { schedule: '0 2 * * *', jobTemplate: {}, ...fields },
    status: {},
  };
}

function madeBy(owner: string, name: string, created: number, status: object = {}): FakeObject {
  const made = job(name, { status });
  return {
    ...made,
    metadata: {
      ...made.metadata,
      creationTimestamp: stamp(created),
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'CronJob', name: owner, uid: `${owner}-uid`, controller: true },
      ],
    },
  };
}

suite('the Jobs view', () => {
  let server: FakeServer;
  let tree: Tree;
  let closed = 0;

  const open = (): Promise<Result<OpenContext> | null> => {
    const connection = connectionTo(server);
    return Promise.resolve(
      success({
        namespace: 'team',
        jobs: clusterJobs(connection, QUICK),
        listNamespaces: () => listNamespaces(connection),
        explain: () => Promise.resolve([]),
        close: () => {
          closed++;
          connection.close();
        },
      }),
    );
  };
  const contexts = success([{ name: 'test', current: true, server: 'http://there' }]);

  beforeEach(async () => {
    closed = 0;
    server = await FakeServer.start();
    for (const path of [JOBS, CRON_JOBS, PODS, EVENTS]) {
      server.put(path, job('first'));
      server.remove(path, 'first-uid');
    }
    for (const name of ['team', 'other']) server.put(NAMESPACES, { metadata: { name, uid: name } });
    tree = new Tree(open, contexts);
  });
  afterEach(async () => {
    tree.model.dispose();
    await server.close();
  });

  async function openTeam(): Promise<JobNode> {
    const [context] = await tree.open();
    await tree.open(context);
    const team = await tree.find('team');
    await tree.open(team);
    return team;
  }

  test('nothing is asked before a context is opened, and only what is open is asked for', async () => {
    const [context] = await tree.open();
    assert.equal(tree.opened, 0);
    assert.equal(server.requests.length, 0);
    await tree.open(context);
    assert.deepEqual(tree.text(), ['test: current context · connected', '  team', '  other']);
    assert.deepEqual(
      server.requests.map(({ url }) => url.pathname),
      [NAMESPACES],
    );
  });

  test('Jobs stand below the CronJobs that own them, the youngest first, with state and progress', async () => {
    server.put(CRON_JOBS, cronJob('nightly'));
    server.put(CRON_JOBS, cronJob('paused', { suspend: true }));
    server.put(
      JOBS,
      madeBy('nightly', 'nightly-1', 10, {
        succeeded: 10,
        completionTime: stamp(70),
        conditions: [{ type: 'Complete', status: 'True' }],
      }),
    );
    server.put(
      JOBS,
      madeBy('nightly', 'nightly-2', 20, {
        failed: 7,
        conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: stamp(90) }],
      }),
    );
    server.put(JOBS, madeBy('gone', 'gone-1', 5, { succeeded: 3 }));
    server.put(JOBS, job('alone', { status: { succeeded: 4, failedIndexes: '2,5' } }));
    server.put(
      JOBS,
      job('queue', {
        spec: { completions: undefined, suspend: true },
        status: { conditions: [{ type: 'Suspended', status: 'True' }] },
      }),
    );
    await openTeam();
    const nightly = await tree.find('nightly');
    await tree.open(nightly);
    await tree.shows(
      /^ {4}nightly: 0 2 \* \* \* · next in .* · the last run failed · no success yet$/,
      /^ {6}nightly-2: Failed · 0\/10 · BackoffLimitExceeded · 7 failed · took 1 min 30 s · .* ago$/,
      /^ {6}nightly-1: Complete · 10\/10 · took 1 min 10 s · .* ago$/,
      /^ {4}paused: 0 2 \* \* \* · Suspended · no success yet$/,
      /^ {4}gone: deleted; its Jobs are left$/,
      /^ {4}alone: Running · 4\/10 · failed indexes 2,5 · for /,
      /^ {4}queue: Suspended · 0 succeeded · .* old$/,
      /^ {2}team: 5 Jobs · 2 running · 1 failed$/,
    );
    assert.ok(
      tree.text().findIndex((line) => line.includes('nightly-2')) <
        tree.text().findIndex((line) => line.includes('nightly-1')),
    );
  });

  test('it is live, and a row that changed is the same row', async () => {
    server.put(JOBS, job('report', { status: { succeeded: 1 } }));
    await openTeam();
    const row = await tree.find('report');
    server.put(JOBS, job('report', { status: { succeeded: 2 } }));
    await tree.shows(/report: Running · 2\/10/);
    assert.equal(await tree.find('report'), row);
    server.remove(JOBS, 'report-uid');
    await tree.shows(/There are no Jobs in this namespace/);
  });

  test('an open Job shows its indexes, why it waits, and when the next retry comes', async () => {
    const now = Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1000);
    server.put(JOBS, {
      ...job('work', {
        spec: { completionMode: 'Indexed', backoffLimitPerIndex: 3, completions: 5 },
        status: { completedIndexes: '0', failedIndexes: '4', startTime: stamp(now - 60) },
      }),
      metadata: { ...job('work').metadata, creationTimestamp: stamp(now - 60) },
    });
    const indexed = (index: number, of: FakeObject): FakeObject => ({
      ...of,
      metadata: { ...of.metadata, annotations: { 'batch.kubernetes.io/job-completion-index': String(index) } },
    });
    const ended = (exitCode: number): object => ({
      phase: exitCode === 0 ? 'Succeeded' : 'Failed',
      containerStatuses: [
        {
          name: 'main',
          state: {
            terminated: {
              exitCode,
              reason: exitCode === 0 ? 'Completed' : 'Error',
              startedAt: stamp(now - 30),
              finishedAt: stamp(now - 2),
            },
          },
        },
      ],
    });
    server.put(PODS, indexed(0, pod('work-0', 'work-uid', ended(0), now - 50)));
    server.put(PODS, indexed(1, pod('work-1', 'work-uid', ended(1), now - 50)));
    await openTeam();
    const work = await tree.find('work');
    await tree.open(work);
    await tree.shows(
      /^ {6}Index 0: Complete$/,
      /^ {6}Index 1: Error · .* old$/,
      /^ {6}Index 4: Failed$/,
      /^ {6}The indexes 4 have failed for good/,
      /^ {4}work: Running · 0\/5 · failed indexes 4 · retry in \d+ s · for /,
    );
    const index = await tree.find('Index 1');
    await tree.open(index);
    await tree.shows(/^ {8}work-1: Error · .* old$/);
    assert.equal(tree.model.opens(await tree.find('Index 4')), 'never');
    assert.equal(contextValueOf(work), 'jobwright.job.running.failedIndexes');
    tree.close(work);
    await until(() => server.watching === 2, 'its pods are no longer watched');
  });

  test('what others ask of a namespace is had from its open row, and of a closed one from the cluster', async () => {
    server.put(JOBS, job('report'));
    const team = await openTeam();
    await tree.shows(/^ {4}report: /);
    const names = (): readonly string[] | undefined => {
      const shared = tree.model.sharedJobs('test', 'team');
      return shared === null ? undefined : [...shared.objects.values()].map(({ metadata }) => metadata.name);
    };
    assert.deepEqual(names(), ['report']);
    assert.equal(tree.model.sharedJobs('test', 'other'), null);
    tree.close(team);
    assert.equal(names(), undefined);
  });

  test('a collapsed namespace and a hidden view ask for nothing', async () => {
    server.put(JOBS, job('report'));
    const team = await openTeam();
    await until(() => server.watching === 2, 'it watches');
    tree.model.visible = false;
    await until(() => server.watching === 0, 'hidden, it does not');
    tree.model.visible = true;
    await until(() => server.watching === 2, 'shown, it does');
    tree.close(team);
    await until(() => server.watching === 0, 'collapsed, it does not');
    await tree.open(team);
    await until(() => server.watching === 2, 'open again, it does');
    const [context] = tree.rows.get(undefined) ?? [];
    tree.close(context!);
    await until(() => server.watching === 0, 'what is below a collapsed row is not looked at');
  });

  test('thousands of Jobs are shown in portions, and filtered by state and labels', async () => {
    for (let at = 0; at < 3_000; at++) {
      const made = job(
        `j-${at}`,
        at % 100 === 0 ? { status: { conditions: [{ type: 'Failed', status: 'True' }] } } : {},
      );
      server.put(JOBS, { ...made, metadata: { ...made.metadata, labels: { shard: String(at % 3) } } });
    }
    const team = await openTeam();
    await tree.shows(/^ {2}team: 3000 Jobs/, /Show 200 more \(2800 are not shown\)/);
    assert.equal(tree.rows.get(team)?.length, PAGE + 1);
    tree.model.more(team);
    await tree.shows(/Show 200 more \(2600 are not shown\)/);
    tree.model.filter = {
      states: new Set(['Failed']),
      selector: 'shard=1',
      labels: [{ key: 'shard', operator: 'in', values: ['1'] }],
    };
    await tree.shows(/^ {2}team: 10 of 3000 Jobs/);
    assert.deepEqual(tree.model.filtered(), { shown: 10, all: 3_000 });
    await until(() => tree.rows.get(team)?.length === 10, 'those alone');
    tree.model.filter = { states: new Set(['Suspended']), selector: '', labels: [] };
    await tree.shows(/None of 3000 Jobs is Suspended: show all/);
  });

  test('without the right to list, the one namespace and the Job that is named are shown', async () => {
    server.fault = ({ url }) =>
      url.pathname === NAMESPACES
        ? { kind: 'status', code: 403, body: FORBIDDEN('list', 'namespaces') }
        : /\/(jobs|cronjobs)$/.test(url.pathname)
          ? { kind: 'status', code: 403, body: FORBIDDEN('list', 'jobs') }
          : null;
    server.put(JOBS, job('report', { status: { succeeded: 4 } }));
    const team = await openTeam();
    assert.equal(tree.model.opens(team), 'expanded');
    await tree.shows(
      /^ {2}Show another namespace…$/,
      /^ {4}You may not list jobs in the namespace "team"\.$/,
      /^ {4}Show a Job by its name…$/,
    );
    tree.model.addJob(team as NamespaceNode, 'report');
    tree.model.addJob(team as NamespaceNode, 'nobody');
    await tree.shows(/^ {4}report: Running · 4\/10/, /^ {4}There is no Job nobody\.$/);
    const [context] = tree.rows.get(undefined) ?? [];
    tree.model.addNamespace(context as ContextNode, 'hers');
    await tree.shows(/^ {2}hers/);
    const hers = await tree.find('hers', 'namespace');
    assert.equal(contextValueOf(hers), 'jobwright.namespace.added');
    assert.deepEqual([...tree.remembered.values()], [['hers']]);
    const window = new Tree(open, contexts, tree.remembered);
    const [there] = await window.open();
    await window.open(there);
    await window.shows(/^ {2}hers/);
    window.model.dispose();
    tree.model.removeNamespace(hers as NamespaceNode);
    await tree.gone(/^ {2}hers/);
    assert.deepEqual([...tree.remembered.values()], [[]]);
  });

  test('CronJobs that may not be listed are known by the Jobs that name them', async () => {
    server.fault = ({ url }) =>
      url.pathname === CRON_JOBS ? { kind: 'status', code: 403, body: FORBIDDEN('list', 'cronjobs') } : null;
    server.put(JOBS, madeBy('nightly', 'nightly-1', 10));
    await openTeam();
    await tree.shows(/You may not list cronjobs/, /nightly: only its Jobs may be seen/);
    assert.equal(contextValueOf(await tree.find('nightly')), 'jobwright.cronjob.unknown');
  });

  test('a cut is said above the rows, which stay', async () => {
    server.put(JOBS, job('report'));
    await openTeam();
    await until(() => server.watching === 2, 'it watches');
    server.fault = () => ({ kind: 'cut' });
    server.cut();
    await tree.shows(/^ {2}team: .*connection interrupted/, /^ {4}report: /);
    server.fault = () => null;
    await until(() => !tree.text().some((line) => line.includes('interrupted')), 'it is back');
  });

  test('a cluster that cannot be reached says so, and is tried again on request', async () => {
    const problem = {
      kind: 'unreachable',
      status: 0,
      reason: 'ECONNREFUSED',
      message: 'It cannot be reached.',
    } as const;
    let up = false;
    tree.model.dispose();
    tree = new Tree(() => (up ? open() : Promise.resolve(failure(problem))), contexts);
    const [context] = await tree.open();
    await tree.open(context);
    await tree.shows(/^ {2}It cannot be reached\.$/);
    await tree.open();
    assert.equal(tree.opened, 1);
    up = true;
    await tree.model.refresh(context);
    await tree.shows(/^ {2}team/);
  });

  test('who declines to run a credential program is not asked again by itself', async () => {
    tree.model.dispose();
    tree = new Tree(() => Promise.resolve(null), contexts);
    const [context] = await tree.open();
    await tree.open(context);
    await tree.shows(/^ {2}Not connected: click to connect\.$/);
    await tree.open(context);
    await tree.model.refresh();
    await tree.open();
    assert.equal(tree.opened, 1);
    await tree.model.refresh(context);
    await tree.open(context);
    assert.equal(tree.opened, 2);
  });

  test('the long words on a Job are asked for once, of the cluster, unless its pods are known or it is done', async () => {
    let asked = 0;
    tree.model.dispose();
    tree = new Tree(async () => {
      const opened = await open();
      if (opened?.ok !== true) return opened;
      const explain = (): Promise<readonly Diagnosis[]> => {
        asked++;
        const summary = 'No node has room.';
        return Promise.resolve([{ rule: 'why/unschedulable', severity: 'error', summary, evidence: [] }]);
      };
      return success({ ...opened.value, explain });
    }, contexts);
    server.put(JOBS, job('stuck'));
    server.put(JOBS, job('done', { status: { conditions: [{ type: 'Complete', status: 'True' }] } }));
    await openTeam();
    const { signal } = new AbortController();
    const stuck = await tree.find('stuck');
    const row = await tree.model.explain(stuck, signal);
    assert.match(
      row.tooltip.join('\n'),
      /^Job team\/stuck: Running\n0\/10 succeeded, 0 active, 0 failed, created .* ago\nNo node/,
    );
    assert.equal(row.icon.name, 'warning');
    await tree.model.explain(await tree.find('done'), signal);
    await tree.open(stuck);
    await tree.model.explain(stuck, signal);
    assert.equal(asked, 1);
  });

  test('a context that is let go of is closed, and asks for nothing until it is opened again', async () => {
    await openTeam();
    await until(() => server.watching === 2, 'it watches');
    const [context] = tree.rows.get(undefined) ?? [];
    tree.rows.delete(context);
    tree.model.disconnect(context as ContextNode);
    await until(() => server.watching === 0 && closed === 1, 'it is closed');
    await until(() => tree.rows.get(undefined)?.[0] !== context, 'another row');
    assert.deepEqual(tree.text(), ['test: current context']);
  });

  test('without a kubeconfig there is no row, so that the view says what to do; a broken one says what is wrong', async () => {
    const missing = { kind: 'kubeconfig', status: 0, reason: 'NotConfigured', message: 'There is none.' } as const;
    tree.model.dispose();
    tree = new Tree(open, failure(missing));
    assert.deepEqual(await tree.open(), []);
    tree.model.dispose();
    tree = new Tree(open, failure({ ...missing, reason: 'Broken', message: 'It is no YAML.' }));
    await tree.open();
    assert.deepEqual(tree.text(), ['It is no YAML.']);
  });
});
