import { mixSeed, seededRandom } from './random.ts';

/** The letters of generated names: no vowels, no digits that look like letters. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
/** A generated name is at most this long before its suffix. */
const MAX_PREFIX = 58;

/** Names for a Job's pods, `<job>-<suffix>` or `<job>-<index>-<suffix>`; the same seed gives the same names. */
export function createPodNames(job: string, seed: number): (index: number | null) => string {
  const random = seededRandom(mixSeed(seed, 0x6a6f62));
  return (index) => {
    const end = index === null ? '-' : `-${index}-`;
    // Short texts first: a long one that grows letter by letter costs a piece of memory for each.
    let suffix = '';
    for (let at = 0; at < SUFFIX_LENGTH; at++) suffix += ALPHABET[Math.floor(random() * ALPHABET.length)]!;
    return `${job.slice(0, MAX_PREFIX - end.length)}${end}${suffix}`;
  };
}
