import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Analysis, PlacedDocument } from './features/analysis.ts';
import type { ClusterObject } from './features/cluster-objects.ts';
import type { ApiDocs } from './features/hover.ts';
import type { Settings } from './features/settings.ts';
import type { Positions } from './positions.ts';
import { inSlices } from './publisher.ts';

/** What a client is and may be sent; all of it optional in `initializationOptions` and capabilities. */
export interface ClientOptions {
  readonly settings: Settings | undefined;
  /** False: the client has no Watch command. */
  readonly watch: boolean;
  /** True: the client can say what a text was in the last commit. */
  readonly formerText: boolean;
  /** True: the client wants diagnostics sent, also when it could ask for them. */
  readonly push: boolean;
  /** True: what is inserted may hold tab stops. */
  readonly snippets: boolean;
  /** True: a definition may say which word leads to it. */
  readonly links: boolean;
}

/** What every answer is made from. */
export interface AnswerSources {
  readonly connection: Connection;
  /** The text as it stands now; undefined when it is closed, or when we are switched off. */
  readonly analysisOf: (uri: string) => Analysis | undefined;
  readonly settingsOf: (uri: string) => Settings;
  readonly options: () => ClientOptions;
  readonly positions: () => Positions;
  /** The API's own words for its fields. */
  readonly apiDocs: ApiDocs;
  /** What files of the workspace define, as far as that is known yet. */
  readonly objects: () => readonly ClusterObject[];
  /** Something shown becomes false at this time (milliseconds since 1970): the client is asked to ask again then. */
  readonly staleAt: (time: number) => void;
  readonly failed: (what: string, error: unknown) => void;
}

/**
 * Answers requests about one text: `nothing` when it is not open, when we are switched off, or when a handler failed,
 * which the log then tells. Places come in and go out as the client counts them.
 */
export class Answers {
  readonly sources: AnswerSources;

  constructor(sources: AnswerSources) {
    this.sources = sources;
  }

  /** At once, from the documents that the answer looks at. */
  one<P, T>(what: string, uri: string, params: P, nothing: T, from: (analysis: Analysis, params: P) => T): T {
    const { analysisOf, positions, failed } = this.sources;
    try {
      const analysis = analysisOf(uri);
      if (analysis === undefined) return nothing;
      return positions().encode(from(analysis, positions().decode(params, uri)), uri);
    } catch (error) {
      failed(what, error);
      return nothing;
    }
  }

  /** For answers that need every document: other messages are handled while `prepare` is done with each. */
  async all<P, T>(
    what: string,
    uri: string,
    params: P,
    token: CancellationToken,
    nothing: T,
    prepare: (placed: PlacedDocument) => unknown,
    from: (analysis: Analysis, params: P) => T,
  ): Promise<T> {
    const { analysisOf, failed } = this.sources;
    try {
      const analysis = analysisOf(uri);
      if (analysis === undefined) return nothing;
      const stale = (): boolean => token.isCancellationRequested || analysisOf(uri) !== analysis;
      if (!(await inSlices(analysis, prepare, stale))) return nothing;
    } catch (error) {
      failed(what, error);
      return nothing;
    }
    return this.one(what, uri, params, nothing, from);
  }
}
