import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lintSource } from '../../client/cli/lint-report.ts';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import type { Severity } from '../../server/core/validation/finding.ts';
import { analyse } from '../../server/src/features/analysis.ts';
import { codeLensesOf } from '../../server/src/features/code-lens.ts';
import { completionsOf } from '../../server/src/features/completion.ts';
import { fixAll } from '../../server/src/features/fixes.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { manifestOf, manifestsOf } from '../../server/src/features/manifests.ts';
import { DEFAULT_SETTINGS } from '../../server/src/features/settings.ts';

const JOB_SET = `apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata:
  name: train
spec:
  network: {enableDNSHostnames: true}
  coordinator: {replicatedJob: driver}
  replicatedJobs:
    - name: driver
      template:
        spec:
          completions: 1
          template:
            spec:
              containers:
                - name: driver
                  image: driver:1
    - name: workers
      replicas: 2
      template:
        spec:
          parallelism: 4
          completions: 4
          backoffLimit: 0
          template:
            spec:
              containers:
                - name: worker
                  image: worker:1
`;

/** The text without its mark, and where that stood. */
function marked(text: string): { text: string; position: { line: number; character: number } } {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return { text: text.replace('|', ''), position: { line: before.length - 1, character: before.at(-1)!.length } };
}

function lint(text: string) {
  const [report] = lintSource('train.yaml', text).documents;
  assert.ok(report !== undefined);
  return report;
}

describe('JobSet', () => {
  it('has nothing to say about a good one', () => {
    const { apiVersion, kind, name, accepted, items, findings } = lint(JOB_SET);
    assert.deepEqual(
      { apiVersion, kind, name },
      { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', name: 'train' },
    );
    assert.deepEqual(findings, []);
    assert.equal(accepted, undefined, 'a JobSet is for its own controller to take or refuse');
    assert.deepEqual(items, [
      { item: 0, kind: 'Job', name: 'train-driver-0', accepted: true },
      { item: 1, kind: 'Job', name: 'train-workers-0', accepted: true },
    ]);
  });
  it('is judged where it holds Jobs, at its own path', () => {
    const { findings, items } = lint(
      JOB_SET.replace('backoffLimit: 0', 'backoffLimit: -1').replace('completions: 1', 'completion: 1'),
    );
    assert.deepEqual(
      findings.map(({ rule, field, item }) => ({ rule, field, item })),
      [
        { rule: 'api/unknown-field', field: 'spec.replicatedJobs[0].template.spec.completion', item: undefined },
        { rule: 'api/invalid', field: 'spec.replicatedJobs[1].template.spec.backoffLimit', item: undefined },
      ],
    );
    assert.deepEqual(
      items?.map(({ accepted }) => accepted),
      [false, false],
    );
  });
  it('says nothing about its own fields', () => {
    const own = JOB_SET.replace('  network:', '  suspended: maybe\n  network:').replace('replicas: 2', 'replica: two');
    assert.deepEqual(lint(own).findings, []);
    assert.deepEqual(lint(JOB_SET.replace(/replicatedJobs:[^]*/, 'replicatedJobs: none\n')).findings, []);
  });
  it('leaves kinds of the same name in other groups alone', () => {
    assert.deepEqual(
      lint(JOB_SET.replace('jobset.x-k8s.io', 'example.com').replace('backoffLimit: 0', 'backoffLimit: x')).findings,
      [],
    );
  });
  it('gives no name to a Job, and minds none', () => {
    const { findings } = lint(JOB_SET.replace('name: train', 'generateName: train-'));
    assert.deepEqual(findings, []);
    const long = lint(JOB_SET.replace('name: train', `name: ${'train'.repeat(20)}`));
    assert.deepEqual(long.findings, []);
  });
  it('gives advice, and fixes at the right place', () => {
    const text = JOB_SET.replace('parallelism: 4', 'parallelism: 9');
    const { findings } = lint(text);
    assert.deepEqual(
      findings.map(({ rule, field }) => [rule, field]),
      [['advice/parallelism-capped', 'spec.replicatedJobs[1].template.spec.parallelism']],
    );
    const misspelled = JOB_SET.replace('backoffLimit: 0', 'backofLimit: 0');
    assert.equal(fixAll(misspelled, DEFAULT_SETTINGS, new Set<Severity>(['error'])).text, JOB_SET);
  });
  it('explains and completes fields of its templates', () => {
    const over = marked(JOB_SET.replace('parallelism', 'para|llelism'));
    assert.match(hoverAt(analyse(over.text, 1), over.position, { now: 0 })?.contents.value ?? '', /4 pods at once/);
    const outside = marked(JOB_SET.replace('replicas', 'repl|icas'));
    assert.equal(hoverAt(analyse(outside.text, 1), outside.position, { now: 0 }), null);
    const labels = (text: string): readonly string[] => {
      const { text: own, position } = marked(text);
      return completionsOf(analyse(own, 1), position).map(({ label }) => label);
    };
    const inSpec = labels(JOB_SET.replace('backoffLimit: 0', 'back|'));
    assert.ok(inSpec.includes('backoffLimit') && !inSpec.includes('parallelism'));
    assert.deepEqual(labels(JOB_SET.replace('completions: 1', 'completionMode: |')), ['Indexed', 'NonIndexed']);
    assert.deepEqual(labels(JOB_SET.replace('      replicas: 2', '      |')), []);
    assert.deepEqual(
      labels(
        JOB_SET.replace(
          '      template:\n        spec:\n          completions',
          '      template:\n        |\n        spec:\n          completions',
        ),
      ),
      ['metadata'],
    );
  });
  it('can be simulated and watched, one Job of each template', () => {
    const analysis = analyse(JOB_SET, 1);
    assert.deepEqual(
      manifestsOf(analysis, 'file:///a').map(({ name, item, kind }) => [name, item, kind]),
      [
        ['train-driver-0', 0, 'Job'],
        ['train-workers-0', 1, 'Job'],
      ],
    );
    const { object } = manifestOf(analysis, { uri: 'file:///a', document: 0, item: 1 })!;
    assert.equal((object as Job).spec?.completionMode, 'Indexed');
    assert.equal((object as Job).spec?.template?.spec?.restartPolicy, 'OnFailure');
    const commands = codeLensesOf(analysis, 'file:///a', { watch: true, now: 0 }).map(
      ({ command }) => command?.command,
    );
    assert.deepEqual(commands, ['jobwright.simulate', 'jobwright.watch', 'jobwright.simulate', 'jobwright.watch']);
  });
});
