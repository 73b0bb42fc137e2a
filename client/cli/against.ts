import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { analyse } from '../../server/src/features/analysis.ts';
import { FormerObjects, type FormerObject } from '../../server/src/features/former-objects.ts';
import { decodeText } from './decode-text.ts';
import { CommandError } from './io.ts';

/** Finds what the objects of a file were before: as the API server has them, if that is what was applied. */
export type Former = (file: string) => Promise<FormerObject>;

/**
 * Reads `--against`: a file with the former manifests, or `git:REV` for each file as that commit has it.
 * @throws CommandError for a file that cannot be read
 */
export function formerOf(against: string): Former {
  if (against.startsWith('git:')) {
    const revision = against.slice('git:'.length);
    if (!/^[\w@^~][\w@^~{}./+-]*$/.test(revision))
      throw new CommandError(`${against} names no revision, such as git:HEAD`);
    return async (file) => objectsOf(file === '-' ? '' : await textAt(revision, file));
  }
  let text: string;
  try {
    text = decodeText(readFileSync(against));
  } catch {
    throw new CommandError(`cannot read ${against}, which --against names`);
  }
  const known = objectsOf(text);
  return () => Promise.resolve(known);
}

function objectsOf(text: string): FormerObject {
  const objects = new FormerObjects();
  for (const { document } of analyse(text, 0).documents) objects.add(document);
  return objects.find;
}

/**
 * A file's text in a commit; empty when the commit does not have it.
 * @throws CommandError where there is no such commit, no repository or no git
 */
async function textAt(revision: string, file: string): Promise<string> {
  const folder = dirname(resolve(file));
  const name = basename(file);
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (commit === null) throw new CommandError(`git knows no commit ${revision} in ${folder}`);
  return (await git(folder, ['show', '--no-textconv', `${commit.trim()}:./${name}`])) ?? '';
}

/** What git prints; null when it fails. Runs git itself, with no shell between. */
function git(folder: string, args: readonly string[]): Promise<string | null> {
  return new Promise((settle, fail) => {
    execFile(
      'git',
      [...args],
      { cwd: folder, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8', windowsHide: true },
      (error, output) => {
        if (error?.code === 'ENOENT') fail(new CommandError('--against git:… needs git, which is not on the PATH'));
        else settle(error === null ? output : null);
      },
    );
  });
}
