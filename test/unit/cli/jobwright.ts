import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../../client/cli/main.ts', import.meta.url));

/** A folder of its own for a file of tests, in which the command line runs; gone afterwards. */
export function folderForTests() {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-cli-'));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    /** Writes a file, with its folders; gives back its path as the command line is to have it. */
    write: (path: string, text: string): string => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      return path;
    },
    read: (path: string): string => readFileSync(join(folder, path), 'utf8'),
    run: (args: readonly string[], input = '') =>
      spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', cwd: folder, input }),
  };
}

/** A Job that the API server takes. */
export const GOOD_JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  activeDeadlineSeconds: 60
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
`;
