import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Answers } from './answers.ts';
import type { PlacedDocument } from './features/analysis.ts';
import { editManifest, fieldAt, fieldRangesOf, manifestOf, manifestsOf } from './features/manifests.ts';
import { readText } from './features/read-text.ts';
import { readScenarioText } from './features/scenario-text.ts';
import type { Settings } from './features/settings.ts';
import {
  type EditManifestParams,
  EditManifestRequest,
  type EditManifestResult,
  type FieldAtParams,
  FieldAtRequest,
  type FieldAtResult,
  FieldRangesRequest,
  type FieldRangesParams,
  type FieldRangesResult,
  type ManifestAddress,
  ManifestRequest,
  type ManifestResult,
  ManifestsRequest,
  type ManifestsParams,
  type ManifestsResult,
  type ReadTextParams,
  ReadTextRequest,
  type ReadTextResult,
  type ScenarioParams,
  ScenarioRequest,
  type ScenarioResult,
} from './protocol/protocol.ts';

export interface ClientRequestsDeps {
  readonly connection: Connection;
  readonly answers: Answers;
  readonly settingsOf: (uri: string) => Settings;
  /** What holds for a text that is no file. */
  readonly settings: () => Settings;
  /** Judges one document of a text, and remembers. */
  readonly judge: (uri: string) => (placed: PlacedDocument) => unknown;
  readonly failed: (what: string, error: unknown) => void;
}

/** Answers what panels, commands and other extensions ask, beside what LSP knows. */
export function serveClientRequests({
  connection,
  answers,
  settingsOf,
  settings,
  judge,
  failed,
}: ClientRequestsDeps): void {
  connection.onRequest(ManifestsRequest, ({ uri }: ManifestsParams, token: CancellationToken) =>
    answers.all<null, ManifestsResult>('manifests', uri, null, token, [], judge(uri), (analysis) =>
      manifestsOf(analysis, uri),
    ),
  );
  connection.onRequest(ManifestRequest, (address: ManifestAddress) =>
    answers.one<ManifestAddress, ManifestResult>('manifest', address.uri, address, null, (analysis, at) =>
      manifestOf(analysis, at, settingsOf(address.uri)),
    ),
  );
  connection.onRequest(FieldAtRequest, (params: FieldAtParams) =>
    answers.one<FieldAtParams, FieldAtResult>('field', params.uri, params, null, fieldAt),
  );
  connection.onRequest(FieldRangesRequest, (params: FieldRangesParams) =>
    answers.one<FieldRangesParams, FieldRangesResult>('field ranges', params.uri, params, {}, fieldRangesOf),
  );
  connection.onRequest(EditManifestRequest, (params: EditManifestParams) =>
    answers.one<EditManifestParams, EditManifestResult>('edits', params.uri, params, [], editManifest),
  );
  connection.onRequest(ScenarioRequest, ({ text }: ScenarioParams): ScenarioResult => {
    try {
      return readScenarioText(text);
    } catch (error) {
      failed('scenario', error);
      return { value: null, problems: ['The scenario could not be read.'] };
    }
  });
  connection.onRequest(ReadTextRequest, ({ text }: ReadTextParams): ReadTextResult => {
    try {
      return readText(text, settings());
    } catch (error) {
      failed('text', error);
      return { objects: [], findings: [] };
    }
  });
}
