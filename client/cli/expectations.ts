import { quantiles, type RunOutcome } from '../../server/core/simulation/monte-carlo.ts';
import { CommandError } from './io.ts';

/** What a person expects of a simulation: `end=Complete`, `seconds<=3600`, `p95.seconds<=3600`, `odds.Complete>=0.99`. */
export interface Expectation {
  readonly text: string;
  /** A quantile of many runs, the share of an outcome, or every single run. */
  readonly over: 'every' | 'p50' | 'p95' | 'worst' | 'odds';
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
}

type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';
type Measure = (run: RunOutcome) => number;

const WORDS: Readonly<Record<string, (run: RunOutcome) => string>> = {
  end: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
};
const NUMBERS: Readonly<Record<string, Measure>> = {
  seconds: ({ seconds }) => seconds,
  pods: ({ pods }) => pods,
  failed: ({ failed }) => failed,
};
const COMPARE: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const GRAMMAR =
  'end=Complete, reason!=DeadlineExceeded, seconds<=3600, pods<=120, failed=0, p95.seconds<=3600 or odds.Complete>=0.99';

/** Reads an expectation; one that means nothing ends the command. */
export function readExpectation(text: string): Expectation {
  const match = /^\s*(?:(p50|p95|worst|odds)\.)?([A-Za-z]+)\s*(<=|>=|!=|==?|<|>)\s*(\S+)\s*$/.exec(text);
  const wrong = new CommandError(`--expect ${text}: it is none of the kinds ${GRAMMAR}`);
  if (match === null) throw wrong;
  const [, over = 'every', name = '', sign = '=', value = ''] = match;
  const operator = (sign === '==' ? '=' : sign) as Operator;
  const expectation = { text, over: over as Expectation['over'], name, operator, value };
  const isWord = Object.hasOwn(WORDS, name);
  if (over === 'odds') {
    if (Number.isNaN(Number(value))) throw wrong;
  } else if (isWord) {
    if (over !== 'every' || (operator !== '=' && operator !== '!=')) throw wrong;
  } else if (!Object.hasOwn(NUMBERS, name) || Number.isNaN(Number(value))) throw wrong;
  return expectation;
}

/** One sentence about an expectation that the runs miss, or null when they meet it. Of many runs every one must. */
export function missedExpectation(expectation: Expectation, runs: readonly RunOutcome[]): string | null {
  const { text, over, name, operator, value } = expectation;
  const compare = COMPARE[operator];
  if (over === 'odds') {
    const share =
      runs.filter(({ outcome, reason }) => outcome === name || reason === name).length / Math.max(1, runs.length);
    return compare(share, Number(value)) ? null : `expected ${text}, but the odds of ${name} are ${share}`;
  }
  const word = WORDS[name];
  if (word !== undefined) {
    const missing = runs.filter((run) => (word(run) === value) !== (operator === '='));
    const first = missing[0];
    if (first === undefined) return null;
    const of = runs.length === 1 ? '' : ` in ${missing.length} of ${runs.length} runs (seed ${first.seed})`;
    return `expected ${text}, but ${name} is ${word(first)}${of}`;
  }
  const measure = NUMBERS[name]!;
  if (over === 'every') {
    const missing = runs.filter((run) => !compare(measure(run), Number(value)));
    const first = missing[0];
    if (first === undefined) return null;
    const of = runs.length === 1 ? '' : ` in ${missing.length} of ${runs.length} runs (seed ${first.seed})`;
    return `expected ${text}, but ${name} is ${measure(first)}${of}`;
  }
  const quantile = quantiles(runs.map(measure))[over];
  return compare(quantile, Number(value)) ? null : `expected ${text}, but ${over} of ${name} is ${quantile}`;
}
