import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Severity } from '../../server/core/validation/finding.ts';
import { clusterObjectsIn, type ClusterObject } from '../../server/src/features/cluster-objects.ts';
import { fixAll, type FixedText } from '../../server/src/features/fixes.ts';
import { keysNear } from '../../server/src/features/known-keys.ts';
import type { Settings } from '../../server/src/features/settings.ts';
import { formerOf } from './against.ts';
import { readArguments, type Arguments } from './arguments.ts';
import { compareWithBaseline, writeBaseline } from './baseline.ts';
import { LINT_OPTIONS } from './command-table.ts';
import { decodeText } from './decode-text.ts';
import { explainRule } from './explain-rule.ts';
import { asGithub } from './format-github.ts';
import { asJson } from './format-json.ts';
import { asSarif } from './format-sarif.ts';
import { asText } from './format-text.ts';
import { CommandError, DONE, FOUND, UNABLE, type Command, type Io } from './io.ts';
import { collectSources, type Source } from './lint-files.ts';
import { lintSource, type FileReport } from './lint-report.ts';
import { settingsFinder } from './lint-settings.ts';

/** What all output formats get. */
export interface LintOutput {
  readonly files: readonly FileReport[];
  /** Also what is less than a warning, in formats for people. */
  readonly hints: boolean;
  /** With `--baseline`: how many of its findings are gone. */
  readonly gone?: number;
  /** With `--fix`: how many fixes were made. */
  readonly fixes?: number;
}

type Chosen = Arguments<typeof LINT_OPTIONS>['values'];

const FORMATS: Readonly<Record<Chosen['format'], (output: LintOutput) => string>> = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asGithub,
};

/** Checks manifests: what the API server would say of them, and what to think about. */
export const run: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, LINT_OPTIONS);
  if (values.explain !== undefined) {
    await io.write(explainRule(values.explain));
    return DONE;
  }
  if (positionals.length === 0) throw new CommandError('lint needs a file, a folder or - for standard input');
  if (values['update-baseline'] && values.baseline === undefined)
    throw new CommandError('--update-baseline needs --baseline FILE');
  const { sources, problems, ignored, empty } = collectSources(positionals);
  for (const path of ignored) await io.complain(`jobwright: ${path} is passed over: an ignore file names it\n`);
  for (const path of empty) await io.complain(`jobwright: nothing to check in ${path}\n`);
  const linted = await lintAll(sources, values, io);
  const { files, unreadable } = linted;
  const troubles = [...problems, ...unreadable];
  const status = await report(linted, values, io, troubles.length > 0 && files.length === 0);
  if (troubles.length === 0) return status;
  await io.complain(`jobwright: ${troubles.join('; ')}\n`);
  return UNABLE;
};

interface Linted {
  readonly files: readonly FileReport[];
  readonly unreadable: readonly string[];
  /** How many fixes `--fix` made. */
  readonly fixes: number;
  /** With `--fix`, standard input as it is to be. */
  readonly mended: string | null;
}

async function lintAll(sources: readonly Source[], values: Chosen, io: Io): Promise<Linted> {
  const settingsOf = settingsFinder({ config: values.config, kubernetesVersion: values['kubernetes-version'] });
  const formerly = values.against === undefined ? undefined : formerOf(values.against);
  const files: FileReport[] = [];
  const unreadable: string[] = [];
  let mended: string | null = null;
  let fixes = 0;
  const texts = new Map<Source, string>();
  const objects: ClusterObject[] = [];
  for (const source of sources) {
    const text = await textOf(source, io.read, unreadable);
    if (text === null) continue;
    texts.set(source, text);
    objects.push(...clusterObjectsIn(text, placeOf(source)));
  }
  for (const [source, before] of texts) {
    const chosen = settingsOf(source.name, before);
    const settings = objects.length === 0 ? chosen : { ...chosen, keys: keysNear(placeOf(source), objects) };
    let text = before;
    if (values.fix) {
      const fixed = mend(source, before, settings, values.hints);
      text = fixed.text;
      fixes += fixed.fixes;
      if (!source.file) mended = text;
    }
    const former = await formerly?.(source.name);
    files.push(lintSource(source.name, text, { named: source.named, settings, former }));
  }
  return { files, unreadable, fixes, mended };
}

/** Where a source stands among the others; what comes from standard input, in the folder where we are. */
function placeOf({ name }: Source): string {
  return resolve(name).replaceAll('\\', '/');
}

const SERIOUS: ReadonlySet<Severity> = new Set(['error', 'warning']);
const ANY: ReadonlySet<Severity> = new Set(['error', 'warning', 'information', 'hint']);

/** The text after `--fix`; a file is written where that changes it. What is shown is what is mended. */
function mend({ name, file }: Source, text: string, settings: Settings, hints: boolean): FixedText {
  const fixed = fixAll(text, settings, hints ? ANY : SERIOUS);
  if (!file || fixed.text === text) return fixed;
  try {
    writeFileSync(name, fixed.text);
  } catch (error) {
    throw new CommandError(`cannot write ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fixed;
}

async function report({ files, fixes, mended }: Linted, values: Chosen, io: Io, quiet: boolean): Promise<number> {
  const { baseline } = values;
  if (baseline !== undefined && values['update-baseline']) {
    const count = writeBaseline(baseline, files);
    await io.write(`${baseline} now knows ${count} ${count === 1 ? 'finding' : 'findings'}\n`);
    return DONE;
  }
  const output: LintOutput = {
    ...(baseline === undefined ? { files } : compareWithBaseline(baseline, files)),
    // What decides the exit status is shown.
    hints: values.hints || values['fail-on'] === 'hint' || values['fail-on'] === 'information',
    ...(values.fix ? { fixes } : {}),
  };
  const said = FORMATS[values.format](output);
  if (mended !== null) {
    await io.write(mended);
    await io.complain(said);
  } else if (!quiet) await io.write(said);
  return output.files.some((file) => fails(file, values['fail-on'])) ? FOUND : DONE;
}

async function textOf(
  source: Source,
  standardInput: () => Promise<Uint8Array>,
  problems: string[],
): Promise<string | null> {
  try {
    return decodeText(await source.read(standardInput));
  } catch (error) {
    problems.push(`cannot read ${source.name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** From the least to the most severe. */
const ORDER: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

/** Whether something is at least this severe. What a comment silences, and what the baseline knows, does not count. */
function fails({ documents }: FileReport, least: Chosen['fail-on']): boolean {
  if (least === 'never') return false;
  const severe = new Set(ORDER.slice(ORDER.indexOf(least)));
  return documents.some(({ findings }) =>
    findings.some(({ severity, suppressed, known }) => severe.has(severity) && suppressed !== true && known !== true),
  );
}
