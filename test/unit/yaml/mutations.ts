import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Texts that a person might have typed by mistake: real ones, changed at random in up to four places. */

const BASES = [
  'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x # c\n  labels: {a: "b", c: \'d\'}\nspec:\n  parallelism: 0777\n  template:\n    spec:\n      containers:\n      - name: a\n        command: ["sh", "-c", \'echo "x"\']\n        args:\n          - |\n            foo\n              bar\n\n          - >-\n            folded\n            text\n      restartPolicy: Never\n',
  'a: &x\n  b: 1\n  c: [1, 2]\nd:\n  <<: *x\n  e: yes\nf: *x\ng: !!str 20\n? h\n: i\n',
  '- a\n- - b\n  - c: d\n    e:\n- {f: [g, {h: }], "i" : j}\n- "multi\n  line"\n- plain\n  multi\n',
  '{"kind": "Job", "spec": {"a": [1, 2.5, null, true], "b": {}}}\n',
  "--- # x\r\na: 1\r\nb:\r\n    - 'q''r'\r\n    -\r\n      z: \"\\u0041\\n\"\r\n...\r\nc: 1\r\n",
];
const PIECES = [
  '\t',
  ' ',
  '  ',
  '\n',
  ':',
  ': ',
  '-',
  '- ',
  '#',
  ' #',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*x',
  '!!int ',
  '!',
  '|',
  '>',
  '%',
  '@',
  '`',
  '?',
  '? ',
  '<<: *x\n',
  '~',
  '0x1F',
  '1_0',
  '.5',
  'yes',
  '---\n',
  '...\n',
  '\r\n',
  '\r',
  '\\',
  'é',
  '\u{1f600}',
  '\ud800',
  '\0',
  '\u0018',
  '\u001f',
  '\u0002',
  '\ufeff',
  '\u2028',
  'null: 1\n',
  '"a" : b\n',
  '|2\n',
  '>+\n',
];

/** An endless sequence of texts, the same for the same seed. `extra` are further texts to start from. */
export function* mutations(seed: number, extra: readonly string[] = []): Generator<string> {
  const random = randomFrom(seed);
  const bases = [...BASES, ...examples(), ...extra];
  for (;;) {
    let text = bases[random(bases.length)]!;
    for (let change = random(4); change >= 0; change--) {
      const at = random(text.length + 1);
      const kind = random(4);
      if (kind < 2) text = text.slice(0, at) + PIECES[random(PIECES.length)]! + text.slice(at);
      else if (kind === 2) text = text.slice(0, at) + text.slice(at + 1 + random(5));
      else {
        const from = random(text.length);
        text = text.slice(0, at) + text.slice(from, from + 1 + random(12)) + text.slice(at);
      }
    }
    yield text;
  }
}

/** A source of integers from 0 to below its argument, the same for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function examples(): string[] {
  const folder = new URL('../../../examples/', import.meta.url);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
}

/** Milliseconds of the processor's time that no text may take. */
const LONGEST = 1000;
/** Bytes that the second half of the texts may leave behind: what is kept per text shows, what is kept once does not. */
const MOST_GROWTH = 8e6;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Works on so many texts, and fails for one that throws or hangs and for work that keeps something of each.
 * `longest` in ms; `grown` in bytes of heap, in the second half.
 */
export function measured(
  texts: Generator<string>,
  rounds: number,
  work: (text: string, round: number) => void,
): { longest: number; grown: number } {
  let longest = 0;
  let halfway = 0;
  for (let round = 0; round < rounds; round++) {
    if (round === Math.floor(rounds / 2)) halfway = heapUsed();
    const text = texts.next().value as string;
    try {
      longest = Math.max(
        longest,
        quickly(() => work(text, round)),
      );
    } catch (error) {
      throw new Error(`round ${round} on ${JSON.stringify(text)}`, { cause: error });
    }
  }
  const grown = heapUsed() - halfway;
  assert.ok(grown < MOST_GROWTH, `${(grown / 1e6).toFixed(1)} MB more after the second half`);
  return { longest, grown };
}

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Milliseconds of the processor's time that it takes: on the clock's a busy machine would make every text slow. */
function quickly(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const milliseconds = process.cpuUsage(before).user / 1000;
  assert.ok(milliseconds < LONGEST, `${milliseconds.toFixed(0)} ms`);
  return milliseconds;
}
