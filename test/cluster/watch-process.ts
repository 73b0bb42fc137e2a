/** The process that `watching.ts` starts: watches one Job as the extension host does, and says what that costs. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { connect, watchJob, type JobSnapshot } from '../../client/cluster/cluster.ts';
import { DEFAULT_PACE } from '../../client/cluster/pace.ts';
import { podLine } from './pod-line.ts';
import type { WatchAnswer, WatchCosts, WatchOrder, WatchQuestion } from './watching.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let snapshot: JobSnapshot | null = null;
let before = 0;
let most = 0;
let delays: ReturnType<typeof monitorEventLoopDelay> | null = null;

async function start({ kubeconfig, namespace, name }: WatchOrder): Promise<WatchCosts> {
  const connected = await connect(kubeconfig, 'admin', { allowExec: false });
  if (!connected.ok) throw new Error(connected.problem.message);
  collectGarbage();
  begin();
  await delay(2000);
  const idle = end();
  before = process.memoryUsage().rss;
  void watchJob(
    connected.value,
    { namespace, name },
    (_timeline, seen) => (snapshot = seen),
    () => undefined,
    new AbortController().signal,
    { pace: { ...DEFAULT_PACE, base: 0.05, cap: 0.4 } },
  );
  setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 200);
  return idle;
}

/** From now on. */
function begin(): void {
  most = 0;
  delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
}

function end(): WatchCosts {
  delays?.disable();
  collectGarbage();
  return {
    most: Math.max(0, most - before),
    kept: process.memoryUsage().rss - before,
    p99: (delays?.percentile(99) ?? 0) / 1e6,
    max: (delays?.max ?? 0) / 1e6,
  };
}

const ANSWERS: Readonly<Record<WatchQuestion['what'], (question: WatchQuestion) => unknown>> = {
  start: (question) => (question.what === 'start' ? start(question.order) : null),
  begin,
  end,
  pods: () => (snapshot?.pods ?? []).map(podLine).sort(),
};

process.on('message', (question: WatchQuestion) => {
  void Promise.resolve(ANSWERS[question.what](question)).then((value) => {
    const answer: WatchAnswer = { what: question.what, value: value ?? null };
    process.send?.(answer);
  });
});
// Whoever started us is gone.
process.on('disconnect', () => process.exit(0));
