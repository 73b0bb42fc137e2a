// The schema of scenario files for tools that read JSON schemas, made from the table that the reader reads.
import { scenarioSchema } from '../../server/core/scenario/scenario-schema.ts';

export const SCENARIO_SCHEMA = 'schemas/scenario.schema.json';

/** The schema by its path from the root of the repository. */
export function generateScenarioSchema() {
  return new Map([[SCENARIO_SCHEMA, `${JSON.stringify(scenarioSchema(), null, 2)}\n`]]);
}
