/**
 * A process that outlives its parent by a moment: once its standard input closes, which the operating system does
 * however the parent ended, it kills what the parent had started and removes its temporary folder. Input is one JSON
 * array a line: `["process", pid]`, `["ended", pid]`, `["folder", path]`.
 */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

// Ctrl-C in a terminal reaches the whole group; this process must stay to do its work.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const processes = new Set<number>();
const folders = new Set<string>();

for await (const line of createInterface({ input: process.stdin })) {
  const [what, value] = JSON.parse(line) as [string, number | string];
  if (what === 'process') processes.add(Number(value));
  if (what === 'ended') processes.delete(Number(value));
  if (what === 'folder') folders.add(String(value));
}

for (const pid of processes) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
for (const folder of folders) {
  // A dying process may still write into the folder for a moment.
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      break;
    } catch {
      await delay(100);
    }
  }
}
