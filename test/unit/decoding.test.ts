import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPath } from '../../server/core/manifest/path.ts';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

function decode(text: string, kind: 'Job' | 'CronJob' = 'Job') {
  const { root } = readDocuments(text)[0]!;
  const { object, findings } = decodeObject(root!, kind);
  return {
    object,
    findings: findings.map(
      ({ type, path, message, span, unreached }) =>
        `${unreached === true ? '(' : ''}${type} ${formatPath(path)}: ${message}${span === undefined ? '' : ` @ ${text.slice(span.start, span.end)}`}`,
    ),
  };
}

describe('decodeObject', () => {
  it('decodes what is right', () => {
    const { object, findings } = decode(
      `apiVersion: batch/v1
kind: Job
metadata: {name: x, labels: {a: "1"}, creationTimestamp: 2026-01-01T00:00:00Z}
spec:
  parallelism: 1e1
  completions: 0x10
  suspend: off
  activeDeadlineSeconds:
  template:
    spec:
      containers:
      - name: a
        command: [sh, ~]
        resources: {limits: {cpu: 0.5, memory: 1Gi}}
        livenessProbe: {httpGet: {port: http}}
        startupProbe: {httpGet: {port: 80}}
`,
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(JSON.parse(JSON.stringify(object)), {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'x', labels: { a: '1' }, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        parallelism: 10,
        completions: 16,
        suspend: false,
        template: {
          spec: {
            containers: [
              {
                name: 'a',
                command: ['sh', ''],
                resources: { limits: { cpu: 0.5, memory: '1Gi' } },
                livenessProbe: { httpGet: { port: 'http' } },
                startupProbe: { httpGet: { port: 80 } },
              },
            ],
          },
        },
      },
    });
  });

  it('names unknown fields and repeated keys, all of them', () => {
    assert.deepEqual(decode('spec:\n  paralelism: 1\n  template:\n    Spec: {}\nspec2: {a: .5}\n').findings, [
      'StrictDecoding spec.paralelism: unknown field "paralelism" @ paralelism',
      'StrictDecoding spec.template.Spec: unknown field "Spec" @ Spec',
      'StrictDecoding spec2: unknown field "spec2" @ spec2',
    ]);
    assert.deepEqual(decode('spec: {completions: x}\nkind: Job\nspec:\n  completions: 1\nx: {z: 1, z: 2}\n').findings, [
      'StrictDecoding spec: key "spec" already set in map @ spec',
      'StrictDecoding x: unknown field "x" @ x',
      'StrictDecoding x.z: key "z" already set in map @ z',
    ]);
  });

  it('stops, as the server does, at the first wrong type in the order of sorted keys', () => {
    assert.deepEqual(decode('spec:\n  parallelism: "1"\n  completions: no\n  x: 1\n').findings, [
      '(Decoding spec.parallelism: cannot unmarshal string into a field of type int32 @ "1"',
      'Decoding spec.completions: cannot unmarshal bool into a field of type int32 @ no',
      '(StrictDecoding spec.x: unknown field "x" @ x',
    ]);
  });

  it('checks ranges and whole numbers', () => {
    const findingsOf = (source: string): string[] => decode(`spec:\n  ${source}\n`).findings;
    assert.deepEqual(findingsOf('parallelism: 2147483647'), []);
    assert.deepEqual(findingsOf('parallelism: 2147483648'), [
      'Decoding spec.parallelism: cannot unmarshal number 2147483648 into a field of type int32 @ 2147483648',
    ]);
    assert.deepEqual(findingsOf('activeDeadlineSeconds: 9223372036854775807'), []);
    assert.equal(findingsOf('activeDeadlineSeconds: 9223372036854775808').length, 1);
    assert.equal(findingsOf('completions: 1.5').length, 1);
    assert.deepEqual(findingsOf('completions: 1.0'), []);
    assert.equal(findingsOf('completions: .inf').length, 1);
  });

  it('knows lists, maps, objects, quantities, times', () => {
    const cases: [string, string][] = [
      [
        'metadata: {labels: {a: 1}}',
        'Decoding metadata.labels[a]: cannot unmarshal number into a field of type string @ 1',
      ],
      [
        'metadata: {labels: [a]}',
        'Decoding metadata.labels: cannot unmarshal array into a field of type map[string]string @ [a]',
      ],
      [
        'metadata: {creationTimestamp: 2026-02-30T00:00:00Z}',
        'Decoding metadata.creationTimestamp: parsing time "2026-02-30T00:00:00Z" as "2006-01-02T15:04:05Z07:00": cannot parse it as an RFC 3339 time @ 2026-02-30T00:00:00Z',
      ],
      ['spec: x', 'Decoding spec: cannot unmarshal string into a field of type JobSpec @ x'],
      [
        'spec: {template: {spec: {containers: {name: a}}}}',
        'Decoding spec.template.spec.containers: cannot unmarshal object into a field of type []Container @ {name: a}',
      ],
      [
        'spec: {template: {spec: {containers: [a]}}}',
        'Decoding spec.template.spec.containers[0]: cannot unmarshal string into a field of type Container @ a',
      ],
      [
        'spec: {template: {spec: {overhead: {cpu: 1 Gi}}}}',
        "Decoding spec.template.spec.overhead[cpu]: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' @ 1 Gi",
      ],
      ['[a]', 'Decoding : cannot unmarshal array into a field of type Job @ [a]'],
    ];
    for (const [text, finding] of cases) assert.deepEqual(decode(text).findings, [finding], text);
  });

  it('offers what was probably meant', () => {
    const fixesOf = (text: string) =>
      decodeObject(readDocuments(text)[0]!.root!, 'Job').findings.flatMap(({ fixes }) => fixes ?? []);
    assert.deepEqual(fixesOf('spec:\n  paralelism: 1\n')[0]?.edits, [
      { kind: 'rename', path: ['spec', 'paralelism'], name: 'parallelism' },
    ]);
    assert.deepEqual(fixesOf('metadata:\n  name: yes\n')[0]?.edits, [
      { kind: 'set', path: ['metadata', 'name'], value: 'yes' },
    ]);
    assert.deepEqual(fixesOf('spec:\n  completions: "3"\n')[0]?.edits, [
      { kind: 'set', path: ['spec', 'completions'], value: 3 },
    ]);
  });
});
