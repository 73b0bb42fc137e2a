import { startWorker } from './simulation.ts';
import type { OddsAnswer, OddsRequest } from './simulation-messages.ts';

/** Makes many runs in a worker of their own, so that the picture follows edits meanwhile. Returns how to cancel. */
export function runOdds(request: OddsRequest, onAnswer: (answer: OddsAnswer) => void): () => void {
  const worker = startWorker();
  const end = (): void => {
    // What it has said already may still be on its way.
    worker.onmessage = null;
    worker.onerror = null;
    worker.terminate();
  };
  worker.onmessage = ({ data }: MessageEvent<OddsAnswer>) => {
    if (data.type !== 'oddsProgress') end();
    onAnswer(data);
  };
  worker.onerror = (event) => {
    end();
    onAnswer({ type: 'oddsProblem', problem: event.message || 'the simulator stopped' });
  };
  worker.postMessage(request);
  return end;
}
