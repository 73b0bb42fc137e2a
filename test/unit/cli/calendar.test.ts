import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { run as calendar } from '../../../client/cli/calendar.ts';
import type { Calendar } from '../../../server/core/forecast/calendar.ts';
import { FakeServer } from '../cluster/fake-server.ts';
import { job, JOBS, stamp } from '../cluster/objects.ts';
import { folderForTests } from './jobwright.ts';

const { folder, run, write } = folderForTests();
const CRON_JOBS = '/apis/batch/v1/namespaces/team/cronjobs';

const cronJob = (name: string, schedule: string, more: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name, uid: `${name}-uid`, namespace: 'team', creationTimestamp: stamp(0) },
  spec: { schedule, jobTemplate: { spec: { parallelism: 3, completions: 3 } }, ...more },
  status: {},
});
const printed = JSON.stringify({
  kind: 'List',
  items: [
    cronJob('nightly', '30 2 * * *', { timeZone: 'Asia/Tokyo' }),
    cronJob('backup', '30 2 * * *', { timeZone: 'Asia/Tokyo' }),
    cronJob('asleep', '* * * * *', { suspend: true }),
  ],
});

describe('jobwright calendar', () => {
  test('of what kubectl printed: next runs, what starts together, the peak', () => {
    const { stdout, status } = run(['calendar', '--zone', 'UTC', '-'], printed);
    assert.equal(status, 0);
    assert.match(stdout, /^3 CronJobs of standard input; in the next 24 h 2 runs\. Times are of UTC\.$/m);
    assert.match(stdout, /^At most 6 pods at once, .*: backup, nightly\.$/m);
    assert.match(stdout, /^NEXT +IN +CRONJOB +SCHEDULE +ZONE +RUNS +PODS +USUALLY +LAST SUCCESS$/m);
    assert.match(stdout, /^\w{3} \d{4}-\d\d-\d\d 17:30 .* backup +30 2 \* \* \* +Asia\/Tokyo +1 +3$/m);
    assert.match(stdout, /^suspended +asleep /m);
    assert.match(stdout, /^ {2}backup, nightly: 6 pods, /m);
  });

  test('as JSON, further ahead', () => {
    const file = write('cronjobs.json', printed);
    const { stdout } = run(['calendar', '--format', 'json', '--hours', '48', file]);
    const { entries, collisions } = JSON.parse(stdout) as Calendar;
    assert.deepEqual(
      entries.map(({ name, runs }) => [name, runs.length]),
      [
        ['backup', 2],
        ['nightly', 2],
        ['asleep', 0],
      ],
    );
    assert.equal(collisions[0]?.times.length, 2);
  });

  for (const [args, input, says] of [
    [['-'], 'kind: CronJob', /it looks like YAML.*kubectl get cronjobs,jobs -o json/],
    [['-'], '{"kind":"List","items":[]}', /holds no CronJob/],
    [['missing.json'], '', /missing\.json: no such file/],
    [['--zone', 'Berlin', '-'], printed, /--zone Berlin: a time zone/],
    [['--hours', '0', '-'], printed, /--hours 0: a number from 1/],
    [['a', 'b'], '', /calendar reads one thing/],
  ] as const)
    test(`${args.join(' ')}: says what is wrong`, () => {
      const { stderr, status } = run(['calendar', ...args], input);
      assert.equal(status, 2);
      assert.match(stderr, says);
    });

  test('of a live namespace, also without the right to list Jobs', async () => {
    const server = await FakeServer.start();
    try {
      server.put(CRON_JOBS, cronJob('nightly', '30 2 * * *') as Parameters<FakeServer['put']>[1]);
      server.put(JOBS, job('other'));
      const kubeconfig = `${folder}/${write(
        'config',
        JSON.stringify({
          'current-context': 'c',
          clusters: [{ name: 'k', cluster: { server: server.url } }],
          users: [{ name: 'u', user: { token: 't' } }],
          contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace: 'team' } }],
        }),
      )}`;
      const ran = async (): Promise<readonly [out: string, complaints: string]> => {
        let [out, complaints] = ['', ''];
        await calendar(['--kubeconfig', kubeconfig, '--zone', 'UTC'], {
          read: () => Promise.resolve(new Uint8Array()),
          write(text) {
            out += text;
            return Promise.resolve();
          },
          complain(text) {
            complaints += text;
            return Promise.resolve();
          },
          terminal: false,
        });
        return [out, complaints];
      };
      const [out] = await ran();
      assert.match(out, /^1 CronJob of team on c; in the next 24 h 1 run\./);
      const message = 'User "x" cannot list resource "jobs" in API group "batch" in the namespace "team"';
      server.fault = ({ url }) =>
        url.pathname === JOBS ? { kind: 'status', code: 403, body: { kind: 'Status', code: 403, message } } : null;
      const [limited, complaints] = await ran();
      assert.match(limited, /^1 CronJob of team on c/);
      assert.match(complaints, /You may not list jobs in the namespace "team"/);
    } finally {
      await server.close();
    }
  });
});
