/**
 * Finds out which Kubernetes version has which field of Jobs and CronJobs first, from the objects with every field set
 * that the Go module k8s.io/api carries for its own tests: what the table of features is held against.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { SHAPES } from '../../server/core/kubernetes/generated/shapes.ts';
import type { Shape } from '../../server/core/kubernetes/shape.ts';

/** `Object.field`, and the minor of the first version that has it. */
export type FieldHistory = Readonly<Record<string, number>>;

function visit(value: unknown, shape: Shape, fields: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (shape.type === 'list' && Array.isArray(value)) for (const item of value) visit(item, shape.of, fields);
  else if (shape.type === 'map') for (const item of Object.values(value)) visit(item, shape.of, fields);
  else if (shape.type === 'object')
    for (const [field, inner] of Object.entries(value)) {
      const known = SHAPES[shape.ref]?.fields[field];
      if (known === undefined) continue;
      fields.add(`${shape.ref}.${field}`);
      visit(inner, known, fields);
    }
}

async function fieldsOf(folder: string): Promise<ReadonlySet<string>> {
  const fields = new Set<string>();
  for (const kind of ['Job', 'CronJob'])
    visit(parse(await readFile(join(folder, `batch.v1.${kind}.yaml`), 'utf8')), { type: 'object', ref: kind }, fields);
  return fields;
}

const usage = `usage: node test/cluster/record-field-history.ts FILE.json MINOR=FOLDER...
FOLDER is one of the folders in testdata of the Go module k8s.io/api: HEAD for the module's own version, v1.35.0 and the
like for those before. The oldest version given counts as always, and its fields are left out.`;

const [file, ...sources] = process.argv.slice(2);
if (file === undefined || sources.length < 2) {
  console.log(usage);
  process.exitCode = 2;
} else {
  const versions = sources
    .map((source) => /^(\d+)=(.*)$/.exec(source))
    .flatMap((match) => (match === null ? [] : [{ minor: Number(match[1]), folder: match[2]! }]))
    .sort((a, b) => a.minor - b.minor);
  const first = new Map<string, number>();
  for (const { minor, folder } of versions)
    for (const field of await fieldsOf(folder)) if (!first.has(field)) first.set(field, minor);
  const oldest = versions[0]?.minor;
  const late = [...first].filter(([, minor]) => minor !== oldest).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(file, `${JSON.stringify(Object.fromEntries(late), null, 1)}\n`);
  console.log(`${first.size} fields, ${late.length} of them newer than 1.${oldest ?? 0}`);
}
