/** A Job's name may have so many characters: its pods' names are longer. */
export const LONGEST_NAME = 63;

/** The name with the ending, cut so that both fit: `nightly` and `-manual-x7k2p`. */
export function nameWithEnding(name: string, ending: string): string {
  return `${name.slice(0, LONGEST_NAME - ending.length).replace(/[-.]+$/, '')}${ending}`;
}

/** The same, numbered where it is taken. */
export function freeName(name: string, ending: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const free = nameWithEnding(name, count === 1 ? ending : `${ending}-${count}`);
    if (!taken.has(free)) return free;
  }
}

/** `convert` -> `convert-2`, `convert-2` -> `convert-3`, and on where that is taken. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const match = /^(.*)-(\d{1,3})$/.exec(name);
  const [stem, from] = match === null ? [name, 2] : [match[1]!, Number(match[2]) + 1];
  for (let count = from; ; count++) {
    const next = nameWithEnding(stem, `-${count}`);
    if (!taken.has(next)) return next;
  }
}
