export { parseScenario, type ParsedScenario } from '../scenario/scenario-reader.ts';
export { fateOfPod } from './pod-fates.ts';
export type { PodPosition, PodScript, Scenario, ScenarioProblem } from '../scenario/scenario-model.ts';
