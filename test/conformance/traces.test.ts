import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dataOf } from '../../server/core/manifest/data.ts';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { refusalOfUpdate } from '../../server/core/validation/refused-update.ts';
import { compareCronTraces, compareTraces, type TraceDifference } from '../../server/core/timeline/compare-traces.ts';
import { cronTraceOfTimeline, type CronTrace } from '../../server/core/timeline/cron-trace.ts';
import { traceOfTimeline, type Trace } from '../../server/core/timeline/trace.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { sharedPath } from '../shared.ts';

/** A scenario file: the manifest beside the scenario, and how long was recorded. */
interface Recording {
  readonly job?: Job;
  readonly cronJob?: CronJob;
  readonly horizon: number;
}

function inRepository(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

const SOURCES: readonly { readonly name: string; readonly scenarios: string | null; readonly traces: string | null }[] = [
  { name: 'own recordings of Jobs', scenarios: inRepository('traces/scenarios'), traces: inRepository('traces/recorded') },
  {
    name: 'own recordings of CronJobs',
    scenarios: inRepository('cronjobs/scenarios'),
    traces: inRepository('cronjobs/recorded'),
  },
  {
    name: 'shared recordings of Jobs',
    scenarios: sharedPath('oracle/simulation/scenarios'),
    traces: sharedPath('oracle/simulation/traces'),
  },
  {
    name: 'shared recordings of CronJobs',
    scenarios: sharedPath('oracle/cronjob/scenarios'),
    traces: sharedPath('oracle/cronjob/traces'),
  },
];

/**
 * The fields that things of one kind have in a trace, and their JSON types. A moment that has not come may be null or
 * absent: both say the same.
 */
function shapesOf(things: readonly object[]): ReadonlySet<string> {
  return new Set(
    things.map((thing) =>
      Object.entries(thing)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? 'array' : typeof value}`)
        .sort()
        .join(', '),
    ),
  );
}

/** Fields that a recording has and ours lacks, or that are of another type, kind by kind; ours may have more. */
function missingShapes(kind: string, recorded: readonly object[], simulated: readonly object[]): string[] {
  const ours = [...shapesOf(simulated)].map((shape) => new Set(shape.split(', ')));
  return [...shapesOf(recorded)]
    .filter((shape) => !ours.some((other) => shape.split(', ').every((field) => other.has(field))))
    .map((shape) => `${kind}: no simulated one has just ${shape}`);
}

function shapeDifferences(recorded: Trace, simulated: Trace): string[] {
  const counted = (trace: Trace): object[] => trace.statuses.map(({ status }) => status);
  const recordedPods = shapesOf(recorded.pods);
  const recordedStatuses = shapesOf(counted(recorded));
  return [
    ...missingShapes('pod', recorded.pods, simulated.pods),
    ...missingShapes('status', counted(recorded), counted(simulated)),
    ...missingShapes('event', recorded.events, simulated.events),
    // Of pods and statuses that ours has no more is shown than the API would, either.
    ...[...shapesOf(simulated.pods)].filter((shape) => !recordedPods.has(shape)).map((shape) => `pod: only ours ${shape}`),
    ...[...shapesOf(counted(simulated))]
      .filter((shape) => !recordedStatuses.has(shape))
      .map((shape) => `status: only ours ${shape}`),
  ];
}

/** What the simulator says otherwise than the recording, one line each. */
function differences(scenarioPath: string, tracePath: string): string[] {
  const data = dataOf(readDocuments(readFileSync(scenarioPath, 'utf8'))[0]?.root ?? null);
  const { job, cronJob, horizon } = data as Recording;
  // A recorder notes there what the server refused.
  const source = Object.fromEntries(Object.entries(data as object).filter(([name]) => name !== 'refused'));
  const { scenario, problems } = parseScenario(source);
  assert.deepEqual(problems, []);
  const recorded: unknown = JSON.parse(readFileSync(tracePath, 'utf8'));
  let found: TraceDifference[] = [];
  if (cronJob === undefined) {
    const timeline = simulateJob(job!, scenario, { seed: 1, until: horizon, judge: refusalOfUpdate });
    const simulated = traceOfTimeline(timeline);
    found = compareTraces(recorded as Trace, simulated);
    assert.deepEqual(shapeDifferences(recorded as Trace, simulated), []);
  } else {
    // A recorder looks for the last time at its horizon or a moment later: a slot there may have come or not.
    for (const until of [horizon, horizon + 0.5]) {
      const timeline = simulateCronJob(cronJob, scenario, { seed: 1, until, judge: refusalOfUpdate });
      found = compareCronTraces(recorded as CronTrace, cronTraceOfTimeline(timeline, false));
      if (found.length === 0) break;
    }
  }
  return found.map(({ what, expected, actual }) => `${what}: recorded ${expected}, simulated ${actual}`);
}

for (const { name, scenarios, traces } of SOURCES) {
  const there = scenarios !== null && traces !== null && existsSync(scenarios) && existsSync(traces);
  describe(name, { skip: there ? false : `${name} are not here` }, () => {
    if (!there) return;
    for (const file of readdirSync(scenarios).sort()) {
      const trace = join(traces, file.replace(/\.yaml$/, '.json'));
      if (!file.endsWith('.yaml') || !existsSync(trace)) continue;
      test(file.slice(0, -'.yaml'.length), () => assert.deepEqual(differences(join(scenarios, file), trace), []));
    }
  });
}
