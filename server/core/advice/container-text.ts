import type { Container, PodSpec } from '../kubernetes/generated/types.ts';

/** What containers say about themselves in command, args and env, and what can be known from it. */

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'zsh']);

/** Programs that do the same whatever their environment says, and words of the shell itself. */
const PLAIN_PROGRAMS = new Set(
  'echo sleep printf date true false exit seq test [ [[ : cat ls pwd whoami uname set shift break continue return wait trap let local readonly expr'.split(
    ' ',
  ),
);
const SHELL_WORDS = new Set('if then else elif fi for while until do done case esac in { } ( ) ! time'.split(' '));

/** The file name of a program path: `bash` of `/bin/bash`. */
export function programName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The inline script of a container that runs `sh -c SCRIPT` (or bash, …); null where it runs anything else. */
export function shellScript({ command = [], args = [] }: Container): string | null {
  const [program, ...rest] = command;
  if (program === undefined || !SHELLS.has(programName(program))) return null;
  const words = [...rest, ...args];
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word));
  return flag < 0 ? null : (words[flag + 1] ?? null);
}

/** True when the container starts a shell, inline script or not. */
export function startsShell({ command = [] }: Container): boolean {
  return command[0] !== undefined && SHELLS.has(programName(command[0]));
}

/** True when everything the container does is plain to see: only programs that cannot look up an index on their own. */
export function isTransparent(container: Container): boolean {
  const script = shellScript(container);
  if (script === null)
    return PLAIN_PROGRAMS.has(programName(container.command?.[0] ?? '')) && container.command?.[0] !== '';
  const commands = script
    .split(/[\n;|&()]+|\$\(|`/)
    .map((part) => part.trim().replace(/^#.*/, ''))
    .filter((part) => part !== '');
  return commands.length > 0 && commands.every(isPlainCommand);
}

function isPlainCommand(command: string): boolean {
  const words = command.split(/\s+/);
  let at = 0;
  while (SHELL_WORDS.has(words[at] ?? '') || /^\w+=/.test(words[at] ?? '')) {
    // `for NAME in …` and `case WORD in …` run nothing themselves.
    if (words[at] === 'for' || words[at] === 'case') return true;
    at++;
  }
  const program = words[at];
  return program === undefined || PLAIN_PROGRAMS.has(programName(program));
}

/** Exit codes written out in inline scripts of app containers (`exit 42`), without 0, ascending. */
export function literalExitCodes(pod: PodSpec | undefined): readonly number[] {
  const codes = new Set<number>();
  for (const container of pod?.containers ?? [])
    for (const match of (shellScript(container) ?? '').matchAll(/(?:^|[;&|({\s])exit\s+(\d{1,3})(?=$|[\s;&|)}])/g))
      codes.add(Number(match[1]));
  codes.delete(0);
  return [...codes].filter((code) => code <= 255).sort((a, b) => a - b);
}

/** Every text of a pod that can name its completion index: commands, arguments, variables and downward API files. */
export function textsOfPod(pod: PodSpec | undefined): readonly string[] {
  const texts: string[] = [];
  for (const container of [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])]) {
    texts.push(...(container.command ?? []), ...(container.args ?? []), container.workingDir ?? '');
    for (const variable of container.env ?? [])
      texts.push(variable.value ?? '', variable.valueFrom?.fieldRef?.fieldPath ?? '');
    for (const mount of container.volumeMounts ?? []) texts.push(mount.subPathExpr ?? '');
  }
  for (const volume of pod?.volumes ?? []) {
    for (const file of volume.downwardAPI?.items ?? []) texts.push(file.fieldRef?.fieldPath ?? '');
    for (const source of volume.projected?.sources ?? [])
      for (const file of source.downwardAPI?.items ?? []) texts.push(file.fieldRef?.fieldPath ?? '');
  }
  return texts;
}

/** What names the index, the host name that ends with it, or the pod name that holds it. */
const INDEX =
  /JOB_COMPLETION_INDEX|job-completion-index|HOSTNAME|hostname|metadata\.name\b|metadata\.(annotations|labels)$/;

/** True when a text of the pod names its completion index in one of the ways there are. */
export function isIndexMentioned(pod: PodSpec): boolean {
  return textsOfPod(pod).some((text) => INDEX.test(text));
}
