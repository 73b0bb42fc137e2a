/**
 * Text in lines of at most `width` characters (longer words stand alone), each line indented, those after the first by
 * `hang` more.
 */
export function wrapped(text: string, width: number, indent = 0, hang = 0): string {
  const lines = [' '.repeat(indent)];
  let empty = true;
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (!empty && line.length + 1 + word.length > width) lines.push(' '.repeat(indent + hang) + word);
    else lines[lines.length - 1] = empty ? line + word : `${line} ${word}`;
    empty = false;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}
