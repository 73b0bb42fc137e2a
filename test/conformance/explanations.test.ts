// Whatever a simulated run shows has its why: one sentence, and the field or rule that caused it where there is one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { dataOf } from '../../server/core/manifest/data.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { simulateCronJob } from '../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob } from '../../server/core/simulation/simulate.ts';
import { podByPod } from '../../server/core/timeline/explanations.ts';
import type { Explanation, Timeline } from '../../server/core/timeline/timeline.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

interface Recording {
  readonly job?: Job;
  readonly cronJob?: CronJob;
  readonly horizon: number;
}

function timelinesOf(file: URL): readonly Timeline[] {
  const data = dataOf(readDocuments(readFileSync(file, 'utf8'))[0]?.root ?? null) as Recording;
  const { job, cronJob, horizon } = data;
  const { scenario } = parseScenario(data);
  const options = { seed: 1, until: horizon };
  if (cronJob === undefined) return [simulateJob(job!, scenario, options)];
  return simulateCronJob(cronJob, scenario, options).runs.map(({ timeline }) => timeline);
}

/** Conditions that the run ever shows as true, by type. */
function conditionsOf({ statuses }: Timeline): ReadonlySet<string> {
  return new Set(
    statuses.flatMap(({ status }) =>
      'deleted' in status ? [] : (status.conditions ?? []).map((condition) => condition.split('=')[0]!),
    ),
  );
}

/** What a run shows without saying why, one line each. */
function unexplained(timeline: Timeline): string[] {
  const { pods, waits, explanations } = timeline;
  const explained = new Map(podByPod(explanations).map((each) => [keyOf(each), each]));
  const missing: string[] = [];
  const need = (key: string, withField: boolean): void => {
    const found = explained.get(key);
    if (found === undefined) missing.push(key);
    else if (!/\.$/.test(found.text)) missing.push(`${key} is no sentence: ${found.text}`);
    else if (withField && (found.field ?? '') === '') missing.push(`${key} names no field: ${found.text}`);
  };
  for (const { ordinal, deleting, phase, countedFailed } of pods) {
    need(`pod ${ordinal} created`, true);
    // A person or the cluster deletes for reasons that no field says; with the Job itself go all its pods.
    if (deleting !== null && !deletedWithJob(timeline, deleting)) need(`pod ${ordinal} deleting`, false);
    if (phase === 'Failed' && countedFailed === true) need(`pod ${ordinal} finished`, true);
  }
  for (const type of conditionsOf(timeline)) need(`condition ${type}`, true);
  for (const { index } of waits) need(`wait ${String(index)}`, true);
  return missing;
}

function keyOf({ about }: Explanation): string {
  if (about.kind === 'pod') return `pod ${about.ordinal} ${about.moment}`;
  if (about.kind === 'condition') return `condition ${about.type}`;
  return about.kind === 'wait' ? `wait ${String(about.index)}` : 'job';
}

/** True when the pod goes because the Job does: that is explained once, for the Job. */
function deletedWithJob({ statuses, explanations }: Timeline, moment: number): boolean {
  if (!statuses.some(({ status }) => 'deleted' in status)) return false;
  return explanations.some(({ about, t, text }) => about.kind === 'job' && text.includes('delete') && t <= moment);
}

for (const folder of ['traces/scenarios/', 'cronjobs/scenarios/']) {
  const place = new URL(folder, import.meta.url);
  for (const file of readdirSync(place))
    test(`${folder}${file} explains all that it shows`, () => {
      for (const timeline of timelinesOf(new URL(file, place))) assert.deepEqual(unexplained(timeline), [], timeline.name);
    });
}
