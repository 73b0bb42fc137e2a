// The panel's many runs: the worker tells how far it is, and a cancelled one is ended and heard of no more.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { answerOdds } from '../../../client/webview/odds-answer.ts';
import { runOdds } from '../../../client/webview/odds-run.ts';
import type { OddsAnswer, OddsRequest } from '../../../client/webview/simulation-messages.ts';
import { jobOf } from '../simulation/simulated.ts';

const request: OddsRequest = {
  type: 'odds',
  kubernetesMinor: 37,
  object: jobOf({ completions: 100, parallelism: 10, backoffLimit: 20 }),
  scenario: { default: { run: { p50: 10, p95: 40 }, failureProbability: 0.05 } },
  seed: 7,
  runs: 2000,
};

/** A worker that answers when the test says so. */
class FakeWorker {
  static made: FakeWorker[] = [];
  onmessage: ((event: { readonly data: OddsAnswer }) => void) | null = null;
  onerror: ((event: { readonly message: string }) => void) | null = null;
  terminated = false;
  readonly asked: unknown[] = [];

  constructor() {
    FakeWorker.made.push(this);
  }

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  say(data: OddsAnswer): void {
    this.onmessage?.({ data });
  }
}

const { Worker: realWorker } = globalThis;
const page = { getElementById: () => ({ textContent: '' }) };
before(() => Object.assign(globalThis, { Worker: FakeWorker, document: page }));
after(() => Object.assign(globalThis, { Worker: realWorker, document: undefined }));
beforeEach(() => (FakeWorker.made = []));

/** The one that was made. */
function worker(): FakeWorker {
  const [made, ...more] = FakeWorker.made;
  assert.ok(made !== undefined && more.length === 0);
  return made;
}

const done = (count: number): OddsAnswer => ({ type: 'oddsProgress', done: count });

test('the worker tells how far it is, always further', () => {
  const told: number[] = [];
  answerOdds(request, (answer) => {
    if (answer.type === 'oddsProgress') told.push(answer.done);
    else assert.ok(answer.type === 'odds' && answer.odds.runs === request.runs);
  });
  assert.deepEqual(
    told,
    [...told].sort((a, b) => a - b),
  );
  assert.ok(told.every((count) => count > 0 && count <= request.runs));
});

test('progress goes on to the panel, and the answer ends the worker', () => {
  const heard: OddsAnswer[] = [];
  runOdds(request, (answer) => heard.push(answer));
  const made = worker();
  assert.deepEqual(made.asked, [request]);
  made.say(done(40));
  assert.equal(made.terminated, false);
  const answer: OddsAnswer = { type: 'oddsProblem', problem: 'none' };
  made.say(answer);
  assert.deepEqual([heard, made.terminated], [[done(40), answer], true]);
});

test('a cancelled run is ended and heard of no more', () => {
  const heard: OddsAnswer[] = [];
  const cancel = runOdds(request, (answer) => heard.push(answer));
  const made = worker();
  made.say(done(40));
  cancel();
  made.say(done(80));
  made.onerror?.({ message: 'too late' });
  assert.deepEqual([heard, made.terminated], [[done(40)], true]);
});

test('what breaks the worker is one sentence', () => {
  const heard: OddsAnswer[] = [];
  runOdds(request, (answer) => heard.push(answer));
  const made = worker();
  made.onerror?.({ message: 'out of memory' });
  assert.deepEqual([heard, made.terminated], [[{ type: 'oddsProblem', problem: 'out of memory' }], true]);
});
