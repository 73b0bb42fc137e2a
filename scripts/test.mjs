// `npm test`: everything, on a clean checkout. `npm test -- --only unit,protocol` runs some suites;
// `npm test -- --update` lets golden files be rewritten (read them before you commit them).
import { readFileSync } from 'node:fs';
import { underGoodNode } from './setup/node.mjs';
import { installDependencies } from './setup/dependencies.mjs';

await underGoodNode();
await installDependencies();
const { parseArgs } = await import('node:util');
const { sum } = await import('./test/tally.mjs');
const { SUITES } = await import('./test/suites.mjs');

let options;
try {
  options = parseArgs({
    options: { only: { type: 'string' }, name: { type: 'string' }, update: { type: 'boolean' } },
  }).values;
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
const names = options.only?.split(',') ?? SUITES.map(({ name }) => name);
const unknown = names.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}. There are: ${SUITES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
if (options.update) process.env.UPDATE = '1';

// Ending by a signal still runs what tidies up at exit.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

const tallies = [];
const lines = [];
for (const { name, run } of SUITES.filter((suite) => names.includes(suite.name))) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  let tally;
  try {
    tally = await run({ only: options.name });
  } catch (error) {
    console.log(`FAILED ${name}: ${error instanceof Error ? error.stack : String(error)}`);
    tally = { passed: 0, failed: 1, skipped: [] };
  }
  tallies.push(tally);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(
    `${name.padEnd(12)} ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped  (${seconds} s)`,
  );
  console.log(lines.at(-1));
}

const all = sum(tallies);
console.log(`\n${lines.join('\n')}`);
if (all.skipped.length > 0)
  console.log(`\nSKIPPED, each for the reason it gives:\n${all.skipped.map((name) => `  ${name}`).join('\n')}`);
if (process.env.CI !== undefined) {
  const allowed = JSON.parse(readFileSync(new URL('../test/allowed-skips.json', import.meta.url), 'utf8'));
  for (const name of all.skipped.filter((skip) => !allowed.some((entry) => skip.includes(entry.holds)))) {
    console.log(`FAILED skipped under CI, and not in test/allowed-skips.json: ${name}`);
    all.failed++;
  }
}
console.log(
  `\n${all.passed} passed, ${all.failed} failed${all.skipped.length > 0 ? `, ${all.skipped.length} skipped` : ''}`,
);
process.exitCode = all.failed > 0 ? 1 : 0;
