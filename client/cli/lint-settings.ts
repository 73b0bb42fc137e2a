import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KNOWN_VERSIONS, parseVersion } from '../../server/core/kubernetes/versions.ts';
import { mayHoldJobs } from '../../server/src/features/identity.ts';
import { patchFinder } from '../../server/src/features/partial.ts';
import { configFinder, readConfig, withConfig, type ProjectConfig } from '../../server/src/features/project-config.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/features/settings.ts';
import { CommandError } from './io.ts';
import { textOrNull } from './lint-files.ts';

/** How a file is to be checked; `-` is taken to stand in the folder where we are. */
export type SettingsOf = (name: string, text: string) => Settings;

/**
 * What holds for each file: the configuration that was named, or else the one nearest above the file; what the command
 * line says counts more; a kustomization's patch is part of an object.
 * @throws CommandError that names the file and what is wrong
 */
export function settingsFinder(options: {
  readonly config: string | undefined;
  readonly kubernetesVersion: string | undefined;
}): SettingsOf {
  const { kubernetesVersion } = options;
  if (kubernetesVersion !== undefined) checkVersion(kubernetesVersion);
  const given = options.config === undefined ? null : readNamed(options.config);
  const nearest = configFinder(textOrNull);
  const isPatch = patchFinder(textOrNull);
  const known = new Map<ProjectConfig, Settings>();
  const layered = (config: ProjectConfig): Settings => {
    const before = known.get(config);
    if (before !== undefined) return before;
    const settings = withConfig(DEFAULT_SETTINGS, config);
    const chosen = kubernetesVersion === undefined ? settings : { ...settings, kubernetesVersion };
    known.set(config, chosen);
    return chosen;
  };
  return (name, text) => {
    const path = resolve(name).replaceAll('\\', '/');
    const settings = layered(given ?? found(nearest(path)));
    return name !== '-' && mayHoldJobs(text) && isPatch(path) ? { ...settings, partial: true } : settings;
  };
}

function found({ file, config, problem }: ReturnType<ReturnType<typeof configFinder>>): ProjectConfig {
  if (problem !== null) throw new CommandError(`the configuration ${file ?? ''} ${problem}`);
  return config;
}

function readNamed(path: string): ProjectConfig {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`cannot read the configuration ${path}`);
  }
  const { config, problem } = readConfig(text);
  if (problem !== null) throw new CommandError(`the configuration ${path} ${problem}`);
  return config;
}

function checkVersion(version: string): void {
  if (version !== '' && parseVersion(version) === null)
    throw new CommandError(
      `unknown Kubernetes version ${version}: ${KNOWN_VERSIONS[0]!} to ${KNOWN_VERSIONS.at(-1)!} are known`,
    );
}
