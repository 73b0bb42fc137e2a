import type { SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** Simulates in a worker of its own, the latest request only: a newer one makes older answers void. */
export interface Simulation {
  run(request: Omit<SimulationRequest, 'id'>): void;
  dispose(): void;
}

/** @param onBroken called with one sentence when the worker cannot be had or ends by itself */
export function startSimulation(
  onAnswer: (answer: SimulationAnswer) => void,
  onBroken: (message: string) => void,
): Simulation {
  let latest = 0;
  let busy = false;
  let waiting: SimulationRequest | null = null;
  const worker = startWorker();

  function sendNext(): void {
    if (busy || waiting === null) return;
    busy = true;
    worker.postMessage(waiting);
    waiting = null;
  }
  worker.onmessage = ({ data }: MessageEvent<SimulationAnswer>) => {
    busy = false;
    if (data.id === latest) onAnswer(data);
    sendNext();
  };
  worker.onerror = (event) => onBroken(event.message || 'the simulator stopped');
  return {
    run(request) {
      latest += 1;
      waiting = { ...request, id: latest };
      sendNext();
    },
    dispose: () => worker.terminate(),
  };
}

let prepared: Worker | null = null;

/** Starts a worker for whoever wants one first. */
export function prepareWorker(): void {
  prepared ??= makeWorker();
}

/** A worker that simulates. */
export function startWorker(): Worker {
  const worker = prepared ?? makeWorker();
  prepared = null;
  return worker;
}

/** A worker must be of the page's own origin: its script came as a block of text in the page, and is made into a blob. */
function makeWorker(): Worker {
  const script = document.getElementById('simulator')?.textContent ?? '';
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
