import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyse } from '../../server/src/features/analysis.ts';
import { patchFinder } from '../../server/src/features/partial.ts';
import { DEFAULT_SETTINGS } from '../../server/src/features/settings.ts';
import { shownFindings } from '../../server/src/features/shown-findings.ts';
import { patchesOf } from '../../server/src/yaml/kustomization.ts';

describe('patches of a kustomization', () => {
  it('are found in all the places where it can name them', () => {
    const text = `
resources: [job.yaml]
patches:
  - path: patches/limits.yaml
    target: {kind: Job}
  - patch: |-
      - op: replace
        path: /spec/parallelism
  - path: patches/limits.yaml
patchesStrategicMerge:
  - deadline.yaml
  - |-
    apiVersion: batch/v1
    kind: Job
patchesJson6902:
  - path: ./ops.json
    target: {kind: Job, name: x}
`;
    assert.deepEqual(patchesOf(text), ['patches/limits.yaml', './ops.json', 'deadline.yaml']);
  });

  it('of anything else are none', () => {
    for (const text of ['', '[]', 'patches: 3', 'patches: [3, {path: 4}, {}]', '{{ x }}', 'patches:\n  path: a.yaml'])
      assert.deepEqual(patchesOf(text), []);
  });

  const files: Readonly<Record<string, string>> = {
    '/app/overlay/kustomization.yaml':
      'patches: [{path: patches/job.yaml}, {path: ./near.yaml}, {path: ../base/odd.yaml}]',
    '/app/overlay/patches/kustomization.yml': 'resources: [other.yaml]',
    '/app/other/Kustomization': 'patchesStrategicMerge: [part.yaml]',
  };
  const isPatch = patchFinder((path) => files[path] ?? null);

  it('are known by their path, from the same folder and from above', () => {
    assert.ok(isPatch('/app/overlay/patches/job.yaml'));
    assert.ok(isPatch('/app/overlay/near.yaml'));
    assert.ok(isPatch('/app/other/part.yaml'));
    assert.ok(!isPatch('/app/overlay/patches/other.yaml'));
    assert.ok(!isPatch('/app/overlay/job.yaml'));
    assert.ok(!isPatch('/job.yaml'));
    assert.ok(!isPatch('job.yaml'));
    assert.ok(!isPatch(`/${'a/'.repeat(60)}job.yaml`));
  });

  it('get decoding checks only, and one hint', () => {
    const text = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\nspec:\n  paralelism: 3\n  completions: "4"\n';
    const { document } = analyse(text, 1).documents[0]!;
    const said = (partial: boolean): string[] =>
      shownFindings(document, { ...DEFAULT_SETTINGS, partial }).map(({ rule }) => rule);
    assert.deepEqual(said(true), ['note/partial', 'api/unknown-field', 'api/wrong-type']);
    assert.ok(said(false).includes('api/required'));
    const bare = analyse('apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\n', 1).documents[0]!.document;
    assert.ok(shownFindings(bare, DEFAULT_SETTINGS).some(({ severity }) => severity === 'error'));
    assert.deepEqual(
      shownFindings(bare, { ...DEFAULT_SETTINGS, partial: true }).map(({ rule, severity }) => `${rule} ${severity}`),
      ['note/partial hint'],
    );
  });
});
