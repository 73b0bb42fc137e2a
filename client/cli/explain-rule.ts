import { ALL_RULES } from '../../server/core/advice/all-rules.ts';
import { docsOf, type Rule } from '../../server/core/validation/rules.ts';
import { groupOf } from '../../server/core/validation/severity.ts';
import { CommandError } from './io.ts';
import { wrapped } from './wrap.ts';

const WIDTH = 80;

/**
 * What `lint --explain` says of a rule; of a group (`advice/*`, or `*` for all), a line for each of its rules.
 * @throws CommandError for a name that no rule has, with those that it may mean
 */
export function explainRule(name: string): string {
  const rule = ALL_RULES.find(({ id }) => id === name);
  if (rule !== undefined) return explained(rule);
  const group = ALL_RULES.filter(({ id }) => name === '*' || groupOf(id) === name);
  if (group.length > 0) {
    const width = Math.max(...group.map(({ id }) => id.length));
    return group.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(11)}  ${title}\n`).join('');
  }
  const word = name.split('/').at(-1)!.toLowerCase();
  const meant = ALL_RULES.filter(({ id, title }) => word !== '' && `${id} ${title}`.toLowerCase().includes(word));
  const hint = meant.length === 0 ? `lint --explain '*' lists all` : `${meant.map(({ id }) => id).join(', ')}?`;
  throw new CommandError(`no rule is called ${name}: ${hint}`);
}

function explained({ id, title, why, severity, fixable }: Rule): string {
  return [
    `${id}: ${title}`,
    `Severity: ${severity}.${fixable === true ? ' Has a fix (lint --fix, or the light bulb of the editor).' : ''}`,
    '',
    wrapped(why, WIDTH),
    '',
    `Silence it in one place with a comment:  # jobwright-ignore ${id}`,
    `For a project, in jobwright.config.yaml:  severity: {"${id}": off}`,
    docsOf(id),
    '',
  ].join('\n');
}
