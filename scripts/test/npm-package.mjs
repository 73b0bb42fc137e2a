// What the installed npm package gives to programs: types, a library, and reports that others can read.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { fetchedFrom } from '../setup/npm-tool.mjs';
import { run } from '../setup/run.mjs';

/** A program that uses all that the package has types for. */
const CONSUMER = `import { lint, readScenario, simulate, type LintChoice, type Simulated } from 'jobwright';
import type { ContributedRule, ExportedApi } from 'jobwright/extension';

const text: string = 'apiVersion: batch/v1\\nkind: Job\\nmetadata: { name: x }\\nspec:\\n  completions: 2\\n  template:\\n    spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] }\\n';
const choice: LintChoice = { kubernetesVersion: '1.34', severity: { 'advice/*': 'off' } };
const { objects, findings } = lint(text, choice);
const [first]: readonly Simulated[] = simulate(text, { scenario: readScenario('default: { run: 60 }') });
export const rule: ContributedRule = { id: 'acme/owner', judge: (kind) => [{ field: 'metadata', message: kind }] };
export const use = (api: ExportedApi): number => api.apiVersion;
// @ts-expect-error a severity that there is none
export const wrong: LintChoice = { severity: { 'advice/*': 'loud' } };
if (first?.kind === 'Job') console.log(objects[0]?.summary.accepted, findings.length, first.timeline.end?.reason);
`;

/**
 * @param {string} root of the repository
 * @param {string} target folder that the package is installed in
 */
export async function servesPrograms(root, target) {
  writeFileSync(join(target, 'consumer.mts'), CONSUMER);
  const types = ['--typeRoots', join(root, 'node_modules', '@types'), '--types', 'vscode'];
  const flags = ['--strict', '--module', 'nodenext', '--target', 'es2023', ...types, 'consumer.mts'];
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = await run(process.execPath, [compiler, ...flags], { cwd: target, capture: true });
  const ran = await run(process.execPath, ['consumer.mjs'], { cwd: target, capture: true });
  const holds = compiled.code === 0 && ran.code === 0 && ran.output.trim() === 'true 0 CompletionsReached';
  if (!holds) console.log(compiled.output, ran.output);
  return holds;
}

/**
 * Whether a report with findings of every level is what the schema of SARIF 2.1.0 asks for.
 * @param {string} root of the repository
 * @param {string} cli the installed command line
 */
export async function reportsValidSarif(root, cli) {
  const schema = await fetchedFrom(
    '@microsoft/jest-sarif',
    '1.0.0-beta.0',
    join('lib', 'schemas', 'sarif-2.1.0-rtm.5.json'),
  );
  if (schema === null) return false;
  const folders = ['examples', 'test/conformance/findings'].map((folder) => join(root, folder));
  const { output } = await run(process.execPath, [cli, 'lint', '--format', 'sarif', ...folders], { capture: true });
  const log = JSON.parse(output);
  // Its draft differs from the one that the validator knows in the name of `id` only, as far as it is used here.
  const rules = JSON.parse(readFileSync(schema, 'utf8'));
  delete rules.id;
  delete rules.$schema;
  const accepts = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    rules,
  );
  const valid = accepts(log);
  const [{ tool, results }] = log.runs;
  const levels = new Set(results.map(({ level }) => level));
  const helped = tool.driver.rules.every(
    ({ help, helpUri, defaultConfiguration }) => help.text && help.markdown && helpUri && defaultConfiguration.level,
  );
  const known = results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId);
  const holds = valid && helped && known && ['error', 'warning', 'note'].every((level) => levels.has(level));
  if (!holds) console.log(accepts.errors?.slice(0, 5), [...levels], { helped, known });
  return holds;
}
