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

/** Texts of workers' scripts by their addresses: each is fetched once. */
const scripts = new Map<string, Promise<string>>();

/** Begins to load the script of a worker that is wanted soon. */
export function loadWorker(url: string): Promise<string> {
  let script = scripts.get(url);
  if (script === undefined) {
    script = fetchText(url);
    scripts.set(url, script);
    // What failed is tried again by the next one who wants it.
    script.catch(() => scripts.delete(url));
  }
  return script;
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the simulator could not be loaded (${answer.status})`);
  return answer.text();
}

/** A worker of this page's origin from the script at `url`. */
export async function startWorker(url: string): Promise<Worker> {
  const blob = new Blob([await loadWorker(url)], { type: 'text/javascript' });
  const address = URL.createObjectURL(blob);
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
