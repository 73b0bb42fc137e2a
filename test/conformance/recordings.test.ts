// The README says which rule each recording shows: every recording is in it, and every name there is one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const here = new URL('./', import.meta.url);

function namesIn(folder: string, ending: string): string[] {
  return readdirSync(new URL(folder, here)).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
}

test('every recording is named in the README, and every scenario is recorded', () => {
  const scenarios = [...namesIn('traces/scenarios/', '.yaml'), ...namesIn('cronjobs/scenarios/', '.yaml')];
  const recorded = [...namesIn('traces/recorded/', '.json'), ...namesIn('cronjobs/recorded/', '.json')];
  assert.deepEqual(recorded.toSorted(), scenarios.toSorted());
  const rows = readFileSync(new URL('README.md', here), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const named = new Set(rows.flatMap((row) => [...row.matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name!)));
  assert.deepEqual([...named].toSorted(), [...new Set(scenarios)].toSorted());
});
