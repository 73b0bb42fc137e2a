import { mixSeed, seededRandom } from './random.ts';

/** The letters of generated names: no vowels, no digits that look like letters. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** A generated name is at most this long before its suffix. */
const MAX_PREFIX = 58;

/** Names for a Job's pods, `<job>-<suffix>` or `<job>-<index>-<suffix>`; the same seed gives the same names. */
export function createPodNames(job: string, seed: number): (index: number | null) => string {
  const random = seededRandom(mixSeed(seed, 0x6a6f62));
  const letters = new Array<number>(SUFFIX_LENGTH).fill(0);
  return (index) => {
    const end = index === null ? '-' : `-${index}-`;
    // At once: a text that grows letter by letter costs a piece of memory for each.
    for (let at = 0; at < SUFFIX_LENGTH; at++)
      letters[at] = ALPHABET.charCodeAt(Math.floor(random() * ALPHABET.length));
    const suffix = String.fromCharCode(...letters);
    return `${job.slice(0, MAX_PREFIX - end.length)}${end}${suffix}`;
  };
}
