import { CommandError, type Command } from './io.ts';

const TRANSPORTS = /^(?:--stdio|--node-ipc|--(?:socket|pipe|clientProcessId)(?:=.*)?)$/;

/** Runs the language server on standard input and output until its client leaves. */
export const run: Command = async (args) => {
  const unknown = args.find((arg) => arg.startsWith('-') && !TRANSPORTS.test(arg));
  if (unknown !== undefined) throw new CommandError(`unknown option ${unknown}: jobwright lsp takes --stdio`);
  if (!args.some((arg) => TRANSPORTS.test(arg)))
    throw new CommandError('jobwright lsp needs to know how to speak: --stdio');
  // It reads its transport from the process's arguments, and ends the process itself.
  await import('../../server/src/node.ts');
  return await new Promise<never>(() => {});
};
