/** Writes the structure of batch/v1 that the API server publishes: names, types and rules, without the descriptions. */
import { parseArgs } from 'node:util';
import { startControlPlane } from './control-plane.ts';
import type { Json, JsonObject } from './objects.ts';
import { runProgram } from './program.ts';
import { writeInFolder } from './record-files.ts';

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same value with the names of every object in order, so that two releases compare line by line. */
function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, inOrder(value[name] ?? null)]),
  );
}

/** A schema without its prose. */
function structureOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(structureOf);
  if (!isObject(schema)) return schema;
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(schema)) {
    if (value === undefined || name === 'description') continue;
    // The names under `properties` are fields: one of them may well be called description.
    kept[name] = name === 'properties' && isObject(value) ? withoutProse(value) : structureOf(value);
  }
  return kept;
}

function withoutProse(schemas: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, structureOf(schema ?? null)]));
}

/**
 * Every type of an OpenAPI document: names, types, formats, required fields, enums, defaults, list types and keys.
 * @param version the server's exact release, which the document itself does not name
 */
export function batchStructure(document: JsonObject, version: string): Json {
  const components = document['components'];
  const schemas = isObject(components) && isObject(components['schemas']) ? components['schemas'] : {};
  return inOrder({ components: { schemas: withoutProse(schemas) }, info: { title: 'Kubernetes', version } });
}

const usage = `usage: node test/cluster/record-schema.ts [--out FILE]
Asks a control plane for /openapi/v3/apis/batch/v1 and writes its structure as JSON, to FILE or to standard output.`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { out: { type: 'string' }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const cluster = await startControlPlane({ log: (line) => console.error(line) });
  try {
    const api = cluster.api();
    const { gitVersion } = await api.get<{ readonly gitVersion: string }>('/version');
    const document = await api.get<JsonObject>('/openapi/v3/apis/batch/v1');
    const text = `${JSON.stringify(batchStructure(document, gitVersion), undefined, 1)}\n`;
    if (values.out === undefined) {
      await new Promise((resolve) => process.stdout.write(text, resolve));
    } else {
      await writeInFolder(values.out, text);
    }
  } finally {
    await cluster.stop();
  }
  return 0;
}

if (import.meta.main) {
  await runProgram(main);
}
