import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { CommandError, type Command } from '../../../client/cli/io.ts';
import { plain } from '../../../client/cli/plain.ts';
import { run as wait } from '../../../client/cli/wait.ts';
import { run as why } from '../../../client/cli/why.ts';
import { FakeServer } from './fake-server.ts';
import { endedStatus, EVENTS, job, JOBS, pod, PODS, stamp, until } from './objects.ts';

const ENDED = (type: 'Complete' | 'Failed', reason: string): object => ({
  startTime: stamp(0),
  succeeded: type === 'Complete' ? 1 : 0,
  failed: type === 'Failed' ? 1 : 0,
  conditions: [{ type, status: 'True', reason, message: 'a message', lastTransitionTime: stamp(90) }],
});

suite('why and wait', () => {
  let server: FakeServer;
  let folder: string;
  let kubeconfig: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jobwright-why-'));
    kubeconfig = join(folder, 'config');
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    server = await FakeServer.start();
    const config = {
      'current-context': 'c',
      clusters: [{ name: 'k', cluster: { server: server.url } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace: 'team' } }],
    };
    await writeFile(kubeconfig, JSON.stringify(config));
  });
  afterEach(() => server.close());

  interface Ran {
    readonly status: number;
    readonly out: string;
    readonly complaints: string;
  }
  /** Runs a command; a CommandError becomes what the command line makes of it. */
  async function ran(command: Command, args: readonly string[], input = ''): Promise<Ran> {
    let out = '';
    let complaints = '';
    const io = {
      write: (text: string) => Promise.resolve(void (out += text)),
      complain: (text: string) => Promise.resolve(void (complaints += text)),
      read: () => Promise.resolve(new TextEncoder().encode(input)),
      terminal: false,
    };
    try {
      const status = await command(args, io);
      return { status, out, complaints };
    } catch (error) {
      assert.ok(error instanceof CommandError);
      return { status: 2, out, complaints: error.message };
    }
  }
  const live = (command: Command, ...args: string[]): Promise<Ran> =>
    ran(command, [...args, '--kubeconfig', kubeconfig]);
  const list = (...items: readonly object[]): string => JSON.stringify({ kind: 'List', items });
  const kind = (name: string, object: object): object => ({ kind: name, ...object });

  test('why explains the Jobs of a list, each with its own pods', async () => {
    const failed = kind(
      'Job',
      job('x', { status: ENDED('Failed', 'BackoffLimitExceeded'), spec: { backoffLimit: 0 } }),
    );
    const pods = [
      kind('Pod', pod('x-1', 'x-uid', endedStatus(7, 1, 2))),
      kind('Pod', pod('y-1', 'y-uid', endedStatus(9, 1, 2))),
    ];
    const { status, out } = await ran(why, ['-'], list(failed, kind('Job', job('y')), ...pods));
    assert.equal(status, 0);
    const [x, y] = out.split('\n\n');
    assert.match(
      x ?? '',
      /^Job team\/x\n {2}error: The Job failed: 1 pod has failed and backoffLimit allows 0\. {2}\[why\/failed\]/,
    );
    assert.match(x ?? '', /exit code 7/);
    assert.doesNotMatch(x ?? '', /exit code 9/);
    assert.match(y ?? '', /^Job team\/y\n[^]*exit code 9/);
  });

  test('why as JSON, from a recorded run without an origin: no moments', async () => {
    const file = join(folder, 'trace.json');
    const status = {
      active: 0,
      succeeded: 0,
      failed: 1,
      started: true,
      conditions: ['FailureTarget=True:DeadlineExceeded', 'Failed=True:DeadlineExceeded'],
    };
    const pods = [{ ordinal: 0, created: 0, started: 1, finished: 5, phase: 'Failed', exitCode: 3 }];
    await writeFile(file, JSON.stringify({ name: 'r', pods, statuses: [{ t: 6, status }], events: [] }));
    const { out } = await ran(why, [file, '--format', 'json']);
    const { jobs } = JSON.parse(out) as {
      readonly jobs: readonly { readonly name: string; readonly findings: readonly { readonly rule: string }[] }[];
    };
    assert.deepEqual(
      jobs.map(({ name, findings }) => [name, findings.map(({ rule }) => rule)]),
      [['r', ['why/failed', 'why/pod-failed']]],
    );
    assert.doesNotMatch(out, /1970/);
  });

  test('why reads a live Job, with the events of pods that do not start', async () => {
    server.put(JOBS, job('x', { status: { active: 1 } }));
    server.put(PODS, pod('x-1', 'x-uid', { phase: 'Pending' }));
    server.put(EVENTS, {
      metadata: { name: 'e', uid: 'e' },
      involvedObject: { kind: 'Pod', name: 'x-1', uid: 'x-1-uid' },
      reason: 'FailedMount',
      message: 'configmap "c" not found',
      lastTimestamp: stamp(5),
    });
    const { status, out } = await live(why, 'job/x');
    assert.equal(status, 0);
    assert.match(out, /error: The pod x-1 cannot start: a volume cannot be mounted\.[^]*configmap "c" not found/);
  });

  test('why says in one line what it cannot do', async () => {
    assert.match((await live(why, 'job/none')).complaints, /^There is no Job team\/none in this cluster\.$/);
    assert.match((await ran(why, [], 'apiVersion: v1')).complaints, /looks like YAML: use -o json/);
    assert.match((await ran(why, [], '{"kind":"Pod"}')).complaints, /holds no Job/);
    assert.match((await ran(why, ['a', 'b'])).complaints, /one thing at a time/);
    assert.match((await ran(why, ['--bogus'])).complaints, /Unknown option/);
    assert.match((await ran(why, [join(folder, 'none')])).complaints, /no such file/);
    server.fault = () => ({ kind: 'status', code: 401 });
    assert.match((await live(why, 'job/x')).complaints, /does not accept the credentials/);
  });

  test('text of the cluster cannot steer the terminal', async () => {
    assert.equal(plain('a\u001b[31mb\r\nc\u202ed'), 'a [31mb c d');
    const message = 'red \u001b[31m text';
    const conditions = [{ type: 'Failed', status: 'True', reason: 'Odd', message }];
    const { out } = await ran(why, ['-'], list(kind('Job', job('x', { status: { conditions } }))));
    assert.ok(out.includes('red  [31m text') && !out.includes('\u001b'));
  });

  test('wait ends with the Job: 0 for Complete', async () => {
    server.put(JOBS, job('x', { status: { active: 1 } }));
    const waiting = live(wait, 'job/x', '--timeout', '30s');
    await until(() => server.watching >= 2, 'the watch stands');
    server.put(JOBS, job('x', { status: ENDED('Complete', 'CompletionsReached') }));
    const { status, out, complaints } = await waiting;
    assert.deepEqual([status, complaints], [0, '']);
    assert.equal(out, 'Job team/x is complete (CompletionsReached: a message). It took 1 min 30 s.\n');
  });

  test('wait: 1 for Failed, with what went wrong', async () => {
    server.put(JOBS, job('x', { status: ENDED('Failed', 'BackoffLimitExceeded') }));
    server.put(PODS, pod('x-1', 'x-uid', endedStatus(7, 1, 2)));
    const { status, out, complaints } = await live(wait, 'jobs/x');
    assert.equal(status, 1);
    assert.match(out, /^Job team\/x failed \(BackoffLimitExceeded: a message\)/);
    assert.match(complaints, /1 pod failed with exit code 7/);
    const json = await live(wait, 'job.batch/x', '--format', 'json');
    assert.equal((JSON.parse(json.out) as { readonly outcome: string }).outcome, 'Failed');
  });

  test('wait: 2 when the time is over, with why it is not done', async () => {
    server.put(JOBS, job('x', { spec: { suspend: true } }));
    const { status, out, complaints } = await live(wait, 'job/x', '--timeout', '200ms');
    assert.deepEqual([status, out], [2, '']);
    assert.match(complaints, /^jobwright: The Job has not ended within 200 ms\.\n {2}The Job is suspended/);
  });

  test('wait: 1 when it is deleted, 2 when it is not there or the question is wrong', async () => {
    server.put(JOBS, job('x'));
    const waiting = live(wait, 'job/x');
    await until(() => server.watching >= 2, 'the watch stands');
    server.remove(JOBS, 'x-uid');
    const deleted = await waiting;
    assert.equal(deleted.status, 1);
    assert.match(deleted.complaints, /was deleted while it was watched/);
    const missing = await live(wait, 'job/none');
    assert.deepEqual([missing.status, missing.out], [2, '']);
    assert.match(missing.complaints, /There is no Job team\/none/);
    assert.match((await ran(wait, ['x'])).complaints, /needs one job\/NAME/);
    assert.match((await ran(wait, ['job/x', '--timeout', 'soon'])).complaints, /a duration such as/);
  });

  test('--bundle saves a report and a recording, with secrets masked', async () => {
    const template = {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'x', env: [{ name: 'API_TOKEN', value: 'hunter2' }] }],
      },
    };
    const object = job('x', { spec: { template }, status: ENDED('Failed', 'BackoffLimitExceeded') });
    server.put(JOBS, object);
    server.put(PODS, pod('x-1', 'x-uid', endedStatus(3, 10, 20)));
    const file = join(folder, 'incident.md');
    const said = await live(why, 'job/x', '--bundle', file);
    assert.match(said.complaints, /saved .*incident\.md and .*incident\.jobwright\.json; 1 value was masked/);
    const report = await readFile(file, 'utf8');
    const recording = await readFile(join(folder, 'incident.jobwright.json'), 'utf8');
    assert.match(report, /# Job team\/[^]*## Why[^]*## Pods[^]*x-1[^]*## Logs/);
    for (const text of [report, recording]) assert.ok(!text.includes('hunter2'));
    const again = await ran(why, [join(folder, 'incident.jobwright.json')]);
    assert.match(again.out, /BackoffLimitExceeded|backoffLimit/);
  });
});
