import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeLifecycle, isMeant, lifecycleOf } from '../../../client/webview/model/lifecycle.ts';
import { jobOf, simulated } from '../simulation/simulated.ts';

const job = jobOf({ completions: 2, parallelism: 1, backoffLimit: 3, activeDeadlineSeconds: 600 });
const timeline = simulated(job, {
  default: { run: 10 },
  pods: [{ match: { ordinal: 0 }, exitCode: 1 }],
});
const at = (t: number) => lifecycleOf(timeline, job, t);
const litAt = (t: number): readonly string[] =>
  at(t)
    .nodes.filter(({ lit }) => lit)
    .map(({ id }) => id);

test('the stations are those that this Job uses', () => {
  assert.deepEqual(
    at(0).nodes.map(({ id }) => id),
    ['created', 'pods', 'backoff', 'succeeded', 'failed', 'target', 'limit', 'deadline', 'Complete', 'Failed'],
  );
  const policy = jobOf({ podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [] }] }, suspend: true });
  const stations = lifecycleOf(simulated(policy, {}), policy, 0).nodes.map(({ id }) => id);
  assert.ok(stations.includes('policy') && stations.includes('suspended') && !stations.includes('deadline'));
});

test('every edge leads from one of its stations to another', () => {
  const { nodes, edges } = at(0);
  const ids = new Set(nodes.map(({ id }) => id));
  for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} ${to}`);
  assert.equal(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size, nodes.length);
});

test('the ways count what went along them so far', () => {
  const label = (t: number, to: string): string => at(t).edges.find((edge) => edge.to === to && !edge.back)!.label;
  assert.deepEqual([label(5, 'pods'), label(5, 'succeeded'), label(5, 'failed')], ['1', '', '']);
  const { until } = timeline;
  assert.deepEqual([label(until, 'pods'), label(until, 'succeeded'), label(until, 'failed')], ['3', '2', '1']);
});

test('the station at the playhead is lit, with its numbers', () => {
  assert.deepEqual(litAt(5), ['pods']);
  assert.deepEqual(litAt(15), ['backoff']);
  assert.deepEqual(litAt(timeline.until), ['Complete']);
  const node = (t: number, id: string) => at(t).nodes.find((each) => each.id === id)!;
  assert.equal(node(timeline.until, 'target').count, '2 of 2');
  assert.equal(node(timeline.until, 'limit').count, '1 of 3');
  assert.equal(node(timeline.until, 'Complete').count, 'CompletionsReached');
  assert.match(describeLifecycle(at(15)), /^The Job is at: Waits to retry \(until /);
});

test('without a manifest no limit is claimed, and no field', () => {
  const { nodes } = lifecycleOf(timeline, null, timeline.until);
  assert.ok(nodes.every(({ field }) => field === null));
  assert.equal(nodes.find(({ id }) => id === 'limit')!.count, '1 failed');
});

test('a cursor in a field, or inside it, means its station', () => {
  assert.ok(isMeant({ field: 'spec.podFailurePolicy.rules' }, 'spec.podFailurePolicy.rules[0].action'));
  assert.ok(isMeant({ field: 'spec.suspend' }, 'spec.suspend'));
  assert.ok(!isMeant({ field: 'spec.suspend' }, 'spec.suspended'));
  assert.ok(!isMeant({ field: null }, 'spec.suspend') && !isMeant({ field: 'spec.suspend' }, null));
});
