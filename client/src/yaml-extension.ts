import * as vscode from 'vscode';
import type { ManifestsChangedParams } from '../../server/src/protocol/protocol.ts';
import { isScenario } from './wake.ts';
import { jobsOfText, type JobsOfText, leaveJobsToUs, type YamlExtensionApi } from './yaml-schema.ts';

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
      const jobs = jobsOfText(textOf(uri), manifests);
      const ours = jobs.jobs.length > 0;
      if (ours) known.set(uri, jobs);
      else known.delete(uri);
      // An extension that fails to start is not ours to mend.
      if (ours) ask().catch(() => undefined);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  );
}

function isWanted(resource: string): boolean {
  const uri = vscode.Uri.parse(resource);
  return vscode.workspace.getConfiguration('jobwright', uri).get<string>('yamlExtension') !== 'both';
}

/** Of an open text. */
function textOf(uri: string): string {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText() ?? '';
}
