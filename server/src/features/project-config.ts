import { isRuleName } from '../../core/advice/all-rules.ts';
import type { PodSecurityLevel } from '../../core/advice/pod-security.ts';
import { KNOWN_VERSIONS, parseVersion } from '../../core/kubernetes/versions.ts';
import { entryOf, type ManifestNode } from '../../core/manifest/tree.ts';
import { readSeverity, type SeverityChoice, type SeverityTable } from '../../core/validation/severity.ts';
import { readDocuments } from '../yaml/reader.ts';
import { foldersAbove, joined, type ReadFile } from './file-paths.ts';
import { readLevel, type Settings } from './settings.ts';

/** What a project wants, whatever editor or pipeline looks at it. */
export interface ProjectConfig {
  readonly severity: SeverityTable;
  readonly kubernetesVersion?: string;
  /** What the project's namespaces enforce; null for nothing. */
  readonly podSecurity?: PodSecurityLevel | null;
  /** Files and folders to pass over, in the syntax of .gitignore, from the configuration's folder. */
  readonly ignore: readonly string[];
}

export const NO_CONFIG: ProjectConfig = { severity: {}, ignore: [] };

/** Names of the file; the first that a folder has counts. */
export const CONFIG_FILES: readonly string[] = [
  'jobwright.config.yaml',
  'jobwright.config.yml',
  'jobwright.config.json',
];

/** True for the path or the address of a configuration. */
export function isConfigFile(path: string): boolean {
  return CONFIG_FILES.some((name) => path === name || path.endsWith(`/${name}`));
}

export interface FoundConfig {
  /** Path of the file; null where there is none. */
  readonly file: string | null;
  readonly config: ProjectConfig;
  /** What is wrong with it, as the end of a sentence: `is no mapping`; then nothing of it counts. */
  readonly problem: string | null;
}

const NOT_FOUND: FoundConfig = { file: null, config: NO_CONFIG, problem: null };

/** Finds the configuration that is nearest above a file (a path with slashes). Reads each folder once. */
export function configFinder(read: ReadFile): (path: string) => FoundConfig {
  const known = new Map<string, FoundConfig | null>();
  const inFolder = (folder: string): FoundConfig | null => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = configIn(folder, read);
    known.set(folder, found);
    return found;
  };
  return (path) => {
    for (const folder of foldersAbove(path)) {
      const found = inFolder(folder);
      if (found !== null) return found;
    }
    return NOT_FOUND;
  };
}

function configIn(folder: string, read: ReadFile): FoundConfig | null {
  for (const name of CONFIG_FILES) {
    const file = joined(folder, name);
    const text = read(file);
    if (text !== null) return { file, ...readConfig(text) };
  }
  return null;
}

/** The settings with what the project wants: field by field, the project counts more. */
export function withConfig(settings: Settings, { severity, kubernetesVersion, podSecurity }: ProjectConfig): Settings {
  return {
    ...settings,
    severity: { ...settings.severity, ...severity },
    kubernetesVersion: kubernetesVersion ?? settings.kubernetesVersion,
    podSecurity: podSecurity === undefined ? settings.podSecurity : podSecurity,
  };
}

/** What a configuration's field holds; a sentence's end for what it does not take. */
type ReadField = (value: ManifestNode, field: string) => { readonly [Field in keyof ProjectConfig]?: unknown } | string;

const FIELDS: Readonly<Record<string, ReadField>> = {
  severity: readTable,
  rules: readTable,
  kubernetesVersion: (value) => {
    if (value.kind !== 'scalar') return 'has a kubernetesVersion that is no version';
    // YAML reads 1.30 as the number 1.3.
    const kubernetesVersion = value.source;
    return parseVersion(kubernetesVersion) === null
      ? `has an unknown Kubernetes version ${kubernetesVersion}: ${KNOWN_VERSIONS[0]!} to ${KNOWN_VERSIONS.at(-1)!} are known`
      : { kubernetesVersion };
  },
  podSecurity: (value) => {
    const podSecurity = value.kind === 'scalar' ? readLevel(value.value) : undefined;
    return podSecurity === undefined
      ? 'has a podSecurity that is none of privileged, baseline, restricted'
      : { podSecurity };
  },
  ignore: (value) => {
    const patterns =
      value.kind === 'sequence' ? value.items.map((item) => (item.kind === 'scalar' ? item.value : null)) : [];
    return value.kind === 'sequence' && patterns.every((pattern) => typeof pattern === 'string')
      ? { ignore: patterns }
      : 'has an ignore that is no list of patterns';
  },
};

/**
 * Reads a configuration: YAML or JSON, `{severity: {RULE: SEVERITY}, kubernetesVersion: "1.34", podSecurity: LEVEL, ignore: [PATTERN]}`;
 * `rules` is another name of `severity`. Whatever it does not understand, it refuses as a whole.
 */
export function readConfig(text: string): { readonly config: ProjectConfig; readonly problem: string | null } {
  const refused = (problem: string): ReturnType<typeof readConfig> => ({ config: NO_CONFIG, problem });
  const { root, problems } = readDocuments(text)[0]!;
  if (problems[0] !== undefined) return refused(`is not readable: ${problems[0].message}`);
  if (root === null) return { config: NO_CONFIG, problem: null };
  if (root.kind !== 'mapping') return refused('is no mapping');
  const known = Object.keys(FIELDS);
  const unknown = root.entries.find(({ key }) => !known.includes(key));
  if (unknown !== undefined) return refused(`has an unknown field ${unknown.key}: ${known.join(', ')} are known`);
  let config = NO_CONFIG;
  for (const field of known) {
    const value = entryOf(root, field)?.value;
    if (value === undefined || (value.kind === 'scalar' && value.value === null)) continue;
    const read = FIELDS[field]!(value, field);
    if (typeof read === 'string') return refused(read);
    const { severity } = config;
    config = { ...config, ...read } as ProjectConfig;
    if ('severity' in read) config = { ...config, severity: { ...severity, ...config.severity } };
  }
  return { config, problem: null };
}

function readTable(table: ManifestNode, field: string): { severity: SeverityTable } | string {
  if (table.kind !== 'mapping') return `has ${field} that are no mapping`;
  const severity: Record<string, SeverityChoice> = {};
  for (const { key, value } of table.entries) {
    if (!isRuleName(key)) return `names an unknown rule ${key}`;
    const choice = value.kind === 'scalar' ? readSeverity(value.value) : null;
    if (choice === null)
      return `gives ${key} an unknown severity ${value.kind === 'scalar' ? value.source : ''}`.trimEnd();
    severity[key] = choice;
  }
  return { severity };
}
