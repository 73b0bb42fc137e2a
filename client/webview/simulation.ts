import type { SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** Simulates in a worker of its own, the latest request only: a newer one makes older answers void. */
export interface Simulation {
  run(request: Omit<SimulationRequest, 'id'>): void;
  dispose(): void;
}

/**
 * Starts the worker from the script at `url`. A worker must be of the page's own origin, which a resource address of
 * the extension is not; so its text is fetched and made into a blob.
 */
export function startSimulation(
  url: string,
  onAnswer: (answer: SimulationAnswer) => void,
  onBroken: (message: string) => void,
): Simulation {
  let latest = 0;
  let busy = false;
  let waiting: SimulationRequest | null = null;
  let disposed = false;
  const starting = startWorker(url);

  function send(worker: Worker, request: SimulationRequest): void {
    busy = true;
    worker.postMessage(request);
  }
  starting.then(
    (worker) => {
      if (disposed) {
        worker.terminate();
        return;
      }
      worker.onmessage = ({ data }: MessageEvent<SimulationAnswer>) => {
        busy = false;
        if (data.id === latest) onAnswer(data);
        if (waiting !== null) {
          const next = waiting;
          waiting = null;
          send(worker, next);
        }
      };
      worker.onerror = (event) => onBroken(event.message || 'the simulator stopped');
      if (waiting !== null) {
        const next = waiting;
        waiting = null;
        send(worker, next);
      }
    },
    (problem: unknown) => onBroken(problem instanceof Error ? problem.message : String(problem)),
  );
  return {
    run(request) {
      latest += 1;
      const numbered = { ...request, id: latest };
      waiting = numbered;
      void starting.then(
        (worker) => {
          if (busy || disposed || waiting === null) return;
          const next = waiting;
          waiting = null;
          send(worker, next);
        },
        () => undefined,
      );
    },
    dispose() {
      disposed = true;
      void starting.then(
        (worker) => worker.terminate(),
        () => undefined,
      );
    },
  };
}

/** A worker of this page's origin from the script at `url`. */
export async function startWorker(url: string): Promise<Worker> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the simulator could not be loaded (${answer.status})`);
  const blob = new Blob([await answer.text()], { type: 'text/javascript' });
  const address = URL.createObjectURL(blob);
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
