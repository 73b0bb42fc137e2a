// What our grammars colour in YAML, as snapshots of vscode-tmgrammar-test: `NAME.yaml.snap` beside `NAME.yaml` holds the
// scopes of each piece of a line. Ours end with `.jobwright`; the grammars of YAML, shell and Python that they are put
// into are VS Code's own, from the workbench in which other suites run. `UPDATE=1` writes them anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const HERE = fileURLToPath(new URL('./', import.meta.url));
const setup = new URL('../../../scripts/setup/code-server.mjs', import.meta.url).href;
const TOOL = join(ROOT, 'node_modules', 'vscode-tmgrammar-test', 'dist', 'snapshot.js');
const SAMPLES = readdirSync(HERE).filter((name) => name.endsWith('.yaml'));

/** Files with the grammars of VS Code's own extensions, each after `--grammar`. */
async function grammarOptions(): Promise<readonly string[]> {
  const { installCodeServer } = (await import(setup)) as { installCodeServer: () => Promise<string> };
  const workbench = await installCodeServer();
  return ['yaml', 'shellscript', 'python'].flatMap((extension) => {
    const folder = join(workbench, 'extensions', extension, 'syntaxes');
    return readdirSync(folder).flatMap((file) => ['--grammar', join(folder, file)]);
  });
}

test('texts are coloured as their snapshots say', async () => {
  const update = process.env['UPDATE'] === '1' ? ['--updateSnapshot'] : [];
  // Without a snapshot the tool would write one and be content.
  if (update.length === 0)
    for (const name of SAMPLES) assert.ok(existsSync(join(HERE, `${name}.snap`)), `${name} has a snapshot`);
  const options = ['--config', join(ROOT, 'package.json'), '--scope', 'source.yaml', ...(await grammarOptions())];
  const samples = SAMPLES.map((name) => join(HERE, name));
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...options, ...update, ...samples], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stdout + stderr);
});

test('comments, other texts of several lines and other fields are left alone', () => {
  for (const name of SAMPLES) {
    const isOurs = /\.jobwright\b/.test(readFileSync(join(HERE, `${name}.snap`), 'utf8'));
    assert.equal(isOurs, name !== 'left-alone.yaml', name);
  }
});
