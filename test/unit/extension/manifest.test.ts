import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { SELECTOR } from '../../../client/src/wake.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, ROOT), 'utf8');
const text = read('package.json');
const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>;
    readonly semanticTokenScopes: readonly { readonly language: string }[];
    readonly commands: readonly { readonly command: string; readonly category?: string; readonly icon?: string }[];
    readonly yamlValidation: readonly { readonly fileMatch: readonly string[]; readonly url: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly { readonly media: Readonly<Record<string, string>>; readonly description: string }[];
    }[];
  };
}
const { activationEvents, contributes } = JSON.parse(text) as Manifest;

describe('the manifest of the extension', () => {
  test('each text for people is there to be translated, and no other', () => {
    const used = [...text.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!);
    assert.deepEqual(
      used.filter((key) => nls[key] === undefined),
      [],
    );
    assert.deepEqual(
      Object.keys(nls).filter((key) => !used.includes(key)),
      [],
    );
  });

  test('each command has a category, and an icon where it has one that there is', () => {
    for (const { command, category, icon } of contributes.commands) {
      assert.equal(category, 'Jobwright', command);
      if (icon !== undefined) assert.match(icon, /^\$\([a-z-]+\)$/, command);
    }
  });

  test('one set of languages counts: for waking, for menus and for colours', () => {
    const languages = SELECTOR.map(({ language }) => language);
    const woken = activationEvents.flatMap((event) => /^onLanguage:(.*)$/.exec(event)?.[1] ?? []);
    assert.deepEqual(woken, languages);
    assert.deepEqual(
      contributes.semanticTokenScopes.map(({ language }) => language),
      languages,
    );
    const clause = `resourceLangId =~ /^(${languages.join('|')})$/`;
    const clauses = [...text.matchAll(/"(?:when|enablement)": "((?:[^"\\]|\\.)*)"/g)].map(([, said]) => said!);
    const named = clauses.filter((said) => /langid/i.test(said));
    assert.ok(named.length > 0);
    for (const said of named) assert.ok(!/langid/i.test(said.replace(clause, '')), said);
    // A menu at a text that is not the active one must not follow the active one alone.
    for (const { when = '' } of contributes.menus['editor/title']!.filter(({ when: said }) =>
      /hasJob/.test(said ?? ''),
    ))
      assert.ok(when.includes(clause), when);
  });

  test('the schemas of files that are ours are there, and shipped', () => {
    assert.deepEqual(
      contributes.yamlValidation.flatMap(({ fileMatch }) => fileMatch),
      ['*.jobwright.yaml', '*.jobwright.yml'],
    );
    for (const { url } of contributes.yamlValidation) {
      assert.ok(existsSync(new URL(url, ROOT)), url);
      const folder = url.split('/')[1]!;
      for (const script of ['extension.mjs', 'command-line.mjs'])
        assert.ok(read(`scripts/package/${script}`).includes(`'${folder}'`), `${folder} in ${script}`);
    }
  });

  test('the walkthrough shows files and runs commands that there are', () => {
    const commands = new Set(contributes.commands.map(({ command }) => command));
    for (const { media, description } of contributes.walkthroughs.flatMap(({ steps }) => steps)) {
      const file = media['svg'] ?? media['markdown'] ?? '';
      assert.ok(existsSync(new URL(file, ROOT)), file);
      const said = nls[description.slice(1, -1)] ?? '';
      for (const [, command] of said.matchAll(/\(command:([\w.]+)/g))
        assert.ok(commands.has(command!) || command!.startsWith('workbench.'), command);
    }
  });
});
