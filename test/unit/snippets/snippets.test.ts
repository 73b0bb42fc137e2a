import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyse } from '../../../server/src/features/analysis.ts';
import { allSnippets, expand } from './expand.ts';

const snippets = allSnippets();

test('the expander knows stops, defaults, choices, repeats and escapes', () => {
  assert.equal(expand('a: ${1:x}, b: $1, c: ${2|p,q|}, d: \\$HOME, e: $0.'), 'a: x, b: x, c: p, d: $HOME, e: .');
  assert.equal(
    expand('${1|p,q|}', (choices) => choices.at(-1)!),
    'q',
  );
});

test('the guide’s four patterns and a CronJob are there', () => {
  const prefixes = snippets.flatMap((snippet) => snippet.prefixes);
  for (const prefix of ['job-fixed', 'job-indexed', 'job-parallel', 'job-failure-policy', 'cronjob'])
    assert.ok(prefixes.includes(prefix), prefix);
  assert.equal(new Set(prefixes).size, prefixes.length, 'no prefix twice');
});

for (const { name, body, description } of snippets) {
  describe(`snippet ${name}`, () => {
    const first = expand(body);

    test('says in a line what it is for', () => assert.match(description, /^[A-Z].{15,110}[^.]$/));

    test('with its defaults is accepted by the API server’s rules, and needs no advice', () => {
      const { documents } = analyse(first, 1);
      const objects = documents.flatMap(({ document }) => [...document.objects]);
      assert.equal(objects.length, 1, first);
      const object = objects[0]!;
      // What a pattern leaves out on purpose is no fault.
      const findings = object.findings.filter(({ severity }) => severity !== 'hint');
      assert.deepEqual(
        findings.map(({ rule, message }) => `${rule}: ${message}`),
        [],
        first,
      );
      assert.ok(object.accepted);
    });

    test('every choice that it offers is accepted too', () => {
      for (let at = 1; at < 4; at++) {
        const text = expand(body, (choices) => choices[at] ?? choices[0]!);
        const [object] = analyse(text, 1).documents.flatMap(({ document }) => [...document.objects]);
        assert.ok(object?.accepted, text);
      }
    });
  });
}
