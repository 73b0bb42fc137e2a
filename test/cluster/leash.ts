/** What ends with us, however we end. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Kills what we started, and removes the folder, also if this process dies without a word. */
export function startWatchdog(folder: string): {
  tell(what: string, value: number | string): void;
  end(): Promise<void>;
} {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./watchdog.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Not in the group of the terminal's foreground process: Ctrl-C must not reach it.
    detached: true,
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  const tell = (what: string, value: number | string): void =>
    void child.stdin.write(`${JSON.stringify([what, value])}\n`);
  tell('folder', folder);
  return {
    tell,
    end: () =>
      new Promise((resolve) => {
        child.ref();
        child.once('exit', () => resolve());
        if (child.exitCode !== null) resolve();
        child.stdin.end();
      }),
  };
}
