import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { actions } from '../../../../client/cluster/cluster.ts';
import { freeName, nextName } from '../../../../client/cluster/actions/job-name.ts';
import {
  readCronJob,
  readJob,
  type ObservedCronJob,
  type ObservedJob,
} from '../../../../server/core/timeline/observed-shapes.ts';
import { job as jobObject } from '../objects.ts';

const address = (kind: actions.ObjectKind, name: string): actions.ObjectAddress => ({ kind, namespace: 'team', name });
const at = address('Job', 'report');

function job(
  fields: { readonly spec?: object; readonly status?: object; readonly metadata?: object } = {},
): ObservedJob {
  const raw = jobObject('report', fields);
  const read = readJob({ ...raw, metadata: { ...raw.metadata, ...fields.metadata } });
  assert.ok(read);
  return read;
}

const cronJob = (spec: object = {}, status: object = {}): actions.RawObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly', uid: 'nightly-uid', namespace: 'team' },
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: {} } }, ...spec },
  status,
});
function readCron(raw: actions.RawObject): ObservedCronJob {
  const read = readCronJob(raw);
  assert.ok(read);
  return read;
}

function planOf(planned: actions.Planned): actions.ActionPlan {
  assert.ok(!('refusal' in planned), JSON.stringify(planned));
  return planned;
}
const refusalOf = (planned: object): string => ('refusal' in planned ? String(planned.refusal) : '');
const ended = { status: { conditions: [{ type: 'Failed', status: 'True' }] } };

suite('suspend and resume', () => {
  test('a patch of this very object, and its opposite as the way back', () => {
    const plan = planOf(actions.planSuspendJob(at, job({ status: { active: 3 } }), true));
    const path = '/apis/batch/v1/namespaces/team/jobs/report';
    const body = (suspend: boolean): object => ({ metadata: { uid: 'report-uid' }, spec: { suspend } });
    assert.deepEqual(plan.changes, [{ method: 'PATCH', path, patch: 'merge', body: body(true) }]);
    assert.deepEqual(plan.undo?.changes, [{ method: 'PATCH', path, patch: 'merge', body: body(false) }]);
    assert.equal(plan.title, 'Suspend Job team/report');
    assert.match(plan.detail.join('\n'), /^3 pods that run are deleted, and their work is lost/);
  });

  test('says who else has a say', () => {
    const metadata = {
      labels: { 'kueue.x-k8s.io/queue-name': 'gpu' },
      annotations: { 'argocd.argoproj.io/tracking-id': 'x' },
      ownerReferences: [
        { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', name: 'set', uid: 'u', controller: true },
      ],
    };
    const { detail } = planOf(actions.planSuspendJob(at, job({ spec: { suspend: true }, metadata }), false));
    assert.match(detail.join('\n'), /Kueue’s queue gpu decides[^]*JobSet set controls it[^]*Argo CD manages it/);
  });

  test('is refused where it makes no sense', () => {
    assert.match(refusalOf(actions.planSuspendJob(at, job(ended), true)), /has ended/);
    assert.match(refusalOf(actions.planSuspendJob(at, job(), false)), /is not suspended/);
    assert.match(refusalOf(actions.planSuspendJob(at, job({ spec: { suspend: true } }), true)), /suspended already/);
  });

  test('of a CronJob: runs that were missed count', () => {
    const suspended = readCron(cronJob({ suspend: true, startingDeadlineSeconds: 600 }));
    const { detail, changes } = planOf(actions.planSuspendCronJob(address('CronJob', 'nightly'), suspended, false));
    assert.equal(changes[0]?.path, '/apis/batch/v1/namespaces/team/cronjobs/nightly');
    assert.match(detail.join('\n'), /missed count[^]*600 s/);
    assert.match(refusalOf(actions.planSuspendCronJob(at, suspended, true)), /suspended already/);
  });
});

suite('scale', () => {
  test('parallelism, and how many pods that costs', () => {
    const plan = planOf(actions.planScale(at, job({ status: { active: 3 } }), { parallelism: 1, completions: null }));
    assert.deepEqual((plan.changes[0]?.body as { spec: object }).spec, { parallelism: 1 });
    assert.deepEqual(plan.detail, ['parallelism: 3 → 1.', '2 pods that run are deleted, and their work is lost.']);
    assert.match(
      planOf(actions.planScale(at, job(), { parallelism: 0, completions: null })).detail.join('\n'),
      /0 pauses the Job/,
    );
  });

  test('of an elastic Job, completions with it', () => {
    const elastic = job({ spec: { completionMode: 'Indexed', parallelism: 4, completions: 4 } });
    assert.deepEqual(actions.scalingOf(at, elastic), { parallelism: 4, completions: 4, elastic: true });
    const less = planOf(actions.planScale(at, elastic, { parallelism: 2, completions: 2 }));
    assert.match(less.detail.join('\n'), /Indexes 2 to 3 are dropped/);
    const back = less.undo?.changes as readonly actions.Change[];
    assert.deepEqual((back[0]?.body as { spec: object }).spec, { parallelism: 4, completions: 4 });
    const more = planOf(actions.planScale(at, elastic, { parallelism: 5, completions: 5 }));
    assert.match(more.detail.join('\n'), /Index 4 is added/);
  });

  test('is refused where nothing changes or runs', () => {
    assert.match(refusalOf(actions.planScale(at, job(), { parallelism: 3, completions: null })), /already/);
    assert.match(refusalOf(actions.scalingOf(at, job(ended))), /has ended/);
  });

  test('takes whole numbers', () => {
    for (const text of ['', '-1', '1.5', 'x', '2147483648'])
      assert.notEqual(actions.parallelismProblem(text), null, text);
    for (const text of ['0', '7', ' 12 ']) assert.equal(actions.parallelismProblem(text), null, text);
  });
});

suite('retry failed indexes', () => {
  const spec = {
    completionMode: 'Indexed',
    completions: 6,
    backoffLimitPerIndex: 2,
    maxFailedIndexes: 5,
    successPolicy: { rules: [{ succeededCount: 3 }] },
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'report-uid' } },
    ttlSecondsAfterFinished: 60,
    podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1] } }] },
    template: {
      metadata: { labels: { app: 'x', 'job-name': 'report', 'batch.kubernetes.io/controller-uid': 'report-uid' } },
      spec: {
        restartPolicy: 'Never',
        initContainers: [{ name: 'init', image: 'a' }],
        containers: [
          { name: 'worker', image: 'a', env: [{ name: 'A', value: 'b' }], futureField: 1 },
          { name: 'own', image: 'a', env: [{ name: 'JOB_COMPLETION_INDEX', value: 'mine' }] },
        ],
      },
    },
  };
  const raw = { ...jobObject('report', { spec }), spec };

  test('a Job for each, with what the Job controller gives a pod of the index', () => {
    const failed = job({ spec, status: { failedIndexes: '1,4' } });
    const plan = planOf(actions.planRetry(at, failed, raw, new Set(['report-retry-4'])));
    const [first, second] = plan.changes.map(
      ({ body }) => body as { metadata: { name: string }; spec: Record<string, unknown> },
    );
    assert.equal(first?.metadata.name, 'report-retry-1');
    assert.equal(second?.metadata.name, 'report-retry-4-2', 'a name that is taken is numbered');
    assert.deepEqual(first.spec, {
      ttlSecondsAfterFinished: 60,
      backoffLimit: 2,
      podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }] },
      template: {
        metadata: {
          labels: { app: 'x', 'batch.kubernetes.io/job-completion-index': '1' },
          annotations: { 'batch.kubernetes.io/job-completion-index': '1' },
        },
        spec: {
          restartPolicy: 'Never',
          hostname: 'report-1',
          initContainers: [{ name: 'init', image: 'a', env: [{ name: 'JOB_COMPLETION_INDEX', value: '1' }] }],
          containers: [
            {
              name: 'worker',
              image: 'a',
              env: [
                { name: 'A', value: 'b' },
                { name: 'JOB_COMPLETION_INDEX', value: '1' },
              ],
              futureField: 1,
            },
            { name: 'own', image: 'a', env: [{ name: 'JOB_COMPLETION_INDEX', value: 'mine' }] },
          ],
        },
      },
    });
    assert.equal(plan.title, 'Retry indexes 1,4 of Job team/report');
    assert.match(
      plan.detail.join('\n'),
      /host names are those of before[^]*FailIndex becomes FailJob[^]*successPolicy/,
    );
    assert.equal(plan.undo?.changes, 'created');
  });

  test('of a Job that failed as a whole: the indexes that did not succeed', () => {
    const failed = job({ spec, status: { ...ended.status, completedIndexes: '0-2,5' } });
    assert.deepEqual(actions.failedIndexesOf(at, failed), { indexes: [3, 4], final: false });
  });

  test('is refused where there are none, or too many', () => {
    assert.match(refusalOf(actions.failedIndexesOf(at, job())), /not Indexed/);
    assert.match(refusalOf(actions.failedIndexesOf(at, job({ spec }))), /no failed index/);
    const complete = job({ spec, status: { conditions: [{ type: 'Complete', status: 'True' }] } });
    assert.match(refusalOf(actions.failedIndexesOf(at, complete)), /no index of it failed/);
    const many = job({ spec: { ...spec, completions: 1000 }, status: { failedIndexes: '0-999' } });
    assert.match(refusalOf(actions.planRetry(at, many, raw, new Set())), /too many/);
    const lies = job({ spec, status: { failedIndexes: '0-999999999999' } });
    assert.match(refusalOf(actions.planRetry(at, lies, raw, new Set())), /no failed index/);
  });

  test('names fit, and are free', () => {
    assert.equal(freeName('a'.repeat(63), '-retry-10', new Set()).length, 63);
    assert.equal(freeName('run-', '-retry-1', new Set()), 'run-retry-1');
    assert.equal(nextName('convert', new Set()), 'convert-2');
    assert.equal(nextName('convert-2', new Set(['convert-3'])), 'convert-4');
  });
});

suite('run a CronJob now', () => {
  const nightly = address('CronJob', 'nightly');

  test('creates what kubectl create job --from does', () => {
    const raw = cronJob({
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata: { labels: { a: 'b' }, annotations: { c: 'd' } },
        spec: { template: { spec: { futureField: 1 } } },
      },
    });
    const plan = planOf(actions.planRunNow(nightly, readCron(raw), raw, 'x7k2p'));
    assert.deepEqual(plan.changes, [
      {
        method: 'POST',
        path: '/apis/batch/v1/namespaces/team/jobs',
        body: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: {
            name: 'nightly-manual-x7k2p',
            namespace: 'team',
            annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', c: 'd' },
            labels: { a: 'b' },
            ownerReferences: [
              { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: 'nightly-uid', controller: true },
            ],
          },
          spec: { template: { spec: { futureField: 1 } } },
        },
      },
    ]);
    assert.match(plan.detail.join('\n'), /Forbid does not count it[^]*history \(3 successful, 1 failed\)/);
  });

  test('says what runs, and what is suspended', () => {
    const raw = cronJob({ suspend: true, failedJobsHistoryLimit: 0 }, { active: [{ name: 'x' }] });
    const { detail } = planOf(actions.planRunNow(nightly, readCron(raw), raw, 'aaaaa'));
    assert.match(detail.join('\n'), /1 run is active now[^]*0 failed[^]*suspended; this run takes place/);
  });
});

suite('delete', () => {
  test('with what it owns, or without; this very object', () => {
    const plan = actions.planDelete(at, job({ status: { active: 2 } }), 'Foreground');
    assert.deepEqual(plan.changes, [
      {
        method: 'DELETE',
        path: '/apis/batch/v1/namespaces/team/jobs/report',
        body: { propagationPolicy: 'Foreground', preconditions: { uid: 'report-uid' } },
      },
    ]);
    assert.match(plan.detail.join('\n'), /stays, being deleted[^]*2 pods that run are ended[^]*cannot be undone/);
    assert.equal(plan.undo, null);
    const orphan = actions.planDelete(at, job({ status: { active: 2 } }), 'Orphan');
    assert.doesNotMatch(orphan.detail.join('\n'), /are ended/);
  });
});

suite('apply', () => {
  const live = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'report', uid: 'report-uid', resourceVersion: '7', managedFields: [], labels: { 'a/b': 'c' } },
    spec: { parallelism: 1, template: { spec: { containers: [{ name: 'a', image: 'x:1' }] } } },
    status: { active: 1 },
  };

  test('tells the fields that change, and knows the way back', () => {
    const after = {
      ...live,
      metadata: { ...live.metadata, resourceVersion: '8', labels: { 'a/b': 'd', e: 'f' } },
      spec: { parallelism: 2, suspend: true, template: { spec: { containers: [{ name: 'a', image: 'x:2' }] } } },
      status: {},
    };
    const plan = actions.planApply(at, {}, live, after, { warnings: ['old'], force: false });
    assert.ok(plan);
    assert.deepEqual(plan.detail, [
      'metadata.labels[a/b]: c → d',
      'metadata.labels[e]: absent → f',
      'spec.parallelism: 1 → 2',
      'spec.template.spec.containers[0].image: x:1 → x:2',
      'spec.suspend: absent → true',
      'The server warns: old',
    ]);
    assert.deepEqual((plan.undo?.changes as readonly actions.Change[])[0]?.body, {
      metadata: { uid: 'report-uid', labels: { 'a/b': 'c', e: null } },
      spec: {
        parallelism: 1,
        suspend: null,
        template: { spec: { containers: [{ name: 'a', image: 'x:1' }] } },
      },
    });
  });

  test('changes nothing where only the server’s own fields differ', () => {
    const after = { ...live, metadata: { ...live.metadata, resourceVersion: '9', generation: 3 }, status: {} };
    assert.equal(actions.planApply(at, {}, live, after, { warnings: [], force: false }), null);
  });

  test('a difference leaves out what the server makes of itself', () => {
    const labels = { 'controller-uid': 'u', 'batch.kubernetes.io/job-name': 'report' };
    const template = { metadata: { labels: { ...labels, app: 'x' } }, spec: {} };
    const object = (spec: object): actions.RawObject => ({
      ...live,
      metadata: { name: 'report', uid: 'u', labels },
      spec: { selector: { matchLabels: labels }, template, ...spec },
    });
    assert.deepEqual(actions.writtenPart(object({ manualSelector: false })), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'report' },
      spec: { template: { metadata: { labels: { app: 'x' } }, spec: {} } },
    });
    const own = actions.writtenPart(object({ manualSelector: true }))['spec'];
    assert.deepEqual(own, { selector: { matchLabels: labels }, template, manualSelector: true });
  });

  test('sends the manifest in its namespace, without a status', () => {
    const sent = actions.manifestToSend('Job', 'team', { metadata: { name: 'x' }, spec: {}, status: {} });
    const metadata = { name: 'x', namespace: 'team' };
    assert.deepEqual(sent, { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: {} });
    assert.deepEqual(actions.renamed({ metadata: { generateName: 'x-' } }, 'y'), { metadata: { name: 'y' } });
  });

  test('a manifest with only a generateName is posted, another is applied', () => {
    const method = (manifest: actions.RawObject): string =>
      actions
        .planCreate(at, manifest, [])
        .changes.map((change) => change.method)
        .join();
    assert.equal(method({ metadata: { generateName: 'x-' } }), 'POST');
    assert.equal(method({ metadata: { name: 'x' } }), 'PATCH');
  });

  test('tells fields that may not change from other refusals', () => {
    const refused = (status: number, ...causes: readonly [string, string, string][]) => ({
      kind: 'invalid' as const,
      status,
      reason: 'Invalid',
      message: '',
      causes: causes.map(([reason, message, field]) => ({ reason, message, field })),
    });
    const fixed = ['FieldValueInvalid', 'Invalid value: 3: field is immutable', 'spec.completions'] as const;
    assert.deepEqual(actions.immutableFields(refused(422, [...fixed])), ['spec.completions']);
    assert.deepEqual(actions.immutableFields(refused(422, [...fixed], ['FieldValueInvalid', 'no', 'spec.x'])), []);
    const conflictOf = (...managers: readonly string[]): object | null =>
      actions.conflictIn(
        refused(
          409,
          ...managers.map((manager): [string, string, string] => [
            'FieldManagerConflict',
            `conflict with "${manager}" using batch/v1`,
            `.spec.${manager}`,
          ]),
        ),
      );
    assert.deepEqual(conflictOf('kubectl', 'jobwright', 'kubectl'), {
      others: ['kubectl (.spec.kubectl, .spec.kubectl)'],
    });
    assert.deepEqual(conflictOf('jobwright'), { others: [] });
    assert.equal(conflictOf(), null);
  });

  test('several are told by name, with what is their own; what holds for all is told once', () => {
    const parts = ['a', 'b'].map((name, n) => {
      const own = address('Job', name);
      return {
        address: own,
        plan: planOf(actions.planSuspendJob(own, job({ status: { active: n } }), true)),
        answers: [],
      };
    });
    const deadline = parts.map(({ address: own, plan }) => ({
      address: own,
      plan: { ...plan, detail: [...plan.detail, 'For all.'] },
    }));
    const left = [
      { address: address('CronJob', 'c'), why: 'CronJob team/c is suspended already.' },
      { address: address('Job', 'd'), why: 'You may not.' },
    ];
    const [a, b, ...rest] = actions.detailOfEach(deadline, left);
    assert.match(a ?? '', /^Job team\/a: No pod of it runs now/);
    assert.match(b ?? '', /^Job team\/b: 1 pod that runs is deleted/);
    assert.deepEqual(rest, [
      'For all.',
      'Left out: CronJob team/c is suspended already.',
      'Left out: Job team/d: You may not.',
    ]);
    assert.equal(actions.sayHowMany([at, at, address('CronJob', 'c')]), '2 Jobs and 1 CronJob');
    assert.equal(actions.undoOfEach(parts)?.length, 2);
    const deletion = { address: at, plan: actions.planDelete(at, job(), 'Background'), answers: [] };
    assert.equal(actions.undoOfEach([...parts, deletion]), null, 'half a way back is none');
  });
});
