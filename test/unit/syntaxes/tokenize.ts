import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

/** Scope names that are ours end so. */
const OURS = '.jobwright';
const ROOT = new URL('../../../', import.meta.url);
const INJECTIONS = ['cron', 'quantities', 'indexes', 'durations', 'variables', 'scripts'];

/** Just enough of YAML to put injections to the test: comments, quoted text, block scalars, keys and plain text. */
const YAML = {
  scopeName: 'source.yaml',
  patterns: [
    { name: 'comment.line.number-sign.yaml', match: '(?:^|(?<=\\s))#.*$' },
    {
      begin: '^(\\s*)([\\w./-]+)(:)\\s+[|>][+-]?$',
      while: '^(?:\\1\\s+\\S|\\s*$)',
      contentName: 'string.unquoted.block.yaml',
    },
    {
      match: '([\\w./-]+)(:)(?=\\s|$)',
      captures: { 1: { name: 'entity.name.tag.yaml' }, 2: { name: 'punctuation.separator.key-value.mapping.yaml' } },
    },
    { name: 'string.quoted.double.yaml', begin: '"', end: '"' },
    { name: 'string.quoted.single.yaml', begin: "'", end: "'" },
    { name: 'string.unquoted.plain.yaml', match: '[^\\s#\'"{}\\[\\],:-][^\\s#{}\\[\\],:]*' },
  ],
};

/** Stand for the grammars of VS Code that scripts are coloured by: each word is one of theirs. */
const EMBEDDED: Readonly<Record<string, object>> = {
  'source.shell': { scopeName: 'source.shell', patterns: [{ name: 'word.shell.jobwright', match: '\\S+' }] },
  'source.python': { scopeName: 'source.python', patterns: [{ name: 'word.python.jobwright', match: '\\S+' }] },
};

/** Where a grammar of `syntaxes/` lies, with its scope name. */
function injection(name: string): { readonly path: URL; readonly scopeName: string } {
  const path = new URL(`syntaxes/${name}.tmLanguage.json`, ROOT);
  return { path, scopeName: `jobwright.${name}.injection` };
}

let grammar: Promise<textmate.IGrammar> | undefined;

async function load(): Promise<textmate.IGrammar> {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
      createOnigString: (text) => oniguruma.createOnigString(text),
    }),
    loadGrammar: (scopeName) => {
      const own = INJECTIONS.map(injection).find((each) => each.scopeName === scopeName);
      const text = own === undefined ? JSON.stringify(EMBEDDED[scopeName] ?? YAML) : readFileSync(own.path, 'utf8');
      return Promise.resolve(textmate.parseRawGrammar(text, `${scopeName}.json`));
    },
    getInjections: (scopeName) =>
      scopeName === 'source.yaml' ? INJECTIONS.map((name) => injection(name).scopeName) : undefined,
  });
  const loaded = await registry.loadGrammar('source.yaml');
  if (loaded === null) throw new Error('the test grammar does not load');
  return loaded;
}

/** The pieces of a text that our grammars name: `['500', 'constant.numeric.quantity']`. */
export async function tokenize(text: string): Promise<readonly (readonly [string, string])[]> {
  const yaml = await (grammar ??= load());
  const pieces: (readonly [string, string])[] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = yaml.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of tokens) {
      const own = scopes.findLast((scope) => scope.endsWith(OURS) && !scope.startsWith('meta.'));
      if (own !== undefined) pieces.push([line.slice(startIndex, endIndex), own.slice(0, -OURS.length)]);
    }
    stack = ruleStack;
  }
  return pieces;
}
