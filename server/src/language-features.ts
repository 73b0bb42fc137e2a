import {
  type CancellationToken,
  CodeActionKind,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { AnswerSources, Answers } from './answers.ts';
import type { Analysis, PlacedDocument } from './features/analysis.ts';
import { codeActionsOf } from './features/code-actions.ts';
import { codeLensesOf, lensFactsOf } from './features/code-lens.ts';
import { completionsOf } from './features/completion.ts';
import { documentSymbolsOf, symbolsOf } from './features/document-symbols.ts';
import { hoverAt } from './features/hover.ts';

/** One feature of the protocol: what the client is told of it, and how it is answered. */
export interface LanguageFeature {
  readonly capabilities: ServerCapabilities;
  listen(answers: Answers): void;
}

/** A request about one text, as `vscode-languageserver` types it. */
interface RequestKind<P, R> {
  readonly method: string;
  /** Never there: it carries the types. */
  readonly _?: [P, R, ...unknown[]] | undefined;
}

interface TextParams {
  readonly textDocument: { readonly uri: string };
}

type From<P, R> = (analysis: Analysis, params: P, sources: AnswerSources) => R;

/** Answered at once, from the document at the place that is asked about. */
function atPlace<P extends TextParams, R>(
  { method }: RequestKind<P, R>,
  capabilities: ServerCapabilities,
  nothing: R,
  from: From<P, R>,
): LanguageFeature {
  return {
    capabilities,
    listen: (answers) =>
      void answers.sources.connection.onRequest(method, (params: P): unknown =>
        answers.one(method, params.textDocument.uri, params, nothing, (analysis, own) =>
          from(analysis, own, answers.sources),
        ),
      ),
  };
}

/** Answered when `prepare` has been done with every document of the text, a slice at a time; it remembers. */
function ofText<P extends TextParams, R>(
  { method }: RequestKind<P, R>,
  capabilities: ServerCapabilities,
  nothing: R,
  prepare: (placed: PlacedDocument) => unknown,
  from: From<P, R>,
): LanguageFeature {
  return {
    capabilities,
    listen: (answers) =>
      void answers.sources.connection.onRequest(method, (params: P, token: CancellationToken) =>
        answers.all(method, params.textDocument.uri, params, token, nothing, prepare, (analysis, own) =>
          from(analysis, own, answers.sources),
        ),
      ),
  };
}

/** Everything that the protocol knows and Jobwright answers, beside diagnostics. To add a feature, add a row. */
export const LANGUAGE_FEATURES: readonly LanguageFeature[] = [
  atPlace(HoverRequest.type, { hoverProvider: true }, null, (analysis, { position }) =>
    hoverAt(analysis, position, { now: Date.now() }),
  ),
  atPlace(
    CompletionRequest.type,
    { completionProvider: { triggerCharacters: [' ', '"'] } },
    [],
    (analysis, { position }, { options }) => [...completionsOf(analysis, position, options().snippets)],
  ),
  atPlace(
    CodeActionRequest.type,
    { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
    [],
    (analysis, { textDocument: { uri }, range, context }, { settingsOf }) => [
      ...codeActionsOf(analysis, uri, range, context, settingsOf(uri)),
    ],
  ),
  ofText(
    CodeLensRequest.type,
    { codeLensProvider: { resolveProvider: false } },
    [],
    lensFactsOf,
    (analysis, { textDocument: { uri } }, { options }) => [
      ...codeLensesOf(analysis, uri, { watch: options().watch, now: Date.now() }),
    ],
  ),
  ofText(DocumentSymbolRequest.type, { documentSymbolProvider: true }, [], symbolsOf, (analysis) => [
    ...documentSymbolsOf(analysis),
  ]),
];

/** What a client is told of all of them. */
export const CAPABILITIES: ServerCapabilities = LANGUAGE_FEATURES.reduce<ServerCapabilities>(
  (all, { capabilities }) => ({ ...all, ...capabilities }),
  {},
);
