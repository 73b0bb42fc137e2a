import { isQuantity, parseQuantity, quantityNumber } from '../kubernetes/quantity.ts';
import {
  fieldPath,
  isMap,
  oneOf,
  readBoolean,
  readFields,
  readMoment,
  readPositions,
  readProbability,
  readRaw,
  readSeconds,
  readText,
  readTimestamp,
  shown,
  wholeNumber,
  type FieldReader,
  type FieldTable,
} from './field-reader.ts';
import type {
  ActionScript,
  Capacity,
  ContainerScript,
  NodeScript,
  PodMatch,
  PodRule,
  PodScript,
  Scenario,
  ScenarioProblem,
} from './scenario-model.ts';

/** A scenario as far as it could be read, and everything that is wrong with it. */
export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly problems: readonly ScenarioProblem[];
}

/** What pods do where nobody says. */
export const DEFAULT_POD: PodScript = { startup: 0.5, run: 4, exitCode: 0 };

const exitCode = wholeNumber(0, 255);

const CONTAINER_FIELDS: FieldTable = {
  run: readSeconds(true),
  exitCode,
  restarts: wholeNumber(0),
};

const readContainers: FieldReader<Readonly<Record<string, ContainerScript>>> = (value, path, problems) => {
  if (!isMap(value)) {
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a map of containers by name.` });
    return undefined;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      readFields(each, CONTAINER_FIELDS, fieldPath(path, name), problems),
    ]),
  );
};

const DISRUPT_FIELDS: FieldTable = {
  at: readSeconds(false),
  by: oneOf('eviction', 'preemption', 'taint', 'node-loss'),
};

const readDisrupt: FieldReader<PodScript['disrupt']> = (value, path, problems) => {
  const { at = 0, by = 'eviction' } = readFields(value, DISRUPT_FIELDS, path, problems) as Partial<
    NonNullable<PodScript['disrupt']>
  >;
  return { at, by };
};

const POD_FIELDS: FieldTable = {
  ...CONTAINER_FIELDS,
  startup: readSeconds(false),
  container: readText,
  condition: readText,
  pending: readBoolean,
  grace: readSeconds(false),
  graceExitCode: exitCode,
  restartDelay: oneOf('kubelet', 'none'),
  containers: readContainers,
  disrupt: readDisrupt,
  failureProbability: readProbability,
  failureExitCode: wholeNumber(1, 255),
  imagePullBackOff: readBoolean,
  oomKilled: readBoolean,
  schedulingDelay: readSeconds(false),
};

const MATCH_FIELDS: FieldTable = {
  ordinal: readPositions,
  index: readPositions,
  attempt: readPositions,
  run: readPositions,
};

const readMatch: FieldReader<PodMatch> = (value, path, problems) => readFields(value, MATCH_FIELDS, path, problems);

const RULE_FIELDS: FieldTable = { ...POD_FIELDS, match: readMatch };

const readRules: FieldReader<readonly PodRule[]> = (value, path, problems) => {
  if (!Array.isArray(value)) {
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a list of rules.` });
    return undefined;
  }
  return value.map((each: unknown, at): PodRule => {
    const { match = {}, ...script } = readFields(each, RULE_FIELDS, `${path}[${at}]`, problems) as PodScript & {
      match?: PodMatch;
    };
    return { match, script };
  });
};

function amount(unit: number): FieldReader<number> {
  return (value, path, problems) => {
    const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : null;
    if (quantity !== null && isQuantity(quantity)) return quantityNumber(quantity) * unit;
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a quantity such as 4, 500m or 16Gi.` });
    return undefined;
  };
}

const NODE_FIELDS: FieldTable = { name: readText, cpu: amount(1000), memory: amount(1), pods: wholeNumber(0) };

const readNodes: FieldReader<readonly NodeScript[]> = (value, path, problems) => {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push({ path, message: `${path} must be a list of nodes, each with cpu, memory or pods.` });
    return undefined;
  }
  return value.map((each: unknown, at): NodeScript => {
    const { name, cpu, memory, pods } = readFields(each, NODE_FIELDS, `${path}[${at}]`, problems) as {
      readonly name?: string;
      readonly cpu?: number;
      readonly memory?: number;
      readonly pods?: number;
    };
    return { name: name ?? `node-${at}`, milliCpu: cpu ?? null, memory: memory ?? null, pods: pods ?? null };
  });
};

const readCapacity: FieldReader<Capacity> = (value, path, problems) => {
  if (!isMap(value)) return wholeNumber(0)(value, path, problems);
  const { nodes } = readFields(value, { nodes: readNodes }, path, problems) as {
    readonly nodes?: readonly NodeScript[];
  };
  return nodes === undefined ? undefined : { nodes };
};

const readDrain: FieldReader<string | true> = (value, path, problems) =>
  value === true ? true : readText(value, path, problems);

const ACTION_FIELDS: FieldTable = {
  at: readMoment,
  target: oneOf('job', 'cronJob'),
  suspend: readBoolean,
  parallelism: wholeNumber(0),
  completions: wholeNumber(0),
  deletePod: readMatch,
  patch: readRaw,
  controllerRestart: readBoolean,
  controllerOutage: readMoment,
  drain: readDrain,
  capacity: readCapacity,
  delete: readBoolean,
};

const readActions: FieldReader<readonly ActionScript[]> = (value, path, problems) => {
  if (!Array.isArray(value)) {
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a list of actions.` });
    return undefined;
  }
  const actions: ActionScript[] = [];
  for (const [at, each] of value.entries()) {
    const here = `${path}[${at}]`;
    const fields = readFields(each, ACTION_FIELDS, here, problems) as Partial<ActionScript>;
    const { at: moment, target = null, ...deed } = fields;
    if (moment === undefined) {
      if (!isMap(each) || each['at'] === undefined)
        problems.push({ path: here, message: `${here} says no time; add "at".` });
      continue;
    }
    if (
      Object.keys(deed).length === 0 &&
      isMap(each) &&
      Object.keys(each).every((name) => name === 'at' || name === 'target')
    )
      problems.push({ path: here, message: `${here} does nothing; say what happens at ${moment} s.` });
    actions.push({ ...deed, at: moment, target });
  }
  return actions
    .map((action, at) => ({ action, at }))
    .sort((a, b) => a.action.at - b.action.at || a.at - b.at)
    .map(({ action }) => action);
};

const FOR_FIELDS: FieldTable = { kind: readText, name: readText };

const readFor: FieldReader<Scenario['for']> = (value, path, problems) => readFields(value, FOR_FIELDS, path, problems);

const readVersion: FieldReader<1> = (value, path, problems) => {
  if (value === 1 || value === 1n) return 1;
  problems.push({ path, message: `${path} is ${shown(value)}; this Jobwright reads scenarios of version 1.` });
  return undefined;
};

/** A recording's scenario stands in one file with its manifest; what is not the scenario's is somebody else's. */
const readElsewhere: FieldReader<unknown> = () => undefined;

const SCENARIO_FIELDS: FieldTable = {
  name: readElsewhere,
  horizon: readElsewhere,
  job: readElsewhere,
  cronJob: readElsewhere,
  version: readVersion,
  for: readFor,
  default: (value, path, problems) => readFields(value, POD_FIELDS, path, problems),
  pods: readRules,
  start: readTimestamp,
  controllerTimeZone: readText,
  capacity: readCapacity,
  quota: wholeNumber(0),
  actions: readActions,
};

/** Every field that a scenario may have, by where it stands: documentation and examples are held against it. */
export const SCENARIO_FIELD_NAMES = {
  scenario: Object.keys(SCENARIO_FIELDS).filter((name) => SCENARIO_FIELDS[name] !== readElsewhere),
  for: Object.keys(FOR_FIELDS),
  pod: Object.keys(POD_FIELDS),
  container: Object.keys(CONTAINER_FIELDS),
  disrupt: Object.keys(DISRUPT_FIELDS),
  match: Object.keys(MATCH_FIELDS),
  node: Object.keys(NODE_FIELDS),
  action: Object.keys(ACTION_FIELDS),
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The scenario that holds where none is given: every pod starts after 0.5 s, runs 4 s and succeeds. */
export const DEFAULT_SCENARIO: Scenario = {
  version: 1,
  for: null,
  default: DEFAULT_POD,
  pods: [],
  start: null,
  controllerTimeZone: 'UTC',
  capacity: null,
  quota: null,
  actions: [],
};

/**
 * Reads a scenario from data (YAML or JSON already read). Never throws: what is wrong is a problem with its path, and
 * the rest holds. Null and undefined are the default scenario.
 */
export function parseScenario(value: unknown): ParsedScenario {
  if (value === null || value === undefined) return { scenario: DEFAULT_SCENARIO, problems: [] };
  const problems: ScenarioProblem[] = [];
  const fields = readFields(value, SCENARIO_FIELDS, '', problems) as Partial<Scenario>;
  return { scenario: { ...DEFAULT_SCENARIO, ...fields, default: { ...DEFAULT_POD, ...fields.default } }, problems };
}
