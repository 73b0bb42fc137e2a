import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDuration } from '../../../server/core/scenario/duration.ts';
import { readPositionRanges } from '../../../server/core/scenario/position-ranges.ts';
import { fateOfPod, parseScenario } from '../../../server/core/simulation/scenario.ts';
import { jobOf, simulated } from './simulated.ts';

/** What a scenario says wrongly: `path: message`. */
function problemsOf(scenario: unknown): string[] {
  return parseScenario(scenario).problems.map(({ path, message }) => `${path}: ${message}`);
}

test('durations: numbers are seconds, strings have units', () => {
  const cases: readonly (readonly [unknown, number | null])[] = [
    [4, 4],
    [0.5, 0.5],
    [-1, -1],
    ['90s', 90],
    ['5m', 300],
    ['1h30m', 5400],
    ['1.5h', 5400],
    ['200ms', 0.2],
    ['2d', 172_800],
    ['7', 7],
    ['-1', -1],
    ['', null],
    ['5x', null],
    ['m5', null],
    [NaN, null],
    [true, null],
    [null, null],
  ];
  for (const [text, seconds] of cases) assert.equal(readDuration(text), seconds, String(text));
});

test('positions: numbers, lists, stretches, open ranges', () => {
  assert.deepEqual(readPositionRanges(3), [{ first: 3, last: 3 }]);
  assert.deepEqual(readPositionRanges('0, 3-5,9-'), [
    { first: 0, last: 0 },
    { first: 3, last: 5 },
    { first: 9, last: Infinity },
  ]);
  for (const wrong of ['', 'a', '5-3', '-3', -1, 1.5, '1,,2', null])
    assert.equal(readPositionRanges(wrong), null, String(wrong));
});

test('no scenario is the default one, and the first rule that matches decides', () => {
  assert.deepEqual(parseScenario(null), parseScenario(undefined));
  const { scenario } = parseScenario({
    default: { startup: 1, run: 9 },
    pods: [
      { match: { index: 3 }, exitCode: 42 },
      { match: { index: '0-5', attempt: '1-' }, run: '5m' },
    ],
  });
  const fate = (index: number, attempt: number) => fateOfPod(scenario, { ordinal: 7, index, attempt });
  assert.deepEqual(fate(3, 0), { startup: 1, run: 9, exitCode: 42 });
  assert.deepEqual(fate(2, 1), { startup: 1, run: 300, exitCode: 0 });
  assert.deepEqual(fate(2, 0), { startup: 1, run: 9, exitCode: 0 });
});

test('what is wrong is named with its path, and the rest holds', () => {
  const wrong = {
    version: 2,
    defalt: {},
    default: { startup: -2, runn: 5, grace: { p50: 9, p95: 2 } },
    pods: [{ match: { index: 'a', orinal: 1 }, exitCode: 300 }, 7],
    capacity: -1,
    start: 'tomorrow',
    actions: [{ suspend: true }, { at: -5, suspend: true }, { at: 3 }, { at: 3, paralelism: 4 }],
  };
  assert.deepEqual(
    parseScenario(wrong).problems.map(({ path }) => path),
    [
      'version',
      'defalt',
      'default.startup',
      'default.runn',
      'default.grace',
      'pods[0].match.index',
      'pods[0].match.orinal',
      'pods[0].exitCode',
      'pods[1]',
      'capacity',
      'start',
      'actions[0]',
      'actions[1].at',
      'actions[2]',
      'actions[3].paralelism',
    ],
  );
  assert.deepEqual(parseScenario(wrong).scenario.default, { startup: 0.5, run: 4, exitCode: 0 });
});

test('problems say what would be right', () => {
  assert.deepEqual(problemsOf({ default: { runn: 5 } }), [
    'default.runn: default has no field "runn"; did you mean "run"?',
  ]);
  assert.deepEqual(problemsOf({ default: { startup: -2 } }), [
    'default.startup: default.startup is -2; it must be a number of seconds or a duration such as 90s or 1h30m, and not negative.',
  ]);
  assert.deepEqual(problemsOf([]), [': The scenario is []; it must be a map.']);
});

test('nothing that can be written makes the reader throw', () => {
  for (const value of [
    1,
    'x',
    true,
    [],
    [[]],
    { pods: {} },
    { pods: [null] },
    { actions: 'x' },
    { default: [] },
    { capacity: { nodes: [] } },
    { __proto__: null, for: 3 },
    { default: { containers: [] } },
  ])
    assert.doesNotThrow(() => parseScenario(value));
});

test('a rule that matches no pod is noted', () => {
  const { explanations } = simulated(jobOf({}), { pods: [{ match: { ordinal: 5 }, exitCode: 1 }] });
  assert.ok(explanations.some(({ text }) => text.includes('pods[0] matches no pod')));
});

test('an action on a finished Job is noted and changes nothing', () => {
  const timeline = simulated(jobOf({}), { default: { run: 1 }, actions: [{ at: 50, parallelism: 9 }] });
  assert.equal(timeline.pods.length, 1);
  assert.ok(timeline.explanations.some(({ text }) => text.includes('finds a finished Job')));
});

test('a silent node is found out about, its pod deleted when its toleration ends, and failed when the node goes', () => {
  const scenario = {
    default: { run: 30, startup: 0 },
    pods: [{ match: { ordinal: 0 }, run: -1, disrupt: { at: 60, by: 'node-unreachable', nodeRemoved: 600 } }],
  };
  const [lost, second] = simulated(jobOf({}), scenario).pods;
  assert.ok(Math.abs(lost!.deleting! - 410) < 2, String(lost!.deleting));
  assert.ok(Math.abs(lost!.finished! - 660) < 2, String(lost!.finished));
  assert.equal(lost!.phase, 'Failed');
  // TerminatingOrFailed replaces the pod as soon as it is being deleted (its backoff counts from when it was last ready,
  // so it is over); Failed waits until the pod is.
  assert.ok(Math.abs(second!.created - 411) < 1, String(second!.created));
  const patient = simulated(jobOf({ podReplacementPolicy: 'Failed' }), scenario);
  assert.ok(patient.pods[1]!.created > 660);
  const tolerant = jobOf({});
  const tolerations = [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 10 }];
  const template = { ...tolerant.spec!.template, spec: { ...tolerant.spec!.template!.spec, tolerations } };
  const hasty = simulated({ ...tolerant, spec: { ...tolerant.spec, template } }, scenario);
  assert.ok(Math.abs(hasty.pods[0]!.deleting! - 120) < 2);
});

test('a patch is judged by all rules of the API server', () => {
  const patches = [
    { spec: { backoffLimit: -1 } },
    { spec: { template: { spec: { containers: null } } } },
    { metadata: { labels: { 'a b': 'c' } } },
    { spec: { backoffLimit: 3 } },
  ];
  const { explanations } = simulated(jobOf({}), {
    default: { run: 60 },
    actions: patches.map((patch, at) => ({ at: at + 1, patch })),
  });
  const refused = explanations.filter(({ text }) => text.includes('refuses the change'));
  assert.deepEqual(
    refused.map(({ field }) => field),
    ['spec.backoffLimit', 'spec.template.spec.containers', 'metadata.labels'],
  );
});

test('a change that the API server would refuse is refused and noted', () => {
  const scenario = {
    default: { run: 20 },
    actions: [
      { at: 5, completions: 3 },
      { at: 6, patch: { spec: { completionMode: 'Indexed' } } },
      // Beside what is immutable, whatever the result may not be.
      { at: 7, patch: { spec: { backoffLimit: -1 } } },
      { at: 8, patch: { spec: { template: { spec: { containers: [{ name: 'worker', image: 'other' }] } } } } },
      { at: 9, patch: { spec: { ttlSecondsAfterFinished: 5 } } },
    ],
  };
  const { pods, explanations } = simulated(jobOf({ completions: 1 }), scenario);
  assert.equal(pods.length, 1);
  const refusals = explanations
    .filter(({ text }) => text.startsWith('The API server refuses'))
    .map(({ field }) => field);
  assert.deepEqual(refusals, ['spec.completions', 'spec.completionMode', 'spec.backoffLimit', 'spec.template']);
});
