import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  freeScenarioPath,
  isForAnother,
  isScenarioName,
  scenarioPath,
} from '../../../client/src/panel/scenario-name.ts';
import { changedScenarioText, scenarioText } from '../../../client/src/panel/scenario-text.ts';
import { assumedOf } from '../../../client/webview/model/assumed.ts';
import { emptyModel, reduce } from '../../../client/webview/model/panel-model.ts';
import { layScenario, noEdits, savedScenario } from '../../../client/webview/model/scenario-edits.ts';
import { readScenarioText } from '../../../server/src/features/scenario-text.ts';

test('the scenario file stands beside the manifest', () => {
  assert.equal(scenarioPath('/a b/job.yaml'), '/a b/job.jobwright.yaml');
  assert.equal(scenarioPath('/a/job.v2.YML'), '/a/job.v2.jobwright.yaml');
  for (const none of ['/a/job.json', '/a/job.jobwright.yaml', '/a/.yaml']) assert.equal(scenarioPath(none), null);
});

test('a scenario may name the Job that it is for', () => {
  const job = { kind: 'Job', name: 'a' };
  assert.equal(isForAnother({ for: { kind: 'Job', name: 'b' } }, job), true);
  for (const ours of [null, {}, { for: null }, { for: { name: 'a' } }, { for: { kind: 'Job' } }]) {
    assert.equal(isForAnother(ours, job), false);
  }
});

test('what is saved reads back as it was, below the comments that stood there', () => {
  const scenario = {
    default: { startup: 0.5, run: { p50: '30s', p95: '2m' } },
    pods: [
      { match: { index: '0', attempt: '1-' }, exitCode: 42 },
      { match: { ordinal: '3' }, containers: { 'side car': { run: -1, exitCode: 0 } } },
    ],
    start: '2026-01-01T00:00:00Z',
    capacity: { nodes: [{ name: 'yes: no', pods: 3, a: 1, b: 2 }] },
    actions: [{ at: '90s', suspend: true }],
    empty: [],
  };
  const text = scenarioText(scenario, '# why\n#  and how\n\ndefault: {run: 1}\n# gone\n');
  assert.match(text, /^# why\n# {2}and how\n\ndefault:\n/);
  assert.doesNotMatch(text, /gone/);
  assert.deepEqual(readScenarioText(text), { value: scenario, problems: [] });
});

test('a scenario file that is no YAML has problems, and never throws', () => {
  assert.notEqual(readScenarioText('default: [1,').problems.length, 0);
  assert.deepEqual(readScenarioText('').value, null);
  assert.deepEqual(readScenarioText('a: 99999999999999999999').value, { a: 1e20 });
});

test('only what says something is saved', () => {
  const edits = { ...noEdits, default: { run: 9 } };
  assert.deepEqual(savedScenario({ default: { startup: 1 }, quota: 3 }, edits), {
    default: { startup: 1, run: 9 },
    quota: 3,
  });
  assert.deepEqual(layScenario(null, edits), { default: { run: 9 }, pods: [] });
});

test('the strip shows durations of the file, and says what is left to chance', () => {
  assert.deepEqual(assumedOf({ default: { startup: '1m', run: { p50: '30s', p95: '2m' } } }), {
    startup: 60,
    run: 'about 30 s',
    failurePercent: 0,
    capacity: 'all',
  });
});

test('a scenario file that cannot be read is said, and its picture is not made', () => {
  const model = reduce(emptyModel, {
    type: 'simulate',
    kubernetesMinor: 37,
    prices: {},
    title: 'a',
    version: 1,
    object: { kind: 'Job' },
    errors: 0,
    scenario: null,
    scenarioFile: { name: 'a.jobwright.yaml', used: true, problem: 'bad', open: false, names: [] },
  });
  assert.equal(model.busy, false);
  assert.equal(model.notice?.title, 'a.jobwright.yaml cannot be used.');
});

test('a change of a file keeps the comments and the text of what stays', () => {
  const before = `# why
default: { run: 9s } # of all

# the bad ones
pods:
  - match: { index: 0 } # the first
    exitCode: 42
# the end
quota: 3
`;
  const was = readScenarioText(before).value;
  const scenario = layScenario(was, {
    ...noEdits,
    pods: [{ match: { ordinal: '3' }, run: -1 }],
    actions: [{ at: 5, suspend: true }],
  });
  const after = changedScenarioText(scenario, before, was);
  assert.deepEqual(readScenarioText(after), { value: scenario, problems: [] });
  for (const kept of [
    '# why\n',
    '{ run: 9s } # of all',
    '# the bad ones\npods:',
    '# the first\n',
    '# the end\nquota: 3',
  ])
    assert.ok(after.includes(kept), `${kept}\n---\n${after}`);
  const capacity = { ...scenario, quota: 5 };
  assert.match(changedScenarioText(capacity, after, scenario), /# the end\nquota: 5\n/);
  const less = Object.fromEntries(Object.entries(capacity).filter(([name]) => name !== 'quota'));
  assert.deepEqual(readScenarioText(changedScenarioText(less, after, scenario)).value, less);
});

test('another scenario file takes a name that is free', () => {
  assert.equal(freeScenarioPath('a.jobwright.yaml', []), 'a.jobwright.yaml');
  const taken = ['a.jobwright.yaml', 'a-2.jobwright.yaml'];
  assert.equal(freeScenarioPath('a.jobwright.yaml', taken), 'a-3.jobwright.yaml');
  for (const name of ['../a.jobwright.yaml', 'a.yaml', '.jobwright.yaml']) assert.equal(isScenarioName(name), false);
  assert.ok(isScenarioName('night shift.jobwright.yml'));
});
