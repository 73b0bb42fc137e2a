import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { TextEncoder } from 'node:util';
import { CommandError, type Io } from '../../../client/cli/io.ts';
import { runSimulate } from '../../../client/cli/simulate.ts';

const TEMPLATE = 'template: {spec: {restartPolicy: Never, containers: [{name: worker, image: busybox}]}}';
const TWO_JOBS = `apiVersion: batch/v1
kind: Job
metadata: {name: first}
spec: {completions: 2, parallelism: 2, ${TEMPLATE}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: second}
spec: {backoffLimit: 0, ${TEMPLATE}}
`;
const CRON = `apiVersion: batch/v1
kind: CronJob
metadata: {name: tick}
spec: {schedule: "* * * * *", jobTemplate: {spec: {${TEMPLATE}}}}
`;
const REFUSED = `apiVersion: batch/v1
kind: Job
metadata: {name: bad}
spec: {parallelism: -1, ${TEMPLATE}}
`;

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobwright-simulate-'));
  for (const [name, text] of Object.entries({
    'two.yaml': TWO_JOBS,
    'cron.yaml': CRON,
    'refused.yaml': REFUSED,
    'none.yaml': 'kind: Service\napiVersion: v1\n',
    'broken.yaml': 'kind: Job\napiVersion: batch/v1\nmetadata: {name: x\n',
    'fails.jobwright.yaml': 'default: {run: 1, exitCode: 1}\n',
    'wrong.jobwright.yaml': 'default: {runn: 1}\n',
    'negative.jobwright.yaml': 'actions: [{at: -3, suspend: true}]\n',
    'list.jobwright.yaml': '[1, 2]\n',
    'unclosed.jobwright.yaml': 'pods: [\n',
    'cron-only.jobwright.yaml': 'for: {kind: CronJob}\n',
    'hangs.jobwright.yaml': 'default: {run: -1}\n',
    'finds-nothing.jobwright.yaml': 'pods: [{match: {ordinal: 50}, run: 1}]\nactions: [{at: 100, parallelism: 3}]\n',
    'chance.jobwright.yaml': 'default: {run: {p50: 5, p95: 20}, failureProbability: 0.3}\n',
  }))
    writeFileSync(join(folder, name), text);
});
after(() => rmSync(folder, { recursive: true }));

/** Runs the command; file names are those of the folder. A CommandError is exit status 2 with its line. */
async function simulate(
  ...args: string[]
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    write: (text) => Promise.resolve(void (out += text)),
    complain: (text) => Promise.resolve(void (err += text)),
    read: () => Promise.resolve(new TextEncoder().encode(TWO_JOBS)),
    terminal: false,
  };
  const paths = args.map((arg) => (arg.endsWith('.yaml') ? join(folder, arg) : arg));
  try {
    return { status: await runSimulate(paths, io), out, err };
  } catch (problem) {
    assert.ok(problem instanceof CommandError, String(problem));
    return { status: 2, out, err: err + problem.message };
  }
}

/** The JSON that was printed; fields are looked at as they come. */
async function simulatedJson(...args: string[]): Promise<Record<string, unknown>> {
  const { status, out } = await simulate(...args, '--format', 'json');
  assert.equal(status, 0);
  return JSON.parse(out) as Record<string, unknown>;
}

test('text draws the timeline and says why it ends', async () => {
  const { status, out } = await simulate('two.yaml', '--job', 'first');
  assert.equal(status, 0);
  assert.match(out, /^first {2}Completes with CompletionsReached after 5 s, using 2 pods/);
  assert.match(out, /pod 1 +·+━+✓/);
  assert.match(out, /Why: 2 of 2 completions have succeeded/);
});

test('one Job is one object, several stand in "jobs"', async () => {
  const one = await simulatedJson('two.yaml', '--job', 'first');
  assert.equal(one['name'], 'first');
  for (const field of ['pods', 'statuses', 'events', 'end']) assert.ok(field in one, field);
  const several = await simulatedJson('two.yaml');
  assert.deepEqual(
    (several['jobs'] as { name: string }[]).map(({ name }) => name),
    ['first', 'second'],
  );
  const piped = await simulatedJson('-');
  assert.equal((piped['jobs'] as unknown[]).length, 2);
});

test('a CronJob shows its Jobs, and with --jobs the timeline of each', async () => {
  const plain = await simulatedJson('cron.yaml', '--until', '200');
  assert.deepEqual(
    (plain['jobs'] as { slot: number }[]).map(({ slot }) => slot),
    [60, 120, 180],
  );
  assert.ok(!('timeline' in (plain['jobs'] as object[])[0]!));
  const deep = await simulatedJson('cron.yaml', '--until', '200', '--jobs');
  assert.ok('timeline' in (deep['jobs'] as object[])[0]!);
});

test('svg is one picture', async () => {
  const { status, out } = await simulate('two.yaml', '--job', 'second', '--format', 'svg');
  assert.equal(status, 0);
  assert.match(out, /^<svg [\s\S]*<\/svg>\n$/);
  assert.equal((await simulate('two.yaml', '--format', 'svg')).status, 2);
});

test('an expectation that is missed is exit status 1 and one line', async () => {
  const met = await simulate('two.yaml', '--expect', 'end=Complete', '--expect', 'seconds<=10', '--expect', 'pods<=2');
  assert.deepEqual([met.status, met.err], [0, '']);
  const missed = await simulate(
    'two.yaml',
    '--job',
    'second',
    '--scenario',
    'fails.jobwright.yaml',
    '--expect',
    'end=Complete',
  );
  assert.deepEqual([missed.status, missed.err], [1, 'jobwright: expected end=Complete, but end is Failed\n']);
});

test('a failed simulation without an expectation is exit status 0', async () => {
  assert.equal((await simulate('two.yaml', '--scenario', 'fails.jobwright.yaml')).status, 0);
});

test('many runs give odds, the same for the same seed', async () => {
  const args = ['two.yaml', '--job', 'second', '--scenario', 'chance.jobwright.yaml', '--runs', '400', '--seed', '5'];
  const [first, second] = [await simulatedJson(...args), await simulatedJson(...args)];
  assert.deepEqual(first, second);
  const { runs, seed, ends } = first['monteCarlo'] as {
    runs: number;
    seed: number;
    ends: { outcome: string; count: number }[];
  };
  assert.deepEqual([runs, seed, ends.length], [400, 5, 2]);
  assert.equal((await simulate(...args, '--expect', 'odds.Complete>=0.5')).status, 0);
  assert.equal((await simulate(...args, '--expect', 'odds.Complete>=0.99')).status, 1);
  assert.match((await simulate(...args)).out, /400 runs from seed 5:/);
});

test('cost: hours of what pods request, by prices, for the run and for each kind of end', async () => {
  const job = TWO_JOBS.split('---')[0]!.replace(
    'image: busybox',
    'image: busybox, resources: {requests: {cpu: 2, memory: 1Gi}}',
  );
  writeFileSync(join(folder, 'priced.yaml'), job);
  const args = ['priced.yaml', '--scenario', 'chance.jobwright.yaml', '--runs', '50', '--prices', 'cpu=3,memory=1'];
  const { cost, monteCarlo } = (await simulatedJson(...args)) as {
    readonly cost: { cpuHours: number; gibHours: number; price: number };
    readonly monteCarlo: { ends: { podHours: number; cost: { cpuHours: number; price: number } }[] };
  };
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a} and ${b}`);
  near(cost.cpuHours, 2 * cost.gibHours);
  near(cost.price, 3 * cost.cpuHours + cost.gibHours);
  for (const { podHours, cost: average } of monteCarlo.ends) {
    near(average.cpuHours, 2 * podHours);
    near(average.price, 7 * podHours);
  }
  const { out } = await simulate(...args);
  assert.match(out, /By the prices given: /);
  assert.match(
    out,
    /Complete CompletionsReached \(on average [\d.]+ CPU-hours, [\d.]+ GiB-hours, at a price of [\d.]+\)/,
  );
});

test('what the API server would refuse stops, unless forced', async () => {
  const refused = await simulate('refused.yaml');
  assert.equal(refused.status, 2);
  assert.match(refused.err, /would refuse Job bad: spec\.parallelism/);
  const forced = await simulate('refused.yaml', '--force');
  assert.equal(forced.status, 0);
  assert.match(forced.err, /simulated all the same/);
});

test('a run that would never end says what it waits for, and does not meet a time', async () => {
  const args = ['two.yaml', '--job', 'first', '--scenario', 'hangs.jobwright.yaml'];
  const { status, out } = await simulate(...args);
  assert.equal(status, 0);
  assert.match(out, /^first {2}Never ends\. It waits for 2 running pods to end; no activeDeadlineSeconds ends/);
  const missed = await simulate(...args, '--expect', 'seconds<=3600');
  assert.match(missed.err, /expected seconds<=3600, but seconds is 604800/);
  const cut = await simulate('two.yaml', '--job', 'first', '--until', '2');
  assert.match(cut.out, /^first {2}Has not ended after 2 s, .* It waits for 2 running pods/s);
});

test('what finds nothing is noted', async () => {
  const { status, out } = await simulate('two.yaml', '--job', 'first', '--scenario', 'finds-nothing.jobwright.yaml');
  assert.equal(status, 0);
  assert.match(out, /: The scenario's rule pods\[0\] matches no pod of this run\.$/m);
  assert.match(out, /^1 min 40 s: The action at 100 s finds a finished Job, and changes no pod\.$/m);
});

test('whatever keeps the command from its work is one line and exit status 2', async () => {
  for (const [args, line] of [
    [[], /needs a file/],
    [['missing.yaml'], /cannot read .*missing\.yaml: no such file/],
    [['none.yaml'], /holds no Job/],
    [['broken.yaml'], /broken\.yaml cannot be read/],
    [['two.yaml', '--job', 'third'], /no Job named third; it holds first, second/],
    [['two.yaml', '--format', 'png'], /unknown format png/],
    [['two.yaml', '--seed', 'x'], /--seed x/],
    [['two.yaml', '--runs', '0'], /--runs 0/],
    [['two.yaml', '--until=-5'], /--until -5/],
    [['two.yaml', '--until=soon'], /--until soon/],
    [['two.yaml', '--expect', 'foo'], /--expect foo/],
    [['two.yaml', '--nonsense'], /nonsense/],
    [['two.yaml', '--prices', 'disk=3'], /--prices disk=3/],
    [['two.yaml', '--scenario', 'missing.yaml'], /cannot read/],
    [['two.yaml', '--scenario', 'wrong.jobwright.yaml'], /default\.runn: |no field "runn"; did you mean "run"/],
    [['two.yaml', '--scenario', 'negative.jobwright.yaml'], /actions\[0\]\.at is -3; it must be .* not negative/],
    [['two.yaml', '--scenario', 'list.jobwright.yaml'], /The scenario is \[1,2\]; it must be a map/],
    [['two.yaml', '--scenario', 'unclosed.jobwright.yaml'], /cannot be read: \[ is not closed/],
    [['two.yaml', '--scenario', 'cron-only.jobwright.yaml'], /is for a CronJob, and .* holds first, second/],
    [['two.yaml', '--kubernetes-version', '1.20'], /unknown Kubernetes version 1\.20: 1\.29 to 1\.37 are known/],
  ] as const) {
    const { status, err } = await simulate(...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(err, line);
    assert.ok(!err.trimEnd().includes('\n'), err);
  }
});
