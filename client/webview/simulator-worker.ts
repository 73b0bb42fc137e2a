import { answerOdds } from './odds-answer.ts';
import { simulateAnswer } from './simulate-answer.ts';
import type { OddsAnswer, OddsRequest, SimulationAnswer, SimulationRequest } from './simulation-messages.ts';

/** The part of a dedicated worker's scope that is used; the DOM's types know only the window's. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<SimulationRequest | OddsRequest>) => void) | null;
  postMessage(answer: SimulationAnswer | OddsAnswer): void;
}

const scope: WorkerScope = self;
scope.onmessage = ({ data }) => {
  if ('type' in data) answerOdds(data, (answer) => scope.postMessage(answer));
  else scope.postMessage(simulateAnswer(data));
};
