import { readFileSync } from 'node:fs';
import { COMMAND_TABLE, EXIT_STATUSES, type CommandFacts, type OptionFacts } from './command-table.ts';
import { wrapped } from './wrap.ts';

const WIDTH = 100;
/** Where what an option does begins. */
const COLUMN = 38;

/** What `jobwright --help` says: every command in a line or two. */
export function usage(): string {
  const commands = COMMAND_TABLE.map(
    ({ name, synopsis, says }) => `  jobwright ${name} ${synopsis}\n${wrapped(says, WIDTH, 6)}`,
  );
  return `jobwright: write, understand and debug Kubernetes Jobs

${commands.join('\n')}

  jobwright COMMAND --help, jobwright --version

${exitStatuses()}`;
}

/** What `jobwright COMMAND --help` says. */
export function usageOf({ name, synopsis, options, says }: CommandFacts): string {
  const lines = Object.entries(options).map(([option, facts]) => {
    const head = `  ${optionHead(option, facts)}`;
    const text = wrapped(optionSays(facts), WIDTH, COLUMN);
    return head.length < COLUMN - 1 ? `${head}${text.slice(head.length)}` : `${head}\n${text}`;
  });
  const table = lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  return `jobwright ${name} ${synopsis}\n${wrapped(says, WIDTH, 2)}\n\n${table}${exitStatuses()}`;
}

/** An option as it is written: `-n, --namespace NAME`. */
export function optionHead(name: string, { short, value, choices }: OptionFacts): string {
  const behind = value ?? choices?.join('|');
  return `${short === undefined ? '' : `-${short}, `}--${name}${behind === undefined ? '' : ` ${behind}`}`;
}

/** What an option does, with its default. */
export function optionSays({ says, default: otherwise }: OptionFacts): string {
  return typeof otherwise === 'string' ? `${says} (${otherwise})` : says;
}

function exitStatuses(): string {
  const all = EXIT_STATUSES.map(([status, says]) => `${status} ${says}`).join('; ');
  return `${wrapped(`Exit status: ${all}.`, WIDTH)}\n`;
}

/** The product's version, from the manifest nearest above this file (it is bundled to another place). */
export function versionOf(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8'));
      if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
    } catch {
      // Not there: one folder up.
    }
  }
  return 'unknown';
}
