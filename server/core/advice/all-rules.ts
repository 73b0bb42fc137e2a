import { API_RULES, NOTE_RULES, type Rule } from '../validation/rules.ts';
import { groupOf } from '../validation/severity.ts';
import { ADVICE_RULES } from './rules.ts';

/** Every rule that there is, in the order of the page of rules. */
export const ALL_RULES: readonly Rule[] = [...API_RULES, ...ADVICE_RULES, ...NOTE_RULES];

const NAMES: ReadonlySet<string> = new Set(ALL_RULES.flatMap(({ id }) => [id, groupOf(id)]));

/** True for the id of a rule, and for a group (`advice/*`) that has rules. */
export function isRuleName(name: string): boolean {
  return NAMES.has(name);
}
