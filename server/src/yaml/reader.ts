import type { ManifestDocument, ManifestNode, Span, SyntaxProblem } from '../../core/manifest/tree.ts';
import { DEFAULT_BUDGET, type Budget } from './budget.ts';
import { TreeBuilder } from './compose.ts';
import { Problems } from './problems.ts';
import { leaveOut, type Derailment } from './repair.ts';
import { shiftNode, shiftProblem } from './shift.ts';
import { isBlank, splitStream, type Chunk } from './stream.ts';
import { readTokens } from './tokens.ts';

/** What one document's text says, with all spans counted from the start of that text. */
interface DocumentContent {
  readonly root: ManifestNode | null;
  readonly problems: readonly SyntaxProblem[];
  readonly truncated: boolean;
  /** Lexical tokens read. */
  readonly tokens: number;
}

/** A document at its place: the spans of the whole text are made when somebody asks. */
class PlacedDocument implements ManifestDocument {
  readonly index: number;
  readonly span: Span;
  readonly truncated?: true;
  readonly #content: DocumentContent;
  readonly #base: number;
  #root: ManifestNode | null | undefined;
  #problems: readonly SyntaxProblem[] | undefined;

  constructor(index: number, chunk: Chunk, content: DocumentContent) {
    this.index = index;
    this.#content = content;
    this.#base = chunk.start;
    this.span = { start: chunk.contentStart, end: chunk.end };
    if (content.truncated) this.truncated = true;
  }

  get root(): ManifestNode | null {
    this.#root ??= this.#content.root === null ? null : shiftNode(this.#content.root, this.#base);
    return this.#root;
  }

  get problems(): readonly SyntaxProblem[] {
    this.#problems ??= this.#content.problems.map((problem) => shiftProblem(problem, this.#base));
    return this.#problems;
  }
}

/**
 * Reads a text as the documents of a YAML stream (JSON is YAML too). Never throws: what cannot be understood is named
 * in the documents' problems and left out of their trees. Linear time within the budget; a document that is longer
 * than the budget is read up to there, named in one problem and marked `truncated`. At least one document.
 */
export function readDocuments(text: string, budget: Partial<Budget> = {}): readonly ManifestDocument[] {
  const limits = { ...DEFAULT_BUDGET, ...budget };
  let left = limits.streamTokens;
  return splitStream(text, limits.documents).map((chunk, index) => {
    const content = readContent(text.slice(chunk.start, chunk.end), chunk.contentStart - chunk.start, left, limits);
    left = Math.max(0, left - content.tokens);
    return new PlacedDocument(index, chunk, content);
  });
}

const endings = {
  tokens: 'this document is too long to be checked to its end; what follows here was not read',
  depth: 'this document is nested too deeply to be checked to its end; what follows here was not read',
};

function readContent(text: string, markerEnd: number, tokensLeft: number, limits: Budget): DocumentContent {
  if (markerEnd <= 3 && isBlank(text, markerEnd, text.length))
    return { root: null, problems: [], truncated: false, tokens: 1 };
  const allowed = Math.min(limits.tokens, tokensLeft);
  const first = attempt(text, allowed, limits, true, []);
  if (first.problems.length === 0 || first.truncated) return first;
  // Something is wrong: read it again such that indentation limits the damage, and what derails the parser is left out.
  const repaired: Derailment[] = [];
  let readable = text;
  let used = first.tokens;
  for (;;) {
    if (used + first.tokens > limits.repairTokens) return first;
    const next = attempt(readable, allowed, limits, false, repaired);
    used += next.tokens;
    if (next.derailed === null || repaired.length >= limits.repairs)
      return next.problems.length > 0 ? next : { ...next, problems: first.problems.slice(0, 1) };
    repaired.push(next.derailed);
    readable = leaveOut(readable, next.derailed);
  }
}

// eslint-disable-next-line no-control-regex -- these are the characters that are looked for
const controlCharacters = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const everyControlCharacter = new RegExp(controlCharacters.source, 'g');

function attempt(
  text: string,
  tokens: number,
  limits: Budget,
  loose: boolean,
  repaired: readonly Derailment[],
): DocumentContent & { readonly derailed: Derailment | null } {
  const problems = new Problems(limits.problems);
  const control = controlCharacters.exec(text);
  if (control !== null) problems.add('control characters are not allowed', control.index, control.index + 1);
  const readable = control === null ? text : text.replaceAll(everyControlCharacter, ' ');
  const tree = readTokens(readable, tokens, limits, loose);
  for (const { message, start, end } of repaired) problems.add(message, start, end);
  const builder = new TreeBuilder(text, tree.ended !== undefined, problems);
  let root: ManifestNode | null = null;
  try {
    root = builder.read(tree.tokens);
  } catch (error) {
    // A small stack, as workers have, may end before the budget does.
    if (!(error instanceof RangeError)) throw error;
    builder.truncated = true;
    problems.end(endings.depth, 0);
  }
  // Whatever seems wrong where the reading ended is not.
  if (tree.ended !== undefined) problems.end(endings[tree.ended.reason], tree.ended.offset);
  return {
    root,
    problems: problems.sorted(),
    truncated: tree.ended !== undefined || builder.truncated,
    tokens: tree.count,
    derailed: tree.broken ?? builder.derailed,
  };
}
