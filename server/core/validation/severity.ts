import type { Severity } from './finding.ts';

/** `off`: it is not shown at all. */
export type SeverityChoice = Severity | 'off';

/** By rule (`advice/left-unset`) or group (`advice/*`): what a person wants instead of a rule's usual severity. */
export type SeverityTable = Readonly<Record<string, SeverityChoice>>;

export const SEVERITY_CHOICES: readonly SeverityChoice[] = ['off', 'hint', 'information', 'warning', 'error'];

/** What is chosen for a rule; the rule itself counts more than its group. Undefined when nothing is. */
export function chosenSeverity(table: SeverityTable, rule: string): SeverityChoice | undefined {
  return own(table, rule) ?? own(table, groupOf(rule));
}

/** `advice/left-unset` -> `advice/*`. */
export function groupOf(rule: string): string {
  return `${rule.split('/', 1)[0]!}/*`;
}

/** True when a rule is meant by its own name or its group's (`advice/*`). */
export function namesRule(pattern: string, rule: string): boolean {
  return pattern === rule || pattern === groupOf(rule);
}

/** Takes what is right from a table of any shape. YAML reads a bare `off` as false. */
export function readSeverities(value: unknown): SeverityTable {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const table: Record<string, SeverityChoice> = {};
  for (const [rule, word] of Object.entries(value)) {
    const choice = readSeverity(word);
    if (choice !== null) table[rule] = choice;
  }
  return table;
}

/** Null for what is no severity. */
export function readSeverity(word: unknown): SeverityChoice | null {
  const text = word === false ? 'off' : word;
  return SEVERITY_CHOICES.find((choice) => choice === text) ?? null;
}

function own(table: SeverityTable, key: string): SeverityChoice | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
