import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisTicks } from '../../../server/core/timeline/axis.ts';
import { compareTraces } from '../../../server/core/timeline/compare-traces.ts';
import { livingPods, packLanes, podSpan } from '../../../server/core/timeline/lanes.ts';
import { summarizeTimeline } from '../../../server/core/timeline/summary.ts';
import { drawSvg } from '../../../server/core/timeline/svg.ts';
import { drawTerminal } from '../../../server/core/timeline/terminal.ts';
import { traceOfTimeline } from '../../../server/core/timeline/trace.ts';
import { jobOf, simulated } from '../simulation/simulated.ts';

const retries = simulated(jobOf({ completions: 3, parallelism: 3 }), {
  default: { run: 4 },
  pods: [{ match: { ordinal: 1 }, exitCode: 1 }],
});
const many = simulated(jobOf({ completions: 500, parallelism: 20 }), { default: { run: { p50: 10, p95: 30 } } });
const crowd = simulated(jobOf({ completions: 5000, parallelism: 300 }), { default: { run: { p50: 10, p95: 30 } } });
const empty = simulated(jobOf({ suspend: true }), {});

test('a summary counts pods, retries, waste and peak', () => {
  const {
    outcome,
    pods,
    succeeded,
    failed,
    retries: again,
    peak,
    wastedPodSeconds,
    sentence,
  } = summarizeTimeline(retries);
  assert.deepEqual([outcome, pods, succeeded, failed, again, peak], ['Complete', 4, 3, 1, 1, 3]);
  assert.equal(Math.round(wastedPodSeconds), 4);
  assert.equal(sentence, 'Completes with CompletionsReached after 11 s, using 4 pods (3 succeeded, 1 failed).');
  assert.match(summarizeTimeline(empty).sentence, /^Never ends\. It is suspended .* Nothing happens after /);
});

test('pods share rows without overlapping, in no more rows than lived at once', () => {
  const lanes = packLanes(many.pods, many.until);
  assert.equal(lanes.flat().length, many.pods.length);
  for (const lane of lanes)
    lane.forEach((pod, at) => assert.ok(at === 0 || podSpan(lane[at - 1]!, many.until).to <= pod.created));
  assert.equal(lanes.length, Math.max(...livingPods(many.pods, many.until).map(({ n }) => n)));
});

test('the terminal drawing keeps to its width, plain or coloured', () => {
  const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  for (const timeline of [retries, many, crowd, empty])
    for (const width of [40, 80, 200]) {
      const plain = drawTerminal(timeline, { width, colour: false });
      for (const line of plain.split('\n')) assert.ok(line.length <= width, `${width}: ${line}`);
      const coloured = drawTerminal(timeline, { width, colour: true }).replaceAll(escapes, '');
      assert.deepEqual(
        coloured.split('\n').map((line) => line.trimEnd()),
        plain.split('\n').map((line) => line.trimEnd()),
      );
    }
});

test('more pods than rows share rows, and a crowd becomes a curve', () => {
  assert.match(drawTerminal(many, { width: 80, colour: false }), /^row 0 /m);
  assert.match(drawTerminal(crowd, { width: 80, colour: false }), /^pods .* peak 3\d\d$/m);
});

test('the picture is well-formed, small, and escapes names', () => {
  const named = { ...retries, name: '<job> & "co"' };
  const svg = drawSvg(named);
  assert.ok(svg.includes('&lt;job&gt; &amp; &quot;co&quot;') && !svg.includes('<job>'));
  for (const timeline of [retries, many, crowd, empty]) {
    const picture = drawSvg(timeline);
    assert.ok(picture.length < 150_000, String(picture.length));
    assert.ok(!/NaN|Infinity|undefined/.test(picture));
    assert.equal(
      picture.match(/<(rect|text|line|path|svg|title)\b/g)?.length,
      picture.match(/\/>|<\/(text|title|svg)>/g)?.length,
    );
  }
});

test('axis ticks are round and few', () => {
  assert.deepEqual(axisTicks(22, 8), [0, 5, 10, 15, 20]);
  assert.deepEqual(axisTicks(3600, 6), [0, 600, 1200, 1800, 2400, 3000, 3600]);
  for (const until of [0.01, 1, 59, 86_400, 604_800, 1e9]) assert.ok(axisTicks(until, 10).length <= 12, String(until));
});

test('a trace masks names of pods and agrees with itself alone', () => {
  const trace = traceOfTimeline(retries);
  assert.ok(
    trace.events
      .filter(({ reason }) => reason === 'SuccessfulCreate')
      .every(({ message }) => message === 'Created pod: <pod>'),
  );
  assert.deepEqual(compareTraces(trace, trace), []);
  const later = { ...trace, pods: trace.pods.map((pod) => ({ ...pod, created: pod.created + 2 })) };
  assert.deepEqual(
    compareTraces(trace, later).map(({ what }) => what),
    ['creation', 'creation', 'creation', 'creation'],
  );
  assert.deepEqual(
    compareTraces(trace, { ...trace, pods: [] }).map(({ what }) => what),
    ['pods'],
  );
});

test('a message that names a pod is masked too', () => {
  const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [3] } }];
  const timeline = simulated(jobOf({ podFailurePolicy: { rules } }), { default: { run: 1, exitCode: 3 } });
  assert.ok(
    traceOfTimeline(timeline).events.some(
      ({ message }) =>
        message === 'Container worker for pod default/<pod> failed with exit code 3 matching FailJob rule at index 0',
    ),
  );
});

test('a picture draws nothing where nobody observed', () => {
  const run = simulated(jobOf({ completions: 1 }), { default: { startup: 0, run: 20 } });
  const bars = (svg: string): number => svg.match(/fill="#2e9e5b" fill-opacity="1"/g)?.length ?? 0;
  const plain = drawSvg(run);
  const broken = drawSvg({ ...run, gaps: [{ from: 5, until: 15 }] });
  assert.deepEqual([bars(plain), bars(broken)], [1, 2]);
  assert.ok(broken.includes('not observed') && !plain.includes('not observed'));
});
