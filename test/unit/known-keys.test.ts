import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterObjectsIn } from '../../server/src/features/cluster-objects.ts';
import { keysNear } from '../../server/src/features/known-keys.ts';

const HERE = 'file:///work/jobs/job.yaml';
const configMap = (keys: string, metadata = 'name: settings'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {${metadata}}\n${keys}\n`;

/** The keys of ConfigMap `settings` for a Job in `/work/jobs`, from files at these addresses. */
function keys(files: Readonly<Record<string, string>>, namespace: string | null = null): string[] | null {
  const objects = Object.entries(files).flatMap(([uri, text]) => clusterObjectsIn(text, `file:///work/${uri}`));
  const known = keysNear(HERE, objects)({ namespace })('ConfigMap', 'settings');
  return known === null ? null : [...known].sort();
}

describe('keys of ConfigMaps and Secrets', () => {
  it('are known of an object nearby, from all its parts', () => {
    assert.deepEqual(keys({ 'jobs/a.yaml': configMap('data: {a: x}\nbinaryData: {b: eA==}') }), ['a', 'b']);
    assert.deepEqual(keys({ 'a.yaml': configMap('data: {a: x}') }), ['a']);
    assert.deepEqual(keys({ 'jobs/deeper/a.yaml': configMap('data: {a: x}') }), ['a']);
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\ndata: {a: eA==}\nstringData: {b: x}\n';
    const known = keysNear(HERE, clusterObjectsIn(secret, HERE))({ namespace: null })('Secret', 'login');
    assert.deepEqual([...(known ?? [])], ['a', 'b']);
  });
  it('are not known of an object elsewhere, or in another namespace', () => {
    assert.equal(keys({ 'other/a.yaml': configMap('data: {a: x}') }), null);
    assert.equal(keys({ 'jobs/a.yaml': configMap('data: {a: x}', 'name: settings, namespace: dev') }, 'prod'), null);
  });
  it('are those of all that define it', () => {
    assert.deepEqual(keys({ 'jobs/a.yaml': configMap('data: {a: x}'), 'overlays/b.yaml': configMap('data: {b: x}') }), [
      'a',
      'b',
    ]);
  });
  it('are not known for sure where something else may add some', () => {
    const near = { 'jobs/a.yaml': configMap('data: {a: x}') };
    assert.equal(keys({ 'jobs/a.yaml': configMap('') }), null, 'filled in by somebody');
    assert.equal(
      keys({ ...near, 'b/kustomization.yaml': 'configMapGenerator:\n  - {name: settings, files: [a]}\n' }),
      null,
    );
    assert.equal(keys({ 'jobs/a.yaml': configMap('data:\n  a: x\n  {{ .Values.more }}') }), null, 'a template');
    assert.equal(
      keys({
        'jobs/a.yaml': configMap(
          'data: {a: x}',
          'name: settings, labels: {config.openshift.io/inject-trusted-cabundle: "true"}',
        ),
      }),
      null,
    );
  });
});
