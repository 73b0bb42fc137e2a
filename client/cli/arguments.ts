import { parseArgs } from 'node:util';
import type { OptionFacts, OptionTable } from './command-table.ts';
import { CommandError } from './io.ts';

type OneValue<O extends OptionFacts> = O['type'] extends 'boolean'
  ? boolean
  : O extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : string;
type Value<O extends OptionFacts> = O extends { readonly multiple: true }
  ? readonly string[]
  : O extends { readonly default: unknown }
    ? OneValue<O>
    : OneValue<O> | undefined;

export interface Arguments<T extends OptionTable> {
  /** By option; undefined where it was not given and has no default. */
  readonly values: { readonly [Name in keyof T]: Value<T[Name]> };
  readonly positionals: readonly string[];
}

/**
 * The options and operands of one command.
 * @throws CommandError in one sentence for what its table does not know
 */
export function readArguments<const T extends OptionTable>(args: readonly string[], options: T): Arguments<T> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // Node's own sentence, without its advice on positional arguments.
    throw new CommandError(error instanceof Error ? error.message.split('. To specify')[0]! : String(error));
  }
  const values = parsed.values as Readonly<Record<string, unknown>>;
  for (const [name, { choices }] of Object.entries(options)) {
    const chosen = values[name];
    if (choices !== undefined && typeof chosen === 'string' && !choices.includes(chosen))
      throw new CommandError(`unknown ${name} ${chosen}: ${choices.join(', ')} are known`);
  }
  return { values: values as Arguments<T>['values'], positionals: parsed.positionals };
}
