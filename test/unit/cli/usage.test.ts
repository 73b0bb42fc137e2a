import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { COMMAND_TABLE, SHELLS } from '../../../client/cli/command-table.ts';
import { usage, usageOf } from '../../../client/cli/usage.ts';
import { folderForTests, GOOD_JOB } from './jobwright.ts';

const { folder, run, write } = folderForTests();
const jobwright = (...args: string[]) => run(args);

/** What bash offers behind these words, the last of them half typed. */
function offered(...words: string[]): readonly string[] {
  const { stdout: script } = jobwright('completion', 'bash');
  const ask = `${script}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _jobwright; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', ask, 'bash', 'jobwright', ...words], { encoding: 'utf8' });
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => line !== '');
}

describe('the help', () => {
  it('names every command, and every option of each', () => {
    for (const command of COMMAND_TABLE) {
      assert.ok(usage().includes(`jobwright ${command.name} ${command.synopsis}`), command.name);
      const { status, stdout } = jobwright(command.name, '--help');
      assert.deepEqual([status, stdout], [0, usageOf(command)]);
      for (const option of Object.keys(command.options)) assert.ok(stdout.includes(`--${option}`), option);
    }
  });

  it('fits a terminal of 100 columns', () => {
    for (const text of [usage(), ...COMMAND_TABLE.map(usageOf)])
      for (const line of text.split('\n')) assert.ok(line.length <= 100, line);
  });
});

describe('completion', () => {
  it('offers commands, options and their values in bash', () => {
    assert.deepEqual(offered('si'), ['simulate']);
    assert.deepEqual(offered('lint', '--fo'), ['--format']);
    assert.deepEqual(offered('lint', '--format', ''), ['text', 'json', 'sarif', 'github']);
    assert.deepEqual(offered('simulate', '--seed', ''), []);
    assert.deepEqual(offered('completion', 'z'), ['zsh']);
    assert.ok(offered('lint', '/et').includes('/etc'));
    write('my job.yaml', GOOD_JOB);
    assert.deepEqual(offered('lint', `${folder}/my`), [`${folder}/my job.yaml`]);
    assert.deepEqual(offered('lint', '--config', `${folder}/my`), [`${folder}/my job.yaml`]);
  });

  it('knows three shells, and names them for any other', () => {
    for (const shell of SHELLS) assert.match(jobwright('completion', shell).stdout, /simulate/);
    for (const args of [[], ['powershell'], ['bash', 'zsh']]) {
      const { status, stderr } = jobwright('completion', ...args);
      assert.equal(status, 2);
      assert.match(stderr, /^jobwright: completion needs the name of a shell: bash, zsh, fish\n$/);
    }
  });
});
