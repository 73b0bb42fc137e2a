import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../../server/core/simulation/simulate.ts';
import { readRecordedRun } from '../../../server/core/diagnosis/recorded.ts';
import { readRecording, recordingOf } from '../../../server/core/timeline/recording.ts';
import { scenarioOf } from '../../../server/core/timeline/scenario-of.ts';
import { traceOfTimeline } from '../../../server/core/timeline/trace.ts';

const job = {
  metadata: { name: 'report', namespace: 'team-a' },
  spec: {
    completions: 3,
    parallelism: 2,
    completionMode: 'Indexed',
    backoffLimit: 3,
    template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'x' }] } },
  },
};
const { scenario } = parseScenario({
  default: { startup: 1, run: 5 },
  pods: [{ match: { index: 1, attempt: 0 }, exitCode: 3 }],
  start: '2026-01-01T00:00:00Z',
});
const timeline = simulateJob(job, scenario, { seed: 1, until: 600 });

suite('a recording', () => {
  test('is read as it was written, and through JSON', () => {
    const file: unknown = JSON.parse(JSON.stringify(recordingOf({ ...timeline, certainty: 'observed' }, job)));
    const recording = readRecording(file);
    assert.ok(recording);
    // Explanations are made for readers, not recorded facts.
    assert.deepEqual(recording.timeline, { ...timeline, certainty: 'observed', explanations: [] });
    assert.deepEqual(recording.job, job);
  });

  test('is what `jobwright why` takes', () => {
    const input = readRecordedRun(recordingOf(timeline, job));
    assert.equal(input?.job.metadata.name, 'report');
    assert.equal(input.pods.length, 4);
  });

  test('a trace is a recording with less in it', () => {
    const recording = readRecording(traceOfTimeline(timeline));
    assert.equal(recording?.timeline.end?.reason, 'CompletionsReached');
    assert.equal(recording.timeline.completionMode, 'Indexed');
    assert.equal(recording.job, null);
  });

  test('of anything else there is none, and nonsense in it is left out', () => {
    for (const value of [null, 3, 'text', [], {}, { pods: 3, statuses: [] }, { kind: 'List', items: [] }])
      assert.equal(readRecording(value), null);
    const odd = readRecording({
      pods: [{ phase: 7, created: 'x', index: '<b>' }, 3],
      statuses: [{ t: 1, status: { active: '2', conditions: ['Failed=True:X', 4] } }],
      end: { outcome: 'Exploded' },
      origin: 'yesterday',
    });
    assert.equal(odd?.timeline.pods[0]?.phase, 'Unknown');
    assert.equal(odd.timeline.origin, null);
    assert.equal(odd.timeline.end, null);
  });
});

suite('the scenario of a run', () => {
  test('names what differs, in ranges, and what people did', () => {
    const scaled = { ...timeline, targets: [...timeline.targets, { ...timeline.targets[0]!, t: 2, parallelism: 3 }] };
    const { default: usual, pods, actions, start } = scenarioOf(scaled);
    assert.deepEqual(usual, { startup: 1.02, run: 5.01, exitCode: 0 });
    assert.deepEqual(pods, [{ match: { index: '1', attempt: 0 }, startup: 1.02, run: 5.01, exitCode: 3 }]);
    assert.deepEqual(actions, [{ at: 2, parallelism: 3 }]);
    assert.equal(start, timeline.origin);
  });

  test('of many pods is short', () => {
    const large = { ...job, spec: { ...job.spec, completions: 3000, parallelism: 3000 } };
    const spread = parseScenario({ default: { run: { p50: 60, p95: 120 } } }).scenario;
    const many = simulateJob(large, spread, { seed: 1, until: 3600 });
    const { pods } = scenarioOf(many);
    assert.ok((pods as unknown[]).length < 400, String((pods as unknown[]).length));
  });
});
