import { readdirSync, readFileSync } from 'node:fs';

export interface Snippet {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly description: string;
  readonly body: string;
}

const FOLDER = new URL('../../../snippets/', import.meta.url);

/** Every snippet that the extension brings. */
export function allSnippets(): readonly Snippet[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const snippets = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Record<
        string,
        { prefix: string | string[]; description: string; body: string[] }
      >;
      return Object.entries(snippets).map(([name, { prefix, description, body }]) => ({
        name,
        prefixes: [prefix].flat(),
        description,
        body: body.join('\n'),
      }));
    });
}

/**
 * The text that a snippet leaves when a person accepts every default: `$1` and `${1:default}`, `${1|first,second|}` and
 * `\$` as TextMate has them. `choose` picks among the values of a choice; a stop that comes again repeats its value.
 */
export function expand(
  body: string,
  choose: (choices: readonly string[]) => string = (choices) => choices[0]!,
): string {
  const values = new Map<string, string>();
  const pattern = /\\([\\$}])|\$(\d+)|\$\{(\d+)(?::((?:[^}\\]|\\.)*)|\|((?:[^|\\]|\\.)*)\|)?\}/g;
  return body.replace(
    pattern,
    (
      _whole,
      escaped: string | undefined,
      bare: string | undefined,
      stop: string | undefined,
      given: string | undefined,
      choices: string | undefined,
    ) => {
      if (escaped !== undefined) return escaped;
      const id = bare ?? stop ?? '';
      const own = choices === undefined ? given : choose(choices.split(','));
      if (own !== undefined && !values.has(id)) values.set(id, own.replace(/\\(.)/g, '$1'));
      return values.get(id) ?? '';
    },
  );
}
