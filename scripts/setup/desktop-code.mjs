// Finds a desktop VS Code's own program. A shell wrapper or a remote `code` would lose the development flags.
import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/** Usual places of the program itself, by platform. */
function usualPlaces() {
  const { ProgramFiles = 'C:\\Program Files', LOCALAPPDATA = join(homedir(), 'AppData', 'Local') } = process.env;
  switch (process.platform) {
    case 'darwin':
      return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
        ['Visual Studio Code', 'Visual Studio Code - Insiders'].flatMap((name) =>
          ['Electron', 'Code', 'Code - Insiders'].map((program) =>
            join(folder, `${name}.app`, 'Contents', 'MacOS', program),
          ),
        ),
      );
    case 'win32':
      return [join(LOCALAPPDATA, 'Programs'), ProgramFiles].flatMap((folder) => [
        join(folder, 'Microsoft VS Code', 'Code.exe'),
        join(folder, 'Microsoft VS Code Insiders', 'Code - Insiders.exe'),
      ]);
    default:
      return [
        '/usr/share/code/code',
        '/usr/share/code-insiders/code-insiders',
        '/opt/visual-studio-code/code',
        '/snap/code/current/usr/share/code/code',
      ];
  }
}

/** `bin/code` beside an installation leads to the program two folders up. */
function besideWrappersOnPath() {
  const programs =
    { linux: ['code', 'code-insiders'], win32: ['Code.exe', 'Code - Insiders.exe'] }[process.platform] ?? [];
  const wrappers = process.platform === 'win32' ? ['code.cmd', 'code-insiders.cmd'] : ['code', 'code-insiders'];
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => wrappers.map((name) => join(folder, name)))
    .filter((wrapper) => existsSync(wrapper))
    .map((wrapper) => resolve(dirname(realpathSync(wrapper)), '..'))
    .flatMap((folder) => programs.map((name) => join(folder, name)));
}

/**
 * @returns {string | null} path of the program, or null where there is none that honours development flags: in a remote
 *   or WSL window, or without a screen
 */
export function findDesktopCode() {
  const { VSCODE_IPC_HOOK_CLI, WSL_DISTRO_NAME, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (VSCODE_IPC_HOOK_CLI !== undefined || WSL_DISTRO_NAME !== undefined) return null;
  if (process.platform === 'linux' && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) return null;
  const remote = /[\\/](\.vscode-server|remote-cli|\.vscode-remote)/;
  return [...usualPlaces(), ...besideWrappersOnPath()].find((path) => !remote.test(path) && existsSync(path)) ?? null;
}
