import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { withSharedParts } from '../../../client/cluster/shared-parts.ts';
import { readPod } from '../../../server/core/timeline/observed-shapes.ts';
import { pod } from './objects.ts';

suite('what two versions of a pod share', () => {
  const read = (status: object, name = 'p') => {
    const found = readPod(pod(name, 'job-uid', status));
    assert.ok(found);
    return found;
  };

  test('the new version says the same, and holds the unchanged parts of the old', () => {
    const [before, after] = [read({ phase: 'Pending' }), read({ phase: 'Running' })];
    const shared = withSharedParts(before, after);
    assert.deepEqual(shared, after);
    assert.equal(shared.spec, before.spec);
    assert.equal(shared.metadata.labels, before.metadata.labels);
    assert.equal(shared.metadata.ownerReferences, before.metadata.ownerReferences);
  });

  test('what changed or went is as in the new version', () => {
    const before = read({});
    const after = { ...read({}), spec: { nodeName: 'other' } };
    const metadata = { ...after.metadata };
    Reflect.deleteProperty(metadata, 'finalizers');
    const shared = withSharedParts(before, { ...after, metadata });
    assert.deepEqual(shared, { ...after, metadata });
  });
});
