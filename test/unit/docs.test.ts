import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isRuleName } from '../../server/core/advice/all-rules.ts';
import { analyse } from '../../server/src/features/analysis.ts';
import { allSnippets, expand } from './snippets/expand.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const pages = readdirSync(DOCS).filter((name) => name.endsWith('.md'));
const read = (name: string): string => readFileSync(new URL(name, DOCS), 'utf8');

/** The YAML blocks of a page. */
function manifestsOf(page: string): readonly string[] {
  return [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text]) => text!);
}

describe('the documents', () => {
  test('show manifests that are accepted and need no advice', () => {
    for (const name of ['guide.md', 'snippets.md']) {
      const manifests = manifestsOf(read(name));
      assert.ok(manifests.length >= 4);
      for (const text of manifests) {
        const objects = analyse(text, 1).documents.flatMap(({ document }) => [...document.objects]);
        assert.equal(objects.length, 1, text);
        assert.ok(objects[0]!.accepted, text);
        assert.deepEqual(
          objects[0]!.findings.filter(({ severity }) => severity !== 'hint').map(({ rule }) => rule),
          [],
          text,
        );
      }
    }
  });

  test('show each snippet as it stands with its defaults', () => {
    const shown = new Set(manifestsOf(read('snippets.md')));
    for (const { name, body } of allSnippets()) assert.ok(shown.has(expand(body)), name);
  });

  test('say in the walkthrough of each snippet when to take it, with a link that inserts it', () => {
    const page = readFileSync(new URL('../media/walkthrough/snippets.md', DOCS), 'utf8');
    const sections = new Map(
      page
        .split(/^### /m)
        .slice(1)
        .map((section) => [section.slice(0, section.indexOf('\n')), section]),
    );
    const snippets = allSnippets();
    assert.equal(sections.size, snippets.length);
    for (const { name, prefixes, description } of snippets) {
      const section = sections.get(name) ?? '';
      assert.ok(section.includes(`\`${prefixes[0]}\``), name);
      const said = section.split('\n')[2] ?? '';
      assert.ok(said.endsWith(`. ${description}.`) && said.length > description.length + 20, said);
      const [, link] = /\[Insert\]\(command:jobwright\.insertSnippet\?([^)]+)\)/.exec(section) ?? [];
      assert.deepEqual(JSON.parse(decodeURIComponent(link ?? '')), [name]);
    }
  });

  test('name rules that there are, and files that there are', () => {
    for (const page of pages) {
      const text = read(page);
      for (const [, rule] of text.matchAll(/`((?:advice|api|note)\/[a-z-]+)`/g))
        assert.ok(isRuleName(rule!), `${page}: ${rule!}`);
      for (const [, link] of text.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g))
        assert.ok(existsSync(new URL(link!, DOCS)), `${page}: ${link!}`);
    }
  });
});
