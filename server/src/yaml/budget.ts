/** How much work one reading may take. A text beyond it is read up to there, and says so in one problem. */
export interface Budget {
  /** Lexical tokens of one document. The API server refuses request bodies over 3 MB, which are fewer. */
  readonly tokens: number;
  /** Lexical tokens of the whole text. */
  readonly streamTokens: number;
  /** Collections inside collections. */
  readonly depth: number;
  /** Documents in one text. */
  readonly documents: number;
  /** Problems named for one document; the first ones matter. */
  readonly problems: number;
  /** How often a document is read again with an unreadable line left out, to understand what follows it. */
  readonly repairs: number;
  /** Tokens that all those readings of one document may take together. */
  readonly repairTokens: number;
}

export const DEFAULT_BUDGET: Budget = {
  tokens: 500_000,
  streamTokens: 8_000_000,
  depth: 1100,
  documents: 30_000,
  problems: 100,
  repairs: 12,
  repairTokens: 300_000,
};
