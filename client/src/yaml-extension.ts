import * as vscode from 'vscode';
import type { ManifestsChangedParams } from '../../server/src/protocol/protocol.ts';
import { type JobsOfText, leaveJobsToUs, type YamlExtensionApi } from './yaml-schema.ts';

const YAML_EXTENSION = 'redhat.vscode-yaml';

/** Lives with the YAML extension where it is installed: what we check, it need not check again. */
export function registerYamlExtension(onManifestsChanged: vscode.Event<ManifestsChangedParams>): vscode.Disposable {
  const known = new Map<string, JobsOfText>();
  let asked = false;
  const ask = async (): Promise<void> => {
    const extension = vscode.extensions.getExtension<Partial<YamlExtensionApi>>(YAML_EXTENSION);
    if (asked || extension === undefined) return;
    asked = true;
    const yaml = await extension.activate();
    if (typeof yaml.registerContributor !== 'function') return;
    leaveJobsToUs(yaml as YamlExtensionApi, (resource) => (isWanted(resource) ? known.get(resource) : undefined));
  };
  return vscode.Disposable.from(
    onManifestsChanged(({ uri, manifests }) => {
      const jobs = [...new Set(manifests.filter(({ item }) => item === null).map(({ document }) => document))];
      if (jobs.length === 0) known.delete(uri);
      else known.set(uri, { documents: documentsOf(uri), jobs });
      // An extension that fails to start is not ours to mend.
      if (jobs.length > 0) ask().catch(() => undefined);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  );
}

function isWanted(resource: string): boolean {
  const uri = vscode.Uri.parse(resource);
  return vscode.workspace.getConfiguration('jobwright', uri).get<string>('yamlExtension') !== 'both';
}

/** Documents of an open text, by their separators. */
function documentsOf(uri: string): number {
  const text = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText() ?? '';
  return text.split(/^---(?=\s|$)/m).filter((part, at) => at > 0 || /^\s*[^\s#]/m.test(part)).length;
}
