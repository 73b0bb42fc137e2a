import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import { formatPath } from '../../server/core/manifest/path.ts';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { judgeObjectUpdate } from '../../server/core/validation/update.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import type { UpdateCase } from '../cluster/record-updates.ts';

/** Recorded by test/cluster/record-updates.ts; another recording can be named to be compared as well. */
const RECORDED = [new URL('./verdicts/updates.jsonl.gz', import.meta.url), process.env['JOBWRIGHT_UPDATES'] ?? []].flat();

function objectOf(yaml: string, kind: 'Job' | 'CronJob'): Job | CronJob {
  return decodeObject(readDocuments(yaml)[0]!.root!, kind).object;
}

/** `type field`, each once, in order. */
function causesOf({ kind, old, yaml }: UpdateCase): string[] {
  const [before, after] = [objectOf(old, kind), objectOf(yaml, kind)];
  const findings = judgeObjectUpdate(kind, before, after);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ type, path }) => `${type} ${formatPath(path)}`))].sort();
}

describe('changes of existing Jobs and CronJobs are refused as the API server refuses them', () => {
  for (const path of RECORDED)
    it(`in ${String(path).replace(/^.*\//, '')}`, (test) => {
      const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
      const different: string[] = [];
      let sameAnswer = 0;
      for (const line of lines) {
        const record = JSON.parse(line) as UpdateCase;
        const ours = causesOf(record);
        const theirs = [...new Set((record.verdict.errors ?? []).map(({ type, field }) => `${type} ${field}`))].sort();
        if (record.verdict.accepted === (ours.length === 0)) sameAnswer++;
        if (ours.join() !== theirs.join())
          different.push(`${record.base}, ${record.state}, ${record.mutation}: ${ours.join(', ')} instead of ${theirs.join(', ')}`);
      }
      test.diagnostic(`the same answer to ${sameAnswer} of ${lines.length} changes, the same errors in ${lines.length - different.length}`);
      assert.deepEqual(different.slice(0, 20), []);
    });
});
