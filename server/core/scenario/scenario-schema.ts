import { SCENARIO_FIELDS, type ScenarioField, type ScenarioPlace, type ScenarioType } from './scenario-fields.ts';

/**
 * A JSON schema (draft 7) of scenario files, for tools that know no other language of theirs. It accepts all that the
 * reader accepts; what no schema can say (that `p95` is not below `p50`, that an action does something) it lets pass.
 */
export function scenarioSchema(): object {
  const places = Object.keys(SCENARIO_FIELDS).filter((place) => place !== 'scenario') as ScenarioPlace[];
  const whole = mapOf('scenario');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Jobwright scenario',
    description:
      'How the pods of a Kubernetes Job behave, what the cluster has room for, and what people do meanwhile.',
    ...whole,
    properties: { ...whole.properties, ...Object.fromEntries(ELSEWHERE.map((name) => [name, true])) },
    definitions: { ...COMMON, ...Object.fromEntries(places.map((place) => [place, mapOf(place)])) },
  };
}

/** What a file may hold beside its scenario: the address of this schema, and in a recording the manifest. */
const ELSEWHERE = ['$schema', 'name', 'horizon', 'job', 'cronJob'];

type Schema = Readonly<Record<string, unknown>>;

const NULL: Schema = { type: 'null' };
const AMOUNT = '[0-9]+(\\.[0-9]+)?';
const DURATION = `(${AMOUNT}|(${AMOUNT}(ms|s|m|h|d))+)`;
const PART = '\\s*[0-9]+\\s*(-\\s*[0-9]*\\s*)?';

/** What several fields take. */
const COMMON: Readonly<Record<string, Schema>> = {
  moment: {
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', pattern: `^\\s*\\+?${DURATION}\\s*$` },
    ],
  },
  chance: {
    anyOf: [
      distribution('min', 'max', 'anything between, all alike'),
      distribution('p50', 'p95', 'half of all draws are shorter than p50, 95 % shorter than p95'),
    ],
  },
  positions: {
    anyOf: [
      { type: 'integer', minimum: 0 },
      { type: 'string', pattern: `^${PART}(,${PART})*$` },
    ],
  },
  quantity: {
    anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[+-]?[0-9.]+([eE][+-]?[0-9]+|[numkKMGTPE]i?)?$' }],
  },
};

function distribution(low: string, high: string, description: string): Schema {
  return {
    type: 'object',
    description,
    properties: { [low]: ref('moment'), [high]: ref('moment') },
    required: [low, high],
    additionalProperties: false,
  };
}

/** The map of a place: its fields, and no others. Fields that are null count as absent. */
function mapOf(place: ScenarioPlace): Schema & { readonly properties: Schema } {
  const fields = Object.entries(SCENARIO_FIELDS[place]);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
    ...(place === 'action' ? { required: ['at'] } : {}),
    additionalProperties: false,
  };
}

function fieldSchema({ type, meaning, default: otherwise }: ScenarioField): Schema {
  const text = `${meaning}.${otherwise === null ? '' : ` Default: ${otherwise}.`}`;
  return { description: text.replaceAll('`', ''), markdownDescription: text, anyOf: [...schemasOf(type), NULL] };
}

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function schemasOf(type: ScenarioType): readonly Schema[] {
  switch (type.kind) {
    case 'seconds':
      return [
        ref('moment'),
        ref('chance'),
        ...(type.never === true
          ? [
              { type: 'number', description: 'negative: it never ends' },
              { type: 'string', pattern: `^\\s*-${DURATION}\\s*$` },
            ]
          : []),
      ];
    case 'moment':
      return [ref('moment')];
    case 'number':
      return [{ type: 'integer', minimum: type.least, maximum: type.most ?? 2_147_483_647 }];
    case 'probability':
      return [{ type: 'number', minimum: 0, maximum: 1 }];
    case 'boolean':
      return [{ type: 'boolean' }];
    case 'text':
      return [{ type: 'string', minLength: 1 }];
    case 'word':
      return [{ enum: type.words }];
    case 'positions':
      return [ref('positions')];
    case 'timestamp':
      return [
        {
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?([Zz]|[+-]\\d{2}:\\d{2})$',
        },
      ];
    case 'quantity':
      return [ref('quantity')];
    case 'patch':
      return [{ type: 'object' }];
    case 'fields':
      return [ref(type.of)];
    case 'list':
      return [{ type: 'array', items: ref(type.of), ...(type.of === 'node' ? { minItems: 1 } : {}) }];
    case 'named':
      return [{ type: 'object', additionalProperties: ref(type.of) }];
    case 'capacity':
      return [{ type: 'integer', minimum: 0 }, ref('capacity')];
    case 'drain':
      return [{ const: true }, { type: 'string', minLength: 1 }];
  }
}
