import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { dataOf } from '../../../server/core/manifest/data.ts';
import type { CronJob, Job } from '../../../server/core/kubernetes/generated/types.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { SCENARIO_FIELDS } from '../../../server/core/scenario/scenario-fields.ts';
import { simulateCronJob } from '../../../server/core/simulation/simulate-cronjob.ts';
import { simulateJob } from '../../../server/core/simulation/simulate.ts';
import { analyse } from '../../../server/src/features/analysis.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';

const root = new URL('../../../', import.meta.url);
const folder = new URL('examples/scenarios/', root);
const files = readdirSync(folder).filter((name) => name.endsWith('.jobwright.yaml'));
const documentation = readFileSync(new URL('docs/scenario.md', root), 'utf8');

function data(url: URL): unknown {
  return dataOf(readDocuments(readFileSync(url, 'utf8'))[0]?.root ?? null);
}

/** Every key of a value, however deep. */
function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(keysOf);
  return Array.isArray(value) ? inside : [...Object.keys(value), ...inside];
}

for (const file of files)
  test(`${file} plays the example that it names, and ends as it says`, () => {
    const url = new URL(file, folder);
    const text = readFileSync(url, 'utf8');
    const { scenario, problems } = parseScenario(data(url));
    assert.deepEqual(problems, []);
    const [, manifest = '', named] = /^# Try: jobwright simulate (\S+) --scenario (\S+)$/m.exec(text) ?? [];
    assert.equal(named, `examples/scenarios/${file}`);
    const [object] = analyse(readFileSync(new URL(manifest, root), 'utf8'), 0).documents.flatMap(
      ({ document }) => document.objects,
    );
    assert.ok(object?.accepted === true, manifest);
    assert.equal(object.name, scenario.for?.name);
    if (object.kind === 'CronJob') {
      const { runs } = simulateCronJob(object.object as CronJob, scenario, { seed: 1, until: 4 * 86_400 });
      assert.ok(runs.length > 0);
      return;
    }
    const { end, explanations } = simulateJob(object.object as Job, scenario, { seed: 1, until: 604_800 });
    const ending = /^# Ends: (.*)$/m.exec(text)?.[1];
    assert.equal(`${end?.outcome ?? ''} ${end?.reason ?? ''}`, ending);
    assert.ok(!explanations.some(({ text: note }) => note.includes('matches no pod')));
  });

test('every field of a scenario is documented, and shown in an example', () => {
  const shown = new Set(files.flatMap((file) => keysOf(data(new URL(file, folder)))));
  for (const [where, fields] of Object.entries(SCENARIO_FIELDS))
    for (const [name, { example }] of Object.entries(fields)) {
      assert.ok(documentation.includes(`\`${name}\``), `docs/scenario.md says nothing of ${name} (${where})`);
      assert.ok(shown.has(name), `no example shows ${name} (${where})`);
      assert.ok(example === undefined || files.includes(`${example}.jobwright.yaml`), `${name} (${where}): ${example}`);
    }
});

test('every example is named in the documentation, and every link leads somewhere', () => {
  const links = [...documentation.matchAll(/\]\(\.\.\/([^)]+)\)/g)].map(([, path = '']) => path);
  for (const link of links) assert.ok(existsSync(new URL(link, root)), link);
  for (const file of files) assert.ok(links.includes(`examples/scenarios/${file}`), file);
});
