#!/usr/bin/env node
import process from 'node:process';
import { COMMAND_TABLE } from './command-table.ts';
import { CommandError, processIo, UNABLE, type Command } from './io.ts';
import { usage, usageOf, versionOf } from './usage.ts';

/** Each command is its own file, read when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./lint.ts')).run,
  simulate: async () => (await import('./simulate.ts')).run,
  why: async () => (await import('./why.ts')).run,
  wait: async () => (await import('./wait.ts')).run,
  calendar: async () => (await import('./calendar.ts')).run,
  lsp: async () => (await import('./lsp.ts')).run,
  completion: async () => (await import('./completion.ts')).run,
};

const io = processIo();

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined)
    throw new CommandError(`no command given: ${Object.keys(COMMANDS).join(', ')} (see jobwright --help)`);
  if (name === '--help' || name === '-h' || name === 'help') {
    await io.write(usage());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    await io.write(`${versionOf()}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const kind = name.startsWith('-') ? 'option' : 'command';
    throw new CommandError(
      `unknown ${kind} ${name}: ${Object.keys(COMMANDS).join(', ')} are known (see jobwright --help)`,
    );
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await io.write(usageOf(COMMAND_TABLE.find((command) => command.name === name)!));
    return 0;
  }
  return await (
    await load()
  )(rest, io);
}

try {
  // Not process.exit: what was written must reach its reader first.
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  await io.complain(`jobwright: ${message.replaceAll(/\s*\r?\n\s*/g, ' ')}\n`);
  process.exitCode = UNABLE;
}
