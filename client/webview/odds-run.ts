import { startWorker } from './simulation.ts';
import type { OddsAnswer, OddsRequest } from './simulation-messages.ts';

/** Makes many runs in a worker of their own, so that the picture follows edits meanwhile. Returns how to cancel. */
export function runOdds(url: string, request: OddsRequest, onAnswer: (answer: OddsAnswer) => void): () => void {
  let cancelled = false;
  let running: Worker | null = null;
  const end = (): void => {
    cancelled = true;
    running?.terminate();
  };
  const fail = (problem: string): void => {
    if (cancelled) return;
    end();
    onAnswer({ type: 'oddsProblem', problem });
  };
  startWorker(url).then(
    (worker) => {
      if (cancelled) {
        worker.terminate();
        return;
      }
      running = worker;
      worker.onmessage = ({ data }: MessageEvent<OddsAnswer>) => {
        if (cancelled) return;
        if (data.type !== 'oddsProgress') end();
        onAnswer(data);
      };
      worker.onerror = (event) => fail(event.message || 'the simulator stopped');
      worker.postMessage(request);
    },
    (problem: unknown) => fail(problem instanceof Error ? problem.message : String(problem)),
  );
  return end;
}
