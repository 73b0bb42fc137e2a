// "Simulate what happened": the scenario made of a run, played again, gives the run.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { dataOf } from '../../server/core/manifest/data.ts';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { compareTraces } from '../../server/core/timeline/compare-traces.ts';
import { readRecording } from '../../server/core/timeline/recording.ts';
import { scenarioOf } from '../../server/core/timeline/scenario-of.ts';
import type { Timeline } from '../../server/core/timeline/timeline.ts';
import { traceOfTimeline, type Trace } from '../../server/core/timeline/trace.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

const folder = new URL('traces/', import.meta.url);

interface Played {
  readonly name: string;
  readonly job: Job;
  readonly horizon: number;
  readonly content: Readonly<Record<string, unknown>>;
}

const all: readonly Played[] = readdirSync(new URL('scenarios/', folder)).map((file) => {
  const text = readFileSync(new URL(`scenarios/${file}`, folder), 'utf8');
  const { job, horizon, ...content } = dataOf(readDocuments(text)[0]!.root) as Record<string, unknown>;
  return { name: file.replace('.yaml', ''), job: job as Job, horizon: horizon as number, content };
});

/** The timeline again, from its own scenario. */
function again(timeline: Timeline, { job, horizon }: Played): Timeline {
  const { scenario, problems } = parseScenario(scenarioOf(timeline));
  assert.deepEqual(problems, []);
  return simulateJob(job, scenario, { seed: 1, until: horizon });
}

/** Runs in which something decided that no timeline tells. */
const BEYOND: ReadonlySet<string> = new Set([
  // A field other than parallelism, completions and suspend was changed.
  'backoff-limit-lowered',
  'deadline-raised',
  'controller-restart-in-backoff',
  'quota-3',
  // Which of several containers it was that ended so.
  'policy-init-container',
  'policy-second-container',
  'mixed-ended-container-drained',
  // Which of several alike pods a scale-down takes: what its init container did is told as startup.
  'mixed-deleted-pod-replaced-late',
]);

/** A trace keeps less than a recording: no reasons of pods, no restarts, not when a pod got its node. */
const TRACE_LACKS: ReadonlySet<string> = new Set([
  'evicted-ignored',
  'fail-index-mix',
  'ignore-disruptions',
  'image-pull-fails',
  'node-lost',
  'node-lost-ignored',
  'onfailure-both-containers',
  'onfailure-evicted',
  'onfailure-limit-0',
  'onfailure-limit-1',
  'onfailure-limit-2-thrice',
  'onfailure-per-index',
  'onfailure-shared',
  'onfailure-sidecar-restarts',
  'pod-deadline-exits-0',
  'policy-order',
  'tainted-ignored',
]);

describe('simulate what happened', () => {
  for (const played of all) {
    if (BEYOND.has(played.name)) continue;
    test(`${played.name}, as simulated`, () => {
      const { scenario } = parseScenario(played.content);
      const first = simulateJob(played.job, scenario, { seed: 1, until: played.horizon });
      assert.deepEqual(compareTraces(traceOfTimeline(first), traceOfTimeline(again(first, played))), []);
    });
  }

  for (const played of all) {
    const file = new URL(`recorded/${played.name}.json`, folder);
    // Nor does a trace say what people did to the Job.
    if (!existsSync(file) || 'actions' in played.content) continue;
    if (BEYOND.has(played.name) || TRACE_LACKS.has(played.name)) continue;
    test(`${played.name}, as the real controller did it`, () => {
      const trace = JSON.parse(readFileSync(file, 'utf8')) as Trace;
      const recording = readRecording(trace);
      assert.ok(recording);
      assert.deepEqual(compareTraces(trace, traceOfTimeline(again(recording.timeline, played))), []);
    });
  }
});
