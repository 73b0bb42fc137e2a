import { isAbsolute as isAbsoluteHere, win32 } from 'node:path';

/** What is looked at to find a program: the file system, so that tests can have a Windows of their own. */
export interface ProgramFiles {
  readonly platform: NodeJS.Platform;
  /** True for a file that exists. */
  exists(path: string): Promise<boolean>;
  read(path: string): Promise<string>;
}

/** The file to start, or why there is none that can be started without a shell. */
export type FoundProgram = { readonly file: string } | { readonly script: string } | null;

const PROGRAMS = ['.exe', '.com'];
const SCRIPTS = ['.cmd', '.bat', '.ps1'];
/** Where Windows looks if nothing else is said. */
const ENDINGS = [...PROGRAMS, ...SCRIPTS];
const LONGEST_SCRIPT = 4_000;

/**
 * Finds the program that a kubeconfig's exec plugin names. Elsewhere than on Windows the system does that itself. There,
 * a bare name may be that of a script, which only a shell could run, and no shell is started here: a script that does
 * nothing but call one program is resolved to that program, all others are explained. The current folder is never looked
 * in, unlike by Windows itself.
 *
 * @returns null when there is nothing of that name
 */
export async function findProgram(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
  files: ProgramFiles,
): Promise<FoundProgram> {
  if (files.platform !== 'win32') return { file: command };
  for (const candidate of candidatesOf(command, env)) {
    if (!(await files.exists(candidate))) continue;
    const ending = endingOf(candidate);
    if (!SCRIPTS.includes(ending)) return { file: candidate };
    const called = ending === '.ps1' ? null : await programCalledBy(candidate, files);
    return called === null ? { script: candidate } : { file: called };
  }
  return null;
}

function candidatesOf(command: string, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const withEndings = (path: string): readonly string[] =>
    ENDINGS.includes(endingOf(path)) ? [path] : ENDINGS.map((ending) => path + ending);
  if (win32.isAbsolute(command) || isAbsoluteHere(command) || /[/\\]/.test(command)) return withEndings(command);
  // Windows does not tell `Path` from `PATH`.
  const path = Object.entries(env).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const folders = path
    .split(';')
    .map((folder) => folder.replace(/^"(.*)"$/, '$1'))
    .filter((folder) => win32.isAbsolute(folder));
  const all = folders.map((folder) => withEndings(win32.join(folder, command)));
  // A program of this name anywhere on the path is better than a script before it.
  const isScript = (file: string): boolean => SCRIPTS.includes(endingOf(file));
  return [...all.flat().filter((file) => !isScript(file)), ...all.flat().filter(isScript)];
}

function endingOf(path: string): string {
  return win32.extname(path).toLowerCase();
}

/** `@"%~dp0tool.exe" %*`: the program, when the script has no other line that does something. */
async function programCalledBy(script: string, files: ProgramFiles): Promise<string | null> {
  const text = await files.read(script).catch(() => '');
  if (text.length > LONGEST_SCRIPT) return null;
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^@\s*/, ''))
    .filter((line) => line !== '' && !/^(?:::|rem\b|echo off$|setlocal$|endlocal$|exit \/b\b)/i.test(line));
  const [only] = lines;
  const call = lines.length === 1 && only !== undefined ? /^(?:"([^"]+)"|(\S+))\s+%\*$/.exec(only) : null;
  if (call === null) return null;
  const named = (call[1] ?? call[2] ?? '').replace(/^%~dp0\\?/i, `${win32.dirname(script)}\\`);
  if (named.includes('%') || !win32.isAbsolute(named) || !PROGRAMS.includes(endingOf(named))) return null;
  return (await files.exists(named)) ? named : null;
}
