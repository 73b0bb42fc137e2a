import { simulateAnswer } from './simulate-answer.ts';
import type { SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** The part of a dedicated worker's scope that is used; the DOM's types know only the window's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<SimulationRequest>) => void) | null;
  postMessage(answer: SimulationAnswer): void;
}

const scope: WorkerScope = self;
scope.onmessage = ({ data }) => scope.postMessage(simulateAnswer(data));
