import { readArguments } from './arguments.ts';
import { COMMAND_TABLE, SHELLS, type CommandFacts, type OptionFacts, type Shell } from './command-table.ts';
import { CommandError, DONE, type Command } from './io.ts';

/** Prints the script that makes a shell complete commands, options and their values: `source <(jobwright completion bash)`. */
export const run: Command = async (args, io) => {
  const [shell, ...more] = readArguments(args, {}).positionals;
  const known = SHELLS.find((name) => name === shell);
  if (known === undefined || more.length > 0)
    throw new CommandError(`completion needs the name of a shell: ${SHELLS.join(', ')}`);
  await io.write(SCRIPTS[known]());
  return DONE;
};

const SCRIPTS: Readonly<Record<Shell, () => string>> = { bash: forBash, zsh: forZsh, fish: forFish };

const NAMES = COMMAND_TABLE.map(({ name }) => name).join(' ');

function options({ options: table }: CommandFacts): readonly (readonly [string, OptionFacts])[] {
  return Object.entries(table);
}

/** Values that are files are completed as files; other values that have no list are left to the person. */
function takesFile({ value }: OptionFacts): boolean {
  return value?.startsWith('FILE') === true;
}

/** Each line is a name, spaces and all. */
const BASH_FILES = `local IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$current"))`;

function forBash(): string {
  const cases = COMMAND_TABLE.map((command) => {
    const values = options(command).flatMap(([name, facts]) =>
      facts.choices !== undefined
        ? [`      --${name}) COMPREPLY=($(compgen -W '${facts.choices.join(' ')}' -- "$current")); return ;;`]
        : takesFile(facts)
          ? [`      --${name}) ${BASH_FILES}; return ;;`]
          : facts.type === 'string'
            ? [`      --${name}) return ;;`]
            : [],
    );
    const words = options(command).map(([name]) => `--${name}`);
    const operands =
      command.completes === 'files'
        ? BASH_FILES
        : `COMPREPLY=($(compgen -W '${command.completes === 'shells' ? SHELLS.join(' ') : ''}' -- "$current"))`;
    return [
      `    ${command.name})`,
      ...(values.length === 0 ? [] : ['      case "$previous" in', ...values.map((line) => `  ${line}`), '      esac']),
      '      case "$current" in',
      `        -*) COMPREPLY=($(compgen -W '${[...words, '--help'].join(' ')}' -- "$current")) ;;`,
      `        *) ${operands} ;;`,
      '      esac ;;',
    ].join('\n');
  });
  return `# bash completion of jobwright: source <(jobwright completion bash)
_jobwright() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${NAMES} --help --version' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _jobwright jobwright
`;
}

function forZsh(): string {
  const quoted = (text: string): string => text.replaceAll("'", "'\\''");
  const bracketed = (text: string): string => quoted(text).replaceAll(/[[\]:]/g, '\\$&');
  const cases = COMMAND_TABLE.map((command) => {
    const lines = options(command).map(([name, facts]) => {
      const repeat = facts.multiple === true ? '*' : '';
      const value =
        facts.choices !== undefined
          ? `:${name}:(${facts.choices.join(' ')})`
          : takesFile(facts)
            ? `:${name}:_files`
            : facts.type === 'string'
              ? `:${bracketed(facts.value ?? name)}:`
              : '';
      return `'${repeat}--${name}[${bracketed(facts.says)}]${value}'`;
    });
    const operands =
      command.completes === 'files'
        ? ["'*:path:_files'"]
        : command.completes === 'shells'
          ? [`':shell:(${SHELLS.join(' ')})'`]
          : [];
    return `    ${command.name}) _arguments ${[...lines, ...operands, "'--help[what it takes]'"].join(' \\\n      ')} ;;`;
  });
  return `#compdef jobwright
# zsh completion of jobwright: source <(jobwright completion zsh)
_jobwright() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${COMMAND_TABLE.map(({ name, says }) => `      '${name}:${bracketed(says)}'`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _jobwright jobwright
`;
}

function forFish(): string {
  const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const lines = COMMAND_TABLE.flatMap((command) => {
    const seen = `-n '__fish_seen_subcommand_from ${command.name}'`;
    return [
      `complete -c jobwright -n __fish_use_subcommand -f -a ${command.name} -d '${quoted(command.says)}'`,
      ...(command.completes === 'files' ? [] : [`complete -c jobwright ${seen} -f`]),
      ...(command.completes === 'shells' ? [`complete -c jobwright ${seen} -a '${SHELLS.join(' ')}'`] : []),
      ...options(command).map(([name, facts]) => {
        const short = facts.short === undefined ? '' : ` -s ${facts.short}`;
        const value =
          facts.choices !== undefined
            ? ` -x -a '${facts.choices.join(' ')}'`
            : takesFile(facts)
              ? ' -r'
              : facts.type === 'string'
                ? ' -x'
                : '';
        return `complete -c jobwright ${seen}${short} -l ${name}${value} -d '${quoted(facts.says)}'`;
      }),
    ];
  });
  return `# fish completion of jobwright: jobwright completion fish | source\n${lines.join('\n')}\n`;
}
