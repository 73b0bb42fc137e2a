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
import { SCENARIO_FIELDS, type ScenarioPlace, type ScenarioType } from './scenario-fields.ts';
import type {
  ActionScript,
  Capacity,
  NodeScript,
  PodMatch,
  PodRule,
  PodScript,
  Scenario,
  ScenarioProblem,
} from '../scenario/scenario-model.ts';

/** A scenario as far as it could be read, and everything that is wrong with it. */
export interface ParsedScenario {
  readonly scenario: Scenario;
  readonly problems: readonly ScenarioProblem[];
}

/** What pods do where nobody says. */
export const DEFAULT_POD: PodScript = { startup: 0.5, run: 4, exitCode: 0 };

/** Readers of a place's fields, by the table. */
function tableOf(place: ScenarioPlace): FieldTable {
  const known = TABLES.get(place);
  if (known !== undefined) return known;
  const table: FieldTable = Object.fromEntries(
    Object.entries(SCENARIO_FIELDS[place]).map(([name, { type }]) => [name, readerOf(type)]),
  );
  TABLES.set(place, table);
  return table;
}

const TABLES = new Map<ScenarioPlace, FieldTable>();

function readerOf(type: ScenarioType): FieldReader<unknown> {
  switch (type.kind) {
    case 'seconds':
      return readSeconds(type.never === true);
    case 'moment':
      return readMoment;
    case 'number':
      return wholeNumber(type.least, type.most);
    case 'probability':
      return readProbability;
    case 'boolean':
      return readBoolean;
    case 'text':
      return readText;
    case 'word':
      return oneOf(...type.words);
    case 'positions':
      return readPositions;
    case 'timestamp':
      return readTimestamp;
    case 'quantity':
      return readAmount(type.parts);
    case 'patch':
      return readRaw;
    case 'capacity':
      return readCapacity;
    case 'drain':
      return readDrain;
    case 'named':
      return readNamed(type.of);
    case 'list':
      return LISTS[type.of] ?? readList(type.of);
    case 'fields':
      return MAPS[type.of] ?? ((value, path, problems) => readFields(value, tableOf(type.of), path, problems));
  }
}

function readNamed(place: ScenarioPlace): FieldReader<Readonly<Record<string, unknown>>> {
  return (value, path, problems) => {
    if (!isMap(value)) {
      problems.push({ path, message: `${path} is ${shown(value)}; it must be a map of ${place}s by name.` });
      return undefined;
    }
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        readFields(each, tableOf(place), fieldPath(path, name), problems),
      ]),
    );
  };
}

/** A list of maps, each with its fields. */
function readList(place: ScenarioPlace): FieldReader<readonly Readonly<Record<string, unknown>>[]> {
  return (value, path, problems) => {
    if (Array.isArray(value))
      return value.map((each: unknown, at) => readFields(each, tableOf(place), `${path}[${at}]`, problems));
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a list of ${place}s.` });
    return undefined;
  };
}

const readDisrupt: FieldReader<PodScript['disrupt']> = (value, path, problems) => {
  const disrupt = readFields(value, tableOf('disrupt'), path, problems) as Partial<NonNullable<PodScript['disrupt']>>;
  return { ...disrupt, at: disrupt.at ?? 0, by: disrupt.by ?? 'eviction' };
};

const readRules: FieldReader<readonly PodRule[]> = (value, path, problems) =>
  readList('rule')(value, path, problems)?.map((fields): PodRule => {
    const { match = {}, ...script } = fields as PodScript & { match?: PodMatch };
    return { match, script };
  });

function readAmount(parts: number): FieldReader<number> {
  return (value, path, problems) => {
    const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : null;
    if (quantity !== null && isQuantity(quantity)) return quantityNumber(quantity) * parts;
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a quantity such as 4, 500m or 16Gi.` });
    return undefined;
  };
}

const readNodes: FieldReader<readonly NodeScript[]> = (value, path, problems) => {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push({ path, message: `${path} must be a list of nodes, each with cpu, memory or pods.` });
    return undefined;
  }
  return readList('node')(value, path, problems)?.map((fields, at): NodeScript => {
    const { name, cpu, memory, pods } = fields as {
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
  const { nodes } = readFields(value, tableOf('capacity'), path, problems) as {
    readonly nodes?: readonly NodeScript[];
  };
  return nodes === undefined ? undefined : { nodes };
};

const readDrain: FieldReader<string | true> = (value, path, problems) =>
  value === true ? true : readText(value, path, problems);

const readActions: FieldReader<readonly ActionScript[]> = (value, path, problems) => {
  if (!Array.isArray(value)) {
    problems.push({ path, message: `${path} is ${shown(value)}; it must be a list of actions.` });
    return undefined;
  }
  const actions: ActionScript[] = [];
  for (const [at, each] of value.entries()) {
    const here = `${path}[${at}]`;
    const fields = readFields(each, tableOf('action'), here, problems) as Partial<ActionScript>;
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

/** Places whose values are more than their fields. */
const MAPS: Partial<Record<ScenarioPlace, FieldReader<unknown>>> = { disrupt: readDisrupt };
const LISTS: Partial<Record<ScenarioPlace, FieldReader<unknown>>> = {
  rule: readRules,
  node: readNodes,
  action: readActions,
};

const readVersion: FieldReader<1> = (value, path, problems) => {
  if (value === 1 || value === 1n) return 1;
  problems.push({ path, message: `${path} is ${shown(value)}; this Jobwright reads scenarios of version 1.` });
  return undefined;
};

/** A recording's scenario stands in one file with its manifest, and editors look for `$schema`: not the scenario's. */
const readElsewhere: FieldReader<unknown> = () => undefined;

const WHOLE: FieldTable = {
  $schema: readElsewhere,
  name: readElsewhere,
  horizon: readElsewhere,
  job: readElsewhere,
  cronJob: readElsewhere,
  ...tableOf('scenario'),
  version: readVersion,
};

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
  const fields = readFields(value, WHOLE, '', problems) as Partial<Scenario>;
  return { scenario: { ...DEFAULT_SCENARIO, ...fields, default: { ...DEFAULT_POD, ...fields.default } }, problems };
}
