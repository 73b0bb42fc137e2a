import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { documentsIn } from '../../server/src/features/analysis.ts';
import { sharedPath, skipWithoutShared } from '../shared.ts';

const PUBLISHED = 'corpus/real';

/** What people find who open manifests that others have published and run: little, and worth reading. */
test('published Jobs that are accepted get few findings', { skip: skipWithoutShared(PUBLISHED) }, (context) => {
  const folder = sharedPath(PUBLISHED)!;
  const counts: number[] = [];
  const absent: number[] = [];
  const rules = new Map<string, number>();
  for (const file of readdirSync(folder).filter((name) => /\.(?:ya?ml|json)$/.test(name)))
    for (const { document } of documentsIn(readFileSync(`${folder}/${file}`, 'utf8')))
      for (const { accepted, findings } of document.objects) {
        if (!accepted) continue;
        counts.push(findings.length);
        absent.push(findings.filter(({ rule }) => rule === 'advice/left-unset').length);
        for (const { rule, severity } of findings)
          rules.set(`${rule} (${severity})`, (rules.get(`${rule} (${severity})`) ?? 0) + 1);
      }
  counts.sort((a, b) => a - b);
  const most = counts.at(-1) ?? 0;
  const spread = Array.from({ length: most + 1 }, (_, n) => `${counts.filter((count) => count === n).length} with ${n}`);
  context.diagnostic(`${counts.length} Jobs and CronJobs: ${spread.join(', ')}`);
  for (const [rule, count] of [...rules].sort((a, b) => b[1] - a[1])) context.diagnostic(`${count} ${rule}`);
  assert.ok(counts.length > 100);
  assert.ok(counts[counts.length >> 1]! <= 2, 'at most two for the median');
  assert.ok(absent.every((count) => count <= 1), 'what is absent is said once');
});
