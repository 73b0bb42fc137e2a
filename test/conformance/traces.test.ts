import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dataOf } from '../../client/cli/manifest-data.ts';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
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
    const timeline = simulateJob(job!, scenario, { seed: 1, until: horizon });
    found = compareTraces(recorded as Trace, traceOfTimeline(timeline));
  } else {
    // A recorder looks for the last time at its horizon or a moment later: a slot there may have come or not.
    for (const until of [horizon, horizon + 0.5]) {
      const timeline = simulateCronJob(cronJob, scenario, { seed: 1, until });
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
