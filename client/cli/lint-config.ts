import { readFileSync } from 'node:fs';
import { isRuleName } from '../../server/core/advice/all-rules.ts';
import { entryOf, type ManifestNode } from '../../server/core/manifest/tree.ts';
import { readSeverity, type SeverityChoice, type SeverityTable } from '../../server/core/validation/severity.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';
import { CommandError } from './io.ts';

/** What `--config FILE` may say. */
export interface Config {
  readonly severity: SeverityTable;
  /** As written; the command line's own counts more. */
  readonly kubernetesVersion?: string;
}

export const NO_CONFIG: Config = { severity: {} };

/** `rules` is another name of `severity`. */
const TABLES: readonly string[] = ['severity', 'rules'];

/**
 * Reads a configuration: YAML or JSON, `{severity: {RULE: SEVERITY}, kubernetesVersion: "1.34"}`. Whatever it does not
 * understand, it refuses.
 * @throws CommandError that names the file and what is wrong
 */
export function readConfig(path: string): Config {
  const refuse = (why: string): never => {
    throw new CommandError(`the configuration ${path} ${why}`);
  };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`cannot read the configuration ${path}`);
  }
  const { root, problems } = readDocuments(text)[0]!;
  if (problems[0] !== undefined) refuse(`is not readable: ${problems[0].message}`);
  if (root === null) return NO_CONFIG;
  if (root.kind !== 'mapping') return refuse('is no mapping');
  const unknown = root.entries.find(({ key }) => key !== 'kubernetesVersion' && !TABLES.includes(key));
  if (unknown !== undefined)
    refuse(`has an unknown field ${unknown.key}: severity (or rules) and kubernetesVersion are known`);
  const severity: Record<string, SeverityChoice> = {};
  for (const field of TABLES) readTable(field, entryOf(root, field)?.value, severity, refuse);
  const version = entryOf(root, 'kubernetesVersion')?.value;
  if (version === undefined) return { severity };
  if (version.kind !== 'scalar') return refuse('has a kubernetesVersion that is no version');
  // YAML reads 1.30 as the number 1.3.
  return { severity, kubernetesVersion: version.source };
}

function readTable(
  field: string,
  table: ManifestNode | undefined,
  into: Record<string, SeverityChoice>,
  refuse: (why: string) => never,
): void {
  if (table === undefined || (table.kind === 'scalar' && table.value === null)) return;
  if (table.kind !== 'mapping') return refuse(`has ${field} that are no mapping`);
  for (const { key, value } of table.entries) {
    if (!isRuleName(key)) refuse(`names an unknown rule ${key}`);
    const choice = value.kind === 'scalar' ? readSeverity(value.value) : null;
    if (choice === null)
      return refuse(`gives ${key} an unknown severity ${value.kind === 'scalar' ? value.source : ''}`.trimEnd());
    into[key] = choice;
  }
}
