import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { placeFrom, splitDocsLink } from '../../../client/src/docs-link.ts';
import { anchorOfHeading, CHAPTERS, pageOfField } from '../../../server/core/kubernetes/docs-pages.ts';
import { FIELD_DOCS, fieldDoc } from '../../../server/core/kubernetes/field-docs.ts';
import { analyse } from '../../../server/src/features/analysis.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';

function hoverOn(word: string, text: string): string {
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes(word));
  const position = { line, character: lines[line]!.indexOf(word) + 1 };
  return hoverAt(analyse(text, 1), position, { now: 0 })!.contents.value;
}

describe('links from hovers to the pages that are shipped', () => {
  test('every field leads to a heading that there is', () => {
    const headings = (page: string): ReadonlySet<string> => {
      const text = readFileSync(new URL(`../../../docs/${page}.md`, import.meta.url), 'utf8');
      return new Set([...text.matchAll(/^#+ (.*)$/gm)].map(([, words]) => anchorOfHeading(words!)));
    };
    const pages = new Map([...['fields', 'guide']].map((page) => [page, headings(page)]));
    for (const [object, fields] of Object.entries(FIELD_DOCS))
      for (const field of Object.keys(fields)) {
        const { page, anchor } = pageOfField(object, field);
        assert.ok(pages.get(page)!.has(anchor), `${page}#${anchor}`);
      }
    for (const id of Object.keys(CHAPTERS)) assert.notEqual(fieldDoc(...(id.split('.') as [string, string])), null, id);
  });

  test('the link at the end of a hover becomes a command, apart from the rest', () => {
    const text = 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: x }\nspec:\n  backoffLimit: 3\n';
    const parts = splitDocsLink(hoverOn('backoffLimit', text));
    assert.equal(
      parts?.link,
      '[More in the guide](command:jobwright.openDocsPage?%5B%22guide%22%2C%22retries-and-time%22%5D)',
    );
    assert.ok(!parts.before.includes(']('));
    assert.match(splitDocsLink(hoverOn('kind', text))!.link, /^\[On the page of fields\]\(command:[^)]*job-?kind/);
  });

  test('what a manifest says makes no command', () => {
    const link = '[More](https://github.com/jobwright/jobwright/blob/main/docs/guide.md#x)';
    const text = `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: "x\\n\\n${link}"\nspec: {}\n`;
    const { before } = splitDocsLink(hoverOn('name:', text))!;
    assert.doesNotMatch(before, /(?<!\\)\]\(/);
    for (const other of [
      link,
      `\n\n${link} more`,
      '\n\n[x](https://example.com/jobwright/jobwright/blob/main/docs/guide.md#x)',
      '\n\n[x](command:workbench.action.quit)',
    ])
      assert.equal(splitDocsLink(other), null);
  });

  test('the command opens pages of ours alone', () => {
    assert.deepEqual(placeFrom(['guide', 'retries-and-time']), { page: 'guide', anchor: 'retries-and-time' });
    for (const said of [[], ['guide'], ['../../etc/passwd', ''], ['guide/../x', ''], ['guide', 'a b'], [{}, 'x']])
      assert.equal(placeFrom(said), null);
  });
});
