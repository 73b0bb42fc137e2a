import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layoutLifecycle } from '../../../client/webview/model/lifecycle-layout.ts';
import { lifecycleOf } from '../../../client/webview/model/lifecycle.ts';
import { timeline } from './timelines.ts';

const job = {
  apiVersion: 'batch/v1',
  kind: 'Job' as const,
  metadata: { name: 'a' },
  spec: {
    suspend: true,
    activeDeadlineSeconds: 60,
    podFailurePolicy: {
      rules: [{ action: 'Ignore' as const, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    },
    template: { spec: { restartPolicy: 'Never', containers: [] } },
  },
};
const { nodes } = lifecycleOf(timeline([]), job, 0);

test('the graph runs across where there is room, else down, and no station covers another', () => {
  const wide = layoutLifecycle(nodes, 1200);
  const narrow = layoutLifecycle(nodes, 420);
  assert.ok(wide.width > 600 && wide.height < narrow.height);
  assert.ok(narrow.width <= 420, `${narrow.width} px wide`);
  for (const layout of [wide, narrow]) {
    const boxes = nodes.map((node) => layout.boxOf(node));
    for (const [at, a] of boxes.entries()) {
      assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.width <= layout.width && a.y + a.height <= layout.height);
      for (const b of boxes.slice(at + 1))
        assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
    }
  }
});
