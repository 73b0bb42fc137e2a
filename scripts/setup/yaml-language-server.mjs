// Red Hat's YAML language server, to measure beside ours.
import { join } from 'node:path';
import { fetchedFrom } from './npm-tool.mjs';

export const YAML_LANGUAGE_SERVER_VERSION = '2.0.0';

/** @returns {Promise<string | null>} its program, a script for Node; null when it cannot be fetched */
export function installYamlLanguageServer() {
  return fetchedFrom('yaml-language-server', YAML_LANGUAGE_SERVER_VERSION, join('bin', 'yaml-language-server'));
}
