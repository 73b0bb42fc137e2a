import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { stringify } from 'yaml';
import type { Finding } from '../../server/core/validation/finding.ts';
import { answerTo } from '../conformance/agreement.ts';
import { createAuthority } from './certificates.ts';
import { mutate, type Base } from './mutation.ts';
import { manifestText } from './mutation/spellings.ts';
import { randomCronJob } from './random-cronjob.ts';
import { randomScenario } from './random-scenario.ts';
import { mergePatch } from './record-updates.ts';
import { disagreements, type Trace } from './trace.ts';
import { cronTraceScenario, traceScenario } from './trace-scenario.ts';
import { twistedScenario } from './twisted-scenario.ts';

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

const base: Base = {
  name: 'base.yaml',
  manifest: {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'base', namespace: 'default' },
    spec: {
      completions: 3,
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } },
    },
  },
};

test('mutations depend on the seed alone and are all different', () => {
  const make = (seed: number): string[] =>
    [...mutate({ bases: [base], seed, count: 50, jobFields: 0.4, grownFields: 0.3 })].map(({ yaml }) => yaml);
  assert.deepEqual(make(3), make(3));
  assert.notDeepEqual(make(3), make(4));
  assert.equal(new Set(make(3)).size, 50);
  // The namespace says where a manifest is sent, so it stays.
  assert.ok(make(3).every((yaml) => yaml.includes('namespace: default')));
});

test('marks of raw scalars and equal keys do not reach the manifest', () => {
  const text = manifestText({ a: '@raw<0777>', b: '@raw<!!int "3">', 'c@twin': 1, c: 2, d: 'yes' });
  assert.equal(text, 'a: 0777\nb: !!int "3"\nc: 1\nc: 2\nd: "yes"\n');
});

test('a merge patch removes what the new manifest lacks', () => {
  assert.deepEqual(mergePatch({ a: 1, b: { c: 1, d: 2 }, e: [1] }, { b: { c: 1, d: 3 }, e: [1, 2] }), {
    a: null,
    b: { d: 3 },
    e: [1, 2],
  });
});

test('random scenarios depend on the seed alone, are read without a problem, and have Jobs that are accepted', () => {
  for (const make of [randomScenario, twistedScenario]) {
    assert.deepEqual(make(7), make(7));
    for (let seed = 0; seed < 300; seed++) {
      const { job } = traceScenario(make(seed), `seed ${seed}`);
      assert.deepEqual(answerTo(stringify(job)).findings.filter(isError), [], `seed ${seed}`);
    }
  }
  assert.deepEqual(randomCronJob(7), randomCronJob(7));
  for (let seed = 0; seed < 300; seed++) {
    const { cronJob } = cronTraceScenario(randomCronJob(seed), `seed ${seed}`);
    assert.deepEqual(answerTo(stringify(cronJob)).findings.filter(isError), [], `seed ${seed}`);
  }
});

test('traces agree in spite of noise, and disagree by a pod, a condition or two seconds', () => {
  const trace = (created: number, exitCode: number, condition: string): Trace => ({
    name: 'x',
    pods: [{ ordinal: 0, attempt: 0, created, phase: 'Failed', exitCode }],
    statuses: [{ t: 5, status: { active: 0, failed: 1, succeeded: 0, started: true, conditions: [condition] } }],
    events: [{ t: 0, type: 'Normal', reason: 'SuccessfulCreate', message: 'Created pod: <pod>', count: 1 }],
  });
  const one = trace(0, 1, 'Failed=True:BackoffLimitExceeded');
  assert.deepEqual(disagreements(one, trace(1.5, 1, 'Failed=True:BackoffLimitExceeded')), []);
  assert.equal(disagreements(one, trace(2, 1, 'Failed=True:BackoffLimitExceeded')).length, 1);
  assert.equal(disagreements(one, trace(0, 2, 'Failed=True:BackoffLimitExceeded')).length, 1);
  assert.equal(disagreements(one, trace(0, 1, 'Failed=True:DeadlineExceeded')).length, 2);
});

test('certificates are signed by their authority', () => {
  const authority = createAuthority();
  const key = new X509Certificate(authority.certificate).publicKey;
  const server = new X509Certificate(
    authority.server({ user: 'server', hosts: ['127.0.0.1', '::1', 'localhost'] }).certificate,
  );
  assert.ok(server.verify(key));
  assert.ok(server.checkIP('127.0.0.1') !== undefined && server.checkHost('localhost') !== undefined);
  const client = new X509Certificate(authority.client({ user: 'ada', groups: ['system:masters'] }).certificate);
  assert.ok(client.verify(key));
  assert.match(client.subject, /O=system:masters\nCN=ada/);
});
