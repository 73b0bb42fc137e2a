import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { dataOf } from '../../../server/core/manifest/data.ts';
import { parseScenario } from '../../../server/core/simulation/scenario.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';

const root = new URL('../../../', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('schemas/scenario.schema.json', root), 'utf8')) as object;
const accepts = new Ajv({ strict: true, allowUnionTypes: true, keywords: ['markdownDescription'] }).compile(schema);

function dataIn(url: URL): unknown {
  return dataOf(readDocuments(readFileSync(url, 'utf8'))[0]?.root ?? null, Number);
}

for (const folder of [
  'examples/scenarios/',
  'test/conformance/traces/scenarios/',
  'test/conformance/cronjobs/scenarios/',
])
  test(`the schema takes every scenario of ${folder}`, () => {
    const url = new URL(folder, root);
    for (const file of readdirSync(url)) {
      const data = dataIn(new URL(file, url));
      if (parseScenario(data).problems.length > 0) continue;
      assert.ok(accepts(data), `${file}: ${JSON.stringify(accepts.errors)}`);
    }
  });

const GOOD: readonly unknown[] = [
  {},
  { $schema: 'https://example.org/scenario.schema.json', version: 1 },
  { default: { run: '1h30m', startup: { min: 1, max: '2s' }, exitCode: 255 }, quota: null },
  { default: { run: -1 } },
  { default: { run: '-1' } },
  { pods: [{ match: { index: '0, 3-5,9-', ordinal: 3 }, run: { p50: '30s', p95: '2m' } }] },
  {
    capacity: {
      nodes: [
        { cpu: '500m', memory: '16Gi' },
        { cpu: 2.5, pods: 0 },
      ],
    },
  },
  {
    actions: [
      { at: '5m', drain: true },
      { at: 0, capacity: 3, target: 'job' },
    ],
  },
  { start: '2026-01-01T00:00:20Z', controllerTimeZone: 'Europe/Berlin' },
];

const BAD: readonly unknown[] = [
  [],
  'x',
  { defaults: {} },
  { version: 2 },
  { default: { run: '5x' } },
  { default: { startup: -1 } },
  { default: { run: { min: 1 } } },
  { default: { run: { min: 1, max: 2, p50: 1 } } },
  { default: { exitCode: 256 } },
  { default: { exitCode: '1' } },
  { default: { failureProbability: 1.5 } },
  { default: { oomKilled: 'yes' } },
  { default: { restartDelay: 'never' } },
  { default: { container: '' } },
  { pods: {} },
  { pods: [{ match: { index: '1,,2' } }] },
  { pods: [{ match: { ordinal: -1 } }] },
  { pods: [{ disrupt: { by: 'storm' } }] },
  { pods: [{ containers: { sidecar: { exitcode: 1 } } }] },
  { capacity: -1 },
  { capacity: { nodes: [] } },
  { capacity: { nodes: [{ cpu: '4 cores' }] } },
  { actions: [{ suspend: true }] },
  { actions: [{ at: -1, suspend: true }] },
  { actions: [{ at: 1, patch: 'x' }] },
  { actions: [{ at: 1, target: 'pod', suspend: true }] },
  { start: 'yesterday' },
];

test('the schema takes and refuses what the reader takes and refuses', () => {
  for (const data of GOOD) {
    assert.deepEqual(parseScenario(data).problems, [], JSON.stringify(data));
    assert.ok(accepts(data), `${JSON.stringify(data)}: ${JSON.stringify(accepts.errors)}`);
  }
  for (const data of BAD) {
    assert.notEqual(parseScenario(data).problems.length, 0, JSON.stringify(data));
    assert.ok(!accepts(data), JSON.stringify(data));
  }
});
