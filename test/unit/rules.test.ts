import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ALL_RULES, isRuleName } from '../../server/core/advice/all-rules.ts';
import { anchorOf, docsOf } from '../../server/core/validation/rules.ts';
import { ADVICE_CASES } from './advice-cases/all-cases.ts';

const PAGE = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const FIXTURES = new URL('../conformance/findings/', import.meta.url);

/** Rules about the text around an object, or about comments; their tests. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['api/syntax', './yaml/reader.test.ts'],
  ['note/partial', './partial.test.ts'],
  ['note/unknown-ignore', './suppressions.test.ts'],
  ['note/unused-ignore', './suppressions.test.ts'],
]);

/** Causes that the API server has, and that no manifest of a Job leads to. */
const NEVER_MET: ReadonlySet<string> = new Set(['api/type-invalid']);

/** The rules that fixtures are about, and whether one of them has a mended manifest beside it. */
function fixturesByRule(): ReadonlyMap<string, boolean> {
  const rules = new Map<string, boolean>();
  for (const file of readdirSync(FIXTURES)) {
    if (/\.(?:fixed|before)\.yaml$/.test(file)) continue;
    const mended = existsSync(new URL(file.replace(/\.yaml$/, '.fixed.yaml'), FIXTURES));
    for (const [, rule = ''] of readFileSync(new URL(file, FIXTURES), 'utf8').matchAll(/^# want: (\S+) /gm))
      rules.set(rule, mended || rules.get(rule) === true);
  }
  return rules;
}

describe('rules', () => {
  it('each have a name of their own, a title and a reason', () => {
    assert.equal(new Set(ALL_RULES.map(({ id }) => id)).size, ALL_RULES.length);
    for (const { id, title, why } of ALL_RULES) {
      assert.match(id, /^(?:api|advice|note)\/[a-z]+(?:-[a-z]+)*$/);
      assert.ok(title.length > 5 && title.length < 80, id);
      assert.ok(why.length > 40 && why.endsWith('.'), id);
    }
  });

  it('are known by name and by group', () => {
    assert.ok(isRuleName('api/required') && isRuleName('advice/*') && isRuleName('note/*'));
    assert.ok(!isRuleName('advice') && !isRuleName('advice/nothing') && !isRuleName('*'));
  });

  it('are written down in docs/rules.md, where their link leads (node scripts/generate.mjs writes it anew)', () => {
    for (const { id, title, why } of ALL_RULES) {
      assert.ok(docsOf(id).endsWith(`docs/rules.md#${anchorOf(id)}`));
      const [, section = ''] = PAGE.split(`<a id="${anchorOf(id)}"></a>`);
      assert.ok(section.trimStart().startsWith(`### \`${id}\`: ${title}`), id);
      assert.ok(section.includes(why), `${id}: the page is older than the rule`);
    }
  });

  const fixtures = fixturesByRule();
  for (const { id, fixable } of ALL_RULES)
    it(`${id} has a fixture${fixable === true ? ' with a working fix' : ''}`, () => {
      const elsewhere = ELSEWHERE.get(id);
      if (elsewhere !== undefined) assert.ok(existsSync(new URL(elsewhere, import.meta.url)), `${elsewhere} is gone`);
      else if (!NEVER_MET.has(id)) assert.ok(fixtures.has(id), 'no fixture in test/conformance/findings');
      // The fixture's own test applies the fix and holds it against the mended manifest.
      if (fixable === true) assert.equal(fixtures.get(id), true, 'no fixture of it has a mended manifest');
      else assert.ok(fixtures.get(id) !== true || !id.startsWith('advice/'), 'has a fix and does not say so');
      if (id.startsWith('advice/')) assert.ok(Object.hasOwn(ADVICE_CASES, id), 'no cases in advice-cases/');
    });

  it('are all that fixtures want', () => {
    for (const rule of fixtures.keys()) assert.ok(isRuleName(rule), rule);
  });
});
