import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KNOWN_VERSIONS, parseVersion } from '../../server/core/kubernetes/versions.ts';
import { patchFinder } from '../../server/src/features/partial.ts';
import { mayHoldJobs } from '../../server/src/features/identity.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/features/settings.ts';
import { formerOf } from './against.ts';
import { readArguments } from './arguments.ts';
import { LINT_OPTIONS } from './command-table.ts';
import { collectSources, type Source } from './sources.ts';
import { CommandError, DONE, FOUND, UNABLE, type Command } from './io.ts';
import { asGithub } from './format-github.ts';
import { asJson } from './format-json.ts';
import { asSarif } from './format-sarif.ts';
import { asText } from './format-text.ts';
import { NO_CONFIG, readConfig } from './lint-config.ts';
import { lintSource, type FileReport } from './lint-report.ts';

/** What all output formats get. */
export interface LintOutput {
  readonly files: readonly FileReport[];
  /** Also what is less than a warning, in formats for people. */
  readonly hints: boolean;
}

const FORMATS: Readonly<Record<(typeof LINT_OPTIONS.format.choices)[number], (output: LintOutput) => string>> = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asGithub,
};

/** Checks manifests: what the API server would say of them, and what to think about. */
export const run: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, LINT_OPTIONS);
  const format = FORMATS[values.format];
  if (positionals.length === 0) throw new CommandError('lint needs a file, a folder or - for standard input');
  const config = values.config === undefined ? NO_CONFIG : readConfig(values.config);
  const kubernetesVersion = values['kubernetes-version'] ?? config.kubernetesVersion ?? '';
  checkVersion(kubernetesVersion);
  const whole: Settings = { ...DEFAULT_SETTINGS, kubernetesVersion, severity: config.severity };
  const part: Settings = { ...whole, partial: true };
  const isPatch = patchFinder(readIfThere);
  const formerly = values.against === undefined ? undefined : formerOf(values.against);
  const { sources, problems } = collectSources(positionals);
  const files: FileReport[] = [];
  for (const source of sources) {
    const text = await textOf(source, io.read, problems);
    if (text === null) continue;
    const partial = source.name !== '-' && mayHoldJobs(text) && isPatch(resolve(source.name).replaceAll('\\', '/'));
    const former = await formerly?.(source.name);
    files.push(lintSource(source.name, text, { named: source.named, settings: partial ? part : whole, former }));
  }
  if (files.length > 0 || problems.length === 0) await io.write(format({ files, hints: values.hints }));
  if (problems.length > 0) {
    await io.complain(`jobwright: ${problems.join('; ')}\n`);
    return UNABLE;
  }
  return files.some(hasError) ? FOUND : DONE;
};

function checkVersion(version: string): void {
  if (version !== '' && parseVersion(version) === null)
    throw new CommandError(
      `unknown Kubernetes version ${version}: ${KNOWN_VERSIONS[0]!} to ${KNOWN_VERSIONS.at(-1)!} are known`,
    );
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

async function textOf(
  source: Source,
  standardInput: () => Promise<Uint8Array>,
  problems: string[],
): Promise<string | null> {
  try {
    const bytes = await source.read(standardInput);
    // The encoding that a byte order mark names; YAML is UTF-8 without one.
    const encoding =
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : 'utf-8';
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    problems.push(`cannot read ${source.name}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** What a comment silences is no error any more. */
function hasError(report: FileReport): boolean {
  return report.documents.some(({ findings }) =>
    findings.some(({ severity, suppressed }) => severity === 'error' && suppressed !== true),
  );
}
