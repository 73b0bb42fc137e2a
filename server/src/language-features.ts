import {
  type CancellationToken,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  LinkedEditingRangeRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  LSPErrorCodes,
  SelectionRangeRequest,
  type SemanticTokens,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
  type RenameParams,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { AnswerSources, Answers } from './answers.ts';
import type { Analysis, PlacedDocument } from './features/analysis.ts';
import { ACTION_KINDS, codeActionsOf } from './features/code-actions.ts';
import { codeLensesOf, lensFactsOf } from './features/code-lens.ts';
import { completionsOf, resolved } from './features/completion.ts';
import { documentSymbolsOf, symbolsOf } from './features/document-symbols.ts';
import { foldingRangesOf, foldsOf } from './features/folding.ts';
import { hoverAt } from './features/hover.ts';
import { inlayHintsOf } from './features/inlay-hints.ts';
import {
  definitionsAt,
  highlightsAt,
  linkedRangesAt,
  referencesAt,
  renameAt,
  renameRangeAt,
} from './features/navigation.ts';
import { isScenarioFile, scenarioCompletionsAt, scenarioHoverAt } from './features/scenario-file.ts';
import { scenarioSymbolsOf } from './features/scenario-symbols.ts';
import { versionOf } from './features/shown-findings.ts';
import { namedObjects, objectDefinitionsAt, objectLinksOf } from './features/object-references.ts';
import {
  LONGEST_WHOLE,
  packed,
  semanticTokensOf,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  tokensIn,
} from './features/semantic-tokens.ts';
import { selectionRangesAt } from './features/selection-ranges.ts';

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

/** Of the person who reads: the server runs on their machine. */
const READER_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Everything that the protocol knows and Jobwright answers, beside diagnostics. To add a feature, add a row. */
export const LANGUAGE_FEATURES: readonly LanguageFeature[] = [
  atPlace(
    HoverRequest.type,
    { hoverProvider: true },
    null,
    (analysis, { textDocument: { uri }, position }, { apiDocs }) =>
      isScenarioFile(uri)
        ? scenarioHoverAt(analysis, position)
        : hoverAt(analysis, position, { now: Date.now(), zone: READER_ZONE, apiDocs }),
  ),
  atPlace(
    CompletionRequest.type,
    // A blank stands behind every colon and dash, a quote before a value in JSON: there a list is what the person wants
    // next. No item has commit characters: a key brings its colon and what follows, into which the character typed would
    // go; a value may be a new one that only begins like one in the list, and `,` or `}` would put the other in its
    // place; a snippet's first stop would take the character. Enter and Tab stay the only ways to take an item.
    { completionProvider: { triggerCharacters: [' ', '"'], resolveProvider: true } },
    [],
    (analysis, { textDocument: { uri }, position }, { options, settingsOf, objects }) => [
      ...(isScenarioFile(uri)
        ? scenarioCompletionsAt(analysis, position)
        : completionsOf(analysis, position, {
            snippets: options().snippets,
            version: versionOf(settingsOf(uri)),
            named: (manifest, path) => namedObjects(objects(), manifest, path),
          })),
    ],
  ),
  {
    capabilities: {},
    listen: ({ sources: { connection, apiDocs } }) =>
      void connection.onCompletionResolve((item) => resolved(item, apiDocs)),
  },
  atPlace(
    CodeActionRequest.type,
    { codeActionProvider: { codeActionKinds: [...ACTION_KINDS] } },
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
  ofText(
    DocumentSymbolRequest.type,
    { documentSymbolProvider: true },
    [],
    symbolsOf,
    (analysis, { textDocument: { uri } }) => [
      ...(isScenarioFile(uri) ? scenarioSymbolsOf(analysis) : documentSymbolsOf(analysis)),
    ],
  ),
  atPlace(
    InlayHintRequest.type,
    { inlayHintProvider: true },
    [],
    (analysis, { textDocument: { uri }, range }, sources) => {
      const { hints, until } = inlayHintsOf(analysis, range, sources.settingsOf(uri).inlayHints, Date.now());
      if (until !== null) sources.staleAt(until);
      return [...hints];
    },
  ),
  atPlace(
    DefinitionRequest.type,
    { definitionProvider: true },
    [],
    (analysis, { textDocument: { uri }, position }, { options, objects }) => {
      const own = definitionsAt(analysis, uri, position);
      const links = own.length > 0 ? own : objectDefinitionsAt(analysis, position, objects());
      return options().links
        ? [...links]
        : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
    },
  ),
  atPlace(
    ReferencesRequest.type,
    { referencesProvider: true },
    [],
    (analysis, { textDocument: { uri }, position, context }) => [
      ...referencesAt(analysis, uri, position, context.includeDeclaration),
    ],
  ),
  atPlace(DocumentHighlightRequest.type, { documentHighlightProvider: true }, [], (analysis, { position }) => [
    ...highlightsAt(analysis, position),
  ]),
  atPlace(LinkedEditingRangeRequest.type, { linkedEditingRangeProvider: true }, null, (analysis, { position }) =>
    linkedRangesAt(analysis, position),
  ),
  atPlace(PrepareRenameRequest.type, { renameProvider: { prepareProvider: true } }, null, (analysis, { position }) =>
    renameRangeAt(analysis, position),
  ),
  atPlace<RenameParams, WorkspaceEdit | ResponseError | null>(
    RenameRequest.type,
    {},
    null,
    (analysis, { textDocument: { uri }, position, newName }) => {
      const renamed = renameAt(analysis, uri, position, newName);
      return 'edit' in renamed ? renamed.edit : new ResponseError(LSPErrorCodes.RequestFailed, renamed.problem);
    },
  ),
  ofText(
    DocumentLinkRequest.type,
    { documentLinkProvider: {} },
    [],
    ({ document }) => document.objects,
    (analysis, _, { objects }) => [...objectLinksOf(analysis, objects())],
  ),
  ofText(FoldingRangeRequest.type, { foldingRangeProvider: true }, null, foldsOf, (analysis) => {
    const ranges = foldingRangesOf(analysis);
    return ranges === null ? null : [...ranges];
  }),
  atPlace(SelectionRangeRequest.type, { selectionRangeProvider: true }, [], (analysis, { positions }) => [
    ...selectionRangesAt(analysis, positions),
  ]),
  {
    capabilities: {
      semanticTokensProvider: {
        legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
        full: true,
        range: true,
      },
    },
    listen: (answers) => {
      const { connection, analysisOf, settingsOf } = answers.sources;
      const { method } = SemanticTokensRequest.type;
      connection.onRequest(
        method,
        async (params: SemanticTokensParams, token: CancellationToken): Promise<SemanticTokens | null> => {
          const { uri } = params.textDocument;
          // Of a long stream only what is seen is coloured: null lets the editor go on asking for that.
          if ((analysisOf(uri)?.text.length ?? 0) > LONGEST_WHOLE) return null;
          const version = versionOf(settingsOf(uri));
          const tokens = await answers.all(
            method,
            uri,
            params,
            token,
            null,
            ({ document }) => tokensIn(document, version),
            (analysis) => semanticTokensOf(analysis, version),
          );
          return tokens === null ? null : { data: packed(tokens) };
        },
      );
      connection.onRequest(SemanticTokensRangeRequest.method, (params: SemanticTokensRangeParams): SemanticTokens => {
        const { uri } = params.textDocument;
        const tokens = answers.one(SemanticTokensRangeRequest.method, uri, params, [], (analysis, { range }) =>
          semanticTokensOf(analysis, versionOf(settingsOf(uri)), range),
        );
        return { data: packed(tokens) };
      });
    },
  },
];

/** What a client is told of all of them. */
export const CAPABILITIES: ServerCapabilities = LANGUAGE_FEATURES.reduce<ServerCapabilities>(
  (all, { capabilities }) => ({ ...all, ...capabilities }),
  {},
);
