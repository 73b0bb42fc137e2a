// What other projects put into their pipelines, tried in a project: the pre-commit hook and the GitHub Action, as they
// stand in the repository, with the package that was just made in place of the published one.
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { installPreCommit } from '../setup/pre-commit.mjs';
import { fetchedFrom } from '../setup/npm-tool.mjs';
import { run } from '../setup/run.mjs';
import { registryOf } from './local-registry.mjs';

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];

/**
 * @param {string} root of the repository, whose packages are made
 * @param {string} installed folder of the installed package
 * @param {string} folder to work in
 * @returns {Promise<{ env: NodeJS.ProcessEnv, project: string, close(): void }>} a git project of one good Job, and an
 *   environment in which npm knows the package that was just made
 */
export async function projectWithPackage(root, installed, folder) {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const registry = await registryOf(manifest, join(root, 'out', `jobwright-${manifest.version}.tgz`));
  const project = join(folder, 'project');
  mkdirSync(join(project, 'jobs'), { recursive: true });
  copyFileSync(join(root, 'examples', 'indexed.yaml'), join(project, 'jobs', 'good.yaml'));
  const env = {
    ...process.env,
    npm_config_registry: registry.url,
    npm_config_cache: join(folder, 'npm-cache'),
    PRE_COMMIT_HOME: join(folder, 'pre-commit'),
  };
  await git(project, 'init', '-q');
  await git(project, 'add', '.');
  return { env, project, close: () => registry.close() };
}

/** @param {string} cwd @param {string[]} args */
async function git(cwd, ...args) {
  const { code, output } = await run('git', [...IDENTITY, ...args], { cwd, capture: true });
  if (code !== 0) throw new Error(`git ${args[0]}: ${output}`);
  return output.trim();
}

/**
 * Whether pre-commit takes the hook from this repository, lets a good Job pass and stops a bad one.
 * @param {string} root @param {string} folder @param {Awaited<ReturnType<typeof projectWithPackage>>} made
 */
export async function preCommitHookHolds(root, folder, { env, project }) {
  const preCommit = await installPreCommit();
  if (preCommit === null) return false;
  // pre-commit wants hooks in a git repository with a commit; this one holds the file that it reads.
  const hooks = join(folder, 'hooks');
  mkdirSync(hooks);
  copyFileSync(join(root, '.pre-commit-hooks.yaml'), join(hooks, '.pre-commit-hooks.yaml'));
  await git(hooks, 'init', '-q');
  await git(hooks, 'add', '.');
  await git(hooks, 'commit', '-q', '-m', 'hooks');
  const rev = await git(hooks, 'rev-parse', 'HEAD');
  const config = { repos: [{ repo: hooks, rev, hooks: [{ id: 'jobwright' }] }] };
  writeFileSync(join(project, '.pre-commit-config.yaml'), JSON.stringify(config));
  await git(project, 'add', '.');
  const commit = () =>
    run(preCommit.program, [...preCommit.args, 'run', '--color', 'never'], {
      cwd: project,
      env: { ...env, ...preCommit.env },
      capture: true,
    });
  const good = await commit();
  cpSync(join(root, 'examples', 'mistakes.yaml'), join(project, 'jobs', 'bad.yaml'));
  await git(project, 'add', '.');
  const bad = await commit();
  const holds =
    good.code === 0 && /Passed/.test(good.output) && bad.code !== 0 && /jobs\/bad\.yaml:\d+:\d+/.test(bad.output);
  if (!holds) console.log(good, bad);
  return holds;
}

/**
 * Whether the GitHub Action is what the schema of actions asks for, and its step, with its inputs filled in as GitHub
 * does, marks the lines of a bad Job and fails.
 * @param {string} root @param {Awaited<ReturnType<typeof projectWithPackage>>} made
 */
export async function actionHolds(root, { env, project }) {
  const text = readFileSync(join(root, 'action.yml'), 'utf8');
  const validator = await fetchedFrom('@action-validator/core', '0.6.0', 'action_validator.js');
  if (validator === null) return false;
  const { errors } = createRequire(import.meta.url)(validator).validateAction(text);
  const { inputs, runs } = parse(text);
  const [step] = runs.steps;
  const take = (given) => {
    const filled = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [
        name,
        value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input) => given[input] ?? inputs[input].default),
      ]),
    );
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run];
    return run('bash', args, { cwd: project, env: { ...env, ...filled }, capture: true });
  };
  cpSync(join(root, 'examples', 'mistakes.yaml'), join(project, 'jobs', 'bad.yaml'));
  const good = await take({ paths: 'jobs/good.yaml\n' });
  const bad = await take({ paths: 'jobs/good.yaml\njobs/bad.yaml\n', 'kubernetes-version': '1.34' });
  const never = await take({ 'fail-on': 'never' });
  const marked = /^::error file=jobs\/bad\.yaml,line=\d+/m;
  const holds =
    errors.length === 0 &&
    good.code === 0 &&
    bad.code === 1 &&
    marked.test(bad.output) &&
    never.code === 0 &&
    marked.test(never.output);
  if (!holds) console.log(errors, good, bad, never);
  return holds;
}
