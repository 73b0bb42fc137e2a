import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { manifestText } from '../../../client/src/manifest-text.ts';

suite('an object as YAML', () => {
  const object = {
    kind: 'Job',
    metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'x', n: '1', y: 'yes' }, annotations: {} },
    spec: {
      suspend: false,
      containers: [
        { name: 'c', args: ['sh', '-c', 'set -e\n\techo "a: b"\n  done\n'], command: [] },
        { name: 'd', image: 'reg.io:5000/a/b@sha256:00ff', args: ['- x', ' lead\n', 'tail \nx', 'a\n\n', 'a\nb'] },
      ],
      nothing: null,
      number: 1.5,
      odd: [
        '',
        '~',
        'null',
        '0x1',
        '1e3',
        '12:30:45',
        '2026-01-01',
        'a #b',
        'é',
        '\u0007',
        '.5',
        '=',
        '<<',
        '-',
        'No',
        'a: b',
      ],
    },
  };

  test('reads back as it was, by the rules of YAML 1.2 and 1.1', () => {
    const text = manifestText(object);
    assert.deepEqual(parse(text), object);
    assert.deepEqual(parse(text, { version: '1.1' }), object);
  });

  test('is what a person would write', () => {
    assert.equal(
      manifestText({
        metadata: { name: 'a-b', labels: { n: '1' } },
        args: ['echo', 'a\nb\n'],
        none: undefined,
        empty: [],
      }),
      'metadata:\n  name: a-b\n  labels:\n    "n": "1"\nargs:\n- echo\n- |\n  a\n  b\nempty: []\n',
    );
  });
});
