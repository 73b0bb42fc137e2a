import * as vscode from 'vscode';
import type { ManifestsChangedParams } from '../../server/src/protocol/protocol.ts';
import { isScenario } from './wake.ts';
import { type JobsOfText, leaveJobsToUs, type YamlExtensionApi } from './yaml-schema.ts';

const YAML_EXTENSION = 'redhat.vscode-yaml';

/** A scenario file is checked like a text of one Job. */
const ONE_OF_OURS: JobsOfText = { documents: 1, jobs: [0] };

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
  const look = ({ uri }: vscode.TextDocument): void => {
    if (!isScenario(uri)) return;
    known.set(uri.toString(), ONE_OF_OURS);
    ask().catch(() => undefined);
  };
  vscode.workspace.textDocuments.forEach(look);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(look),
    onManifestsChanged(({ uri, manifests }) => {
      if (isScenario(vscode.Uri.parse(uri))) return;
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
