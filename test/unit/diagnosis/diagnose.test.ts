import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { diagnose } from '../../../server/core/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../../server/core/diagnosis/diagnosis.ts';
import { readRecordedRun } from '../../../server/core/diagnosis/recorded.ts';
import { readJob, readWorkload } from '../../../server/core/timeline/observed-shapes.ts';
import { sharedPath, skipWithoutShared } from '../../shared.ts';
import { at, eventAbout, failedStatus, findingsOf, podWith, waitingStatus, type Situation } from './job-with.ts';

const FAILED = (reason: string, seconds = 90): object[] =>
  ['FailureTarget', 'Failed'].map((type) => ({
    type,
    status: 'True',
    reason,
    message: 'm',
    lastTransitionTime: at(seconds),
  }));

/** The finding of this rule, which must be there once. */
function only(rule: string, situation: Situation): Diagnosis {
  const found = findingsOf(situation);
  const matching = found.filter((finding) => finding.rule === rule);
  assert.equal(matching.length, 1, `${rule} in ${found.map((finding) => finding.rule).join(', ')}`);
  return matching[0]!;
}
const rulesOf = (situation: Situation): string[] => findingsOf(situation).map(({ rule }) => rule);

suite('why a Job is where it is', () => {
  test('it simply runs', () => {
    assert.deepEqual(rulesOf({}), ['why/running']);
    assert.match(
      findingsOf({ status: { succeeded: 4, ready: 2 } })[0]!.summary,
      /4 of 10 completions, 3 pods active, 2 ready/,
    );
  });

  test('it failed: the condition comes first, then what the pods say', () => {
    const pods = [1, 2].map((n) => podWith(`p${n}`, failedStatus(3, n)));
    const found = findingsOf({
      pods,
      spec: { backoffLimit: 1 },
      status: { active: 0, failed: 2, conditions: FAILED('BackoffLimitExceeded') },
    });
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['why/failed', 'why/pod-failed'],
    );
    assert.match(found[0]!.summary, /2 pods have failed and backoffLimit allows 1/);
    assert.equal(found[0]!.field, 'spec.backoffLimit');
    assert.match(found[1]!.summary, /^2 pods failed with exit code 3 of container main/);
  });

  const condition = (type: string, reason: string): object => ({
    type,
    status: 'True',
    reason,
    lastTransitionTime: at(90),
  });

  test('it is failing: pods that still end are waited for', () => {
    const { summary, severity } = only('why/failing', {
      status: {
        active: 0,
        failed: 7,
        terminating: 2,
        conditions: [condition('FailureTarget', 'BackoffLimitExceeded')],
      },
    });
    assert.equal(severity, 'error');
    assert.match(summary, /^The Job is failing, and waits for 2 pods to end: 7 pods have failed and backoffLimit/);
  });

  test('it is complete, or has met its goal and waits for pods that still end', () => {
    const status = { active: 0, succeeded: 10, completionTime: at(90) };
    const met = condition('SuccessCriteriaMet', 'CompletionsReached');
    assert.equal(
      only('why/complete', { status: { ...status, conditions: [met, condition('Complete', 'CompletionsReached')] } })
        .summary,
      'The Job is Complete after 1 min 30 s: 10 pods have succeeded.',
    );
    const policy = {
      active: 0,
      succeeded: 1,
      terminating: 1,
      conditions: [condition('SuccessCriteriaMet', 'SuccessPolicy')],
    };
    const completing = only('why/completing', { status: policy });
    assert.match(completing.summary, /its successPolicy was met.* and waits for 1 pod to end/);
    assert.equal(completing.field, 'spec.successPolicy');
  });

  test('it is being deleted, and what that waits for', () => {
    const metadata = { deletionTimestamp: at(90), finalizers: ['foregroundDeletion'] };
    const { summary, severity } = only('why/deleting', { metadata });
    assert.equal(severity, 'information');
    assert.match(summary, /^The Job is being deleted since 10 s: /);
  });

  test('a scheduling gate holds its pods back', () => {
    const gated = podWith(
      'p',
      {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'SchedulingGated',
            message: 'gated',
            lastTransitionTime: at(2),
          },
        ],
      },
      { spec: { nodeName: undefined, schedulingGates: [{ name: 'example.com/quota' }] } },
    );
    const { summary, severity } = only('why/scheduling-gated', { pods: [gated] });
    assert.equal(severity, 'information');
    assert.match(summary, /waits behind a scheduling gate \(example\.com\/quota\)/);
  });

  test('pods that were stopped with the Job are no failures of their own', () => {
    const stopped = podWith('p', failedStatus(143, 9), {
      metadata: { deletionTimestamp: at(38), deletionGracePeriodSeconds: 30 },
    });
    assert.deepEqual(
      rulesOf({ pods: [stopped], status: { active: 0, failed: 1, conditions: FAILED('DeadlineExceeded') } }),
      ['why/failed'],
    );
  });

  test('the API server refuses its pods', () => {
    const events = [
      eventAbout('Job', 'x', 'FailedCreate', 'pods "x-1" is forbidden: exceeded quota: small, requested: pods=1'),
    ];
    const { summary, severity } = only('why/failed-create', { events, status: { active: 0 } });
    assert.equal(severity, 'error');
    assert.match(summary, /ResourceQuota of the namespace is used up\. 0 pods run of 3/);
    // A refusal that pods came after is over.
    const later = podWith('p', { phase: 'Running' }, { metadata: { creationTimestamp: at(60) } });
    assert.ok(!rulesOf({ events, pods: [later] }).includes('why/failed-create'));
  });

  test('no node takes a pod', () => {
    const message = '0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate.';
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message };
    const pods = [podWith('p', { phase: 'Pending', conditions: [condition] })];
    const { summary, suggestion, field } = only('why/unschedulable', { pods });
    assert.match(summary, /No node takes the pod p: 0\/3 nodes/);
    assert.match(suggestion ?? '', /Ask for less/);
    assert.equal(field, 'spec.template.spec.containers[0].resources.requests');
  });

  test('an image cannot be pulled', () => {
    const pods = ['p1', 'p2'].map((name) => podWith(name, waitingStatus('ImagePullBackOff', 'Back-off pulling image')));
    const { summary, field } = only('why/image-pull', { pods });
    assert.match(summary, /2 pods cannot start: the image busybox:9 cannot be pulled\..*waits for ever/);
    assert.equal(field, 'spec.template.spec.containers[0].image');
    assert.doesNotMatch(only('why/image-pull', { pods, spec: { activeDeadlineSeconds: 500 } }).summary, /for ever/);
  });

  test('a Secret is missing, a volume cannot be mounted', () => {
    const pods = [podWith('p', waitingStatus('CreateContainerConfigError', 'secret "s" not found'))];
    assert.equal(
      only('why/container-config', { pods }).evidence[0]?.text,
      'CreateContainerConfigError: secret "s" not found',
    );
    const events = [eventAbout('Pod', 'p', 'FailedMount', 'configmap "c" not found')];
    assert.match(only('why/volume', { pods, events }).evidence[0]?.text ?? '', /configmap "c" not found/);
  });

  test('a container keeps ending, for lack of memory', () => {
    const terminated = { exitCode: 137, reason: 'OOMKilled', finishedAt: at(20) };
    const status = {
      name: 'main',
      restartCount: 4,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated },
    };
    const limits = { containers: [{ name: 'main', resources: { limits: { memory: '64Mi' } } }] };
    const pods = [podWith('p', { phase: 'Running', containerStatuses: [status] }, { spec: limits })];
    assert.match(only('why/crash-loop', { pods }).summary, /exit code 137 .*4 restarts/);
    const { summary, field } = only('why/out-of-memory', { pods });
    assert.match(summary, /its limit is 64Mi/);
    assert.equal(field, 'spec.template.spec.containers[0].resources.limits.memory');
  });

  test('a pod was taken away: offered is a policy that ignores that, unless there is one', () => {
    const conditions = [
      { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' },
    ];
    const pods = [podWith('p', { ...failedStatus(137, 9), conditions })];
    const found = only('why/disruption', { pods });
    assert.match(found.summary, /The pod p was taken away .* counts towards backoffLimit/);
    assert.equal(found.fixes?.length, 1);
    const rules = [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }];
    const ignoring = { pods, spec: { podFailurePolicy: { rules } } };
    assert.match(only('why/disruption', ignoring).summary, /podFailurePolicy ignores that/);
    assert.equal(only('why/disruption', ignoring).fixes, undefined);
    assert.equal(only('why/failure-policy', ignoring).field, 'spec.podFailurePolicy.rules[0]');
  });

  test('it waits after failures: until when, and which attempt', () => {
    const pods = [1, 2, 3].map((n) =>
      podWith(`p${n}`, failedStatus(1, n * 20), { metadata: { creationTimestamp: at(n * 10) } }),
    );
    const found = only('why/backoff-wait', { pods, status: { active: 0, failed: 3 }, now: 70 });
    // The third failure in a row, at 60 s: 40 s of waiting.
    assert.equal(found.until, Date.parse(at(100)));
    assert.match(
      found.summary,
      /waits another 30 s before the next pod, after 3 failures in a row \(3 of 6 that are allowed\)/,
    );
    assert.ok(!rulesOf({ pods, status: { active: 0, failed: 3 }, now: 101 }).includes('why/backoff-wait'));
  });

  test('few failures are left', () => {
    assert.match(only('why/backoff-limit-near', { status: { failed: 6 } }).summary, /the next failure ends the Job/);
    assert.match(only('why/backoff-limit-near', { status: { failed: 5 } }).summary, /2 more failures end the Job/);
    assert.ok(!rulesOf({ status: { failed: 3 } }).includes('why/backoff-limit-near'));
  });

  test('its deadline', () => {
    const far = only('why/deadline', { spec: { activeDeadlineSeconds: 3600 }, now: 600 });
    assert.equal(far.severity, 'information');
    assert.match(far.summary, /fails in 50 min/);
    const near = only('why/deadline-near', { spec: { activeDeadlineSeconds: 3600 }, now: 3400 });
    assert.equal(near.until, Date.parse(at(3600)));
  });

  test('it is suspended, by whom, and since when', () => {
    const managedFields = [
      { manager: 'kubectl-create', operation: 'Update', time: at(0), fieldsV1: { 'f:spec': { 'f:parallelism': {} } } },
      { manager: 'night-shift', operation: 'Update', time: at(40), fieldsV1: { 'f:spec': { 'f:suspend': {} } } },
    ];
    const found = findingsOf({ metadata: { managedFields }, spec: { suspend: true }, status: { active: 0 } });
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['why/suspended'],
    );
    assert.match(found[0]!.summary, /night-shift set that \(2026-01-01T00:00:40Z\)/);
    assert.deepEqual(found[0]!.fixes?.[0]?.edits, [{ kind: 'set', path: ['spec', 'suspend'], value: false }]);
    const queued = { metadata: { labels: { 'kueue.x-k8s.io/queue-name': 'gpu' } }, spec: { suspend: true } };
    assert.match(only('why/suspended', queued).summary, /Kueue holds it back until its queue gpu has room/);
    assert.equal(only('why/suspended', queued).fixes, undefined);
  });

  test('somebody else manages it', () => {
    const found = findingsOf({ spec: { managedBy: 'kueue.x-k8s.io/multikueue' }, status: { startTime: undefined } });
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['why/managed-by'],
    );
  });

  test('fewer pods than parallelism says, or none at all', () => {
    assert.match(
      only('why/parallelism-capped', { status: { succeeded: 8 } }).summary,
      /At most 2 pods run at once, not 3/,
    );
    assert.deepEqual(rulesOf({ spec: { parallelism: 0 }, status: { active: 0 } }), ['why/paused']);
    assert.ok(
      rulesOf({ spec: { podReplacementPolicy: 'Failed' }, status: { terminating: 1 } }).includes(
        'why/waiting-for-terminating',
      ),
    );
  });

  test('a helper container keeps the pod alive', () => {
    const containerStatuses = [
      { name: 'main', restartCount: 0, state: { terminated: { exitCode: 0, finishedAt: at(10) } } },
      { name: 'proxy', restartCount: 0, state: { running: { startedAt: at(1) } } },
    ];
    const found = only('why/lingering-container', { pods: [podWith('p', { phase: 'Running', containerStatuses })] });
    assert.match(found.summary, /main ended 1 min 30 s ago, but proxy still runs/);
  });

  test('held back by Kueue: its Workload is quoted', () => {
    const { metadata, status } = {
      metadata: { name: 'job-x-1a2b', uid: 'w' },
      status: {
        conditions: [
          {
            type: 'QuotaReserved',
            status: 'False',
            reason: 'Pending',
            message: "couldn't assign flavors: cpu",
            lastTransitionTime: at(5),
          },
        ],
      },
    };
    const labels = { 'kueue.x-k8s.io/queue-name': 'team' };
    const job = readJob({ metadata: { name: 'x', uid: 'x-uid', labels }, spec: { suspend: true } })!;
    const workloads = [readWorkload({ metadata, status })!];
    const [found] = diagnose({ job, pods: [], events: [], workloads, now: Date.parse(at(60)) });
    assert.match(
      found?.summary ?? '',
      /Kueue holds it back until its queue team has room: “couldn't assign flavors: cpu”\./,
    );
    assert.deepEqual(found?.evidence.at(-1), {
      object: 'workload/job-x-1a2b',
      field: 'status.conditions[?(@.type=="QuotaReserved")]',
      text: "False (Pending): couldn't assign flavors: cpu",
      at: at(5),
    });
  });

  test('a TTL under GitOps: the tool makes the Job again', () => {
    const ended = {
      conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: at(10) }],
    };
    const situation = { status: ended, spec: { ttlSecondsAfterFinished: 3600 } };
    const plain = findingsOf(situation).find(({ rule }) => rule === 'why/ttl');
    assert.doesNotMatch(plain?.summary ?? '', /again/);
    const marks: readonly (readonly [object, RegExp])[] = [
      [
        { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:batch/Job:shop/x' } },
        /Argo CD keeps it: it makes the Job again/,
      ],
      [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' } }, /Flux keeps it/],
    ];
    for (const [metadata, says] of marks) {
      const found = findingsOf({ ...situation, metadata }).find(({ rule }) => rule === 'why/ttl');
      assert.match(found?.summary ?? '', says);
      assert.match(found?.suggestion ?? '', /Without ttlSecondsAfterFinished the Job stays and runs once/);
      assert.equal(found?.evidence.length, 2);
    }
  });

  test('leftovers: deletion, finalizers, a node that is gone, the TTL', () => {
    const deleting = { deletionTimestamp: at(20), finalizers: ['example.com/hold'] };
    assert.match(
      only('why/deletion-stuck', { metadata: deleting }).summary,
      /since 1 min 20 s: its finalizer example.com\/hold/,
    );
    const gone = podWith('p', { phase: 'Running' }, { metadata: { deletionTimestamp: at(10) } });
    assert.match(only('why/pod-stuck', { pods: [gone] }).summary, /should have ended 1 min 30 s ago/);
    const held = podWith('p', failedStatus(1, 5));
    const ended = { active: 0, failed: 7, conditions: FAILED('BackoffLimitExceeded', 10) };
    assert.equal(only('why/finalizer-stuck', { pods: [held], status: ended }).severity, 'warning');
    const ttl = only('why/ttl-near', { status: ended, spec: { ttlSecondsAfterFinished: 300 } });
    assert.equal(ttl.until, Date.parse(at(310)));
  });

  test('indexes that were given up', () => {
    const situation = {
      spec: { completionMode: 'Indexed', backoffLimitPerIndex: 1, maxFailedIndexes: 3, backoffLimit: 2147483647 },
      status: { failedIndexes: '0,4', failed: 4 },
    };
    assert.match(
      only('why/failed-indexes', situation).summary,
      /indexes 0,4 have failed for good.*more than 3 indexes/,
    );
    assert.ok(!rulesOf(situation).includes('why/backoff-limit-near'));
  });

  test('objects with fields of wrong types are read as far as they can be', () => {
    const strange = findingsOf({
      spec: { parallelism: 'three', template: [], suspend: 1 },
      status: { conditions: {}, failed: '7' },
    });
    assert.equal(strange[0]?.rule, 'why/running');
  });

  test(
    'every recorded run has an explanation that fits its end',
    { skip: skipWithoutShared('oracle/simulation/traces') },
    () => {
      const folder = sharedPath('oracle/simulation/traces')!;
      for (const file of readdirSync(folder)) {
        const input = readRecordedRun(JSON.parse(readFileSync(join(folder, file), 'utf8')));
        assert.ok(input, file);
        const [first] = diagnose(input);
        const conditions = input.job.status?.conditions?.map(({ type }) => type) ?? [];
        const expected = conditions.includes('Complete')
          ? /^why\/complete$/
          : conditions.includes('Failed')
            ? /^why\/failed$/
            : /^why\//;
        assert.match(first?.rule ?? '', expected, file);
      }
    },
  );
});
