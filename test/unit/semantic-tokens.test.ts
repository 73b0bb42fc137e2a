import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyse } from '../../server/src/features/analysis.ts';
import { packed, semanticTokensOf } from '../../server/src/features/semantic-tokens.ts';

/** What is coloured, in order: the stretch, its type and modifier. */
function coloured(text: string, minor = 37): readonly string[] {
  const lines = text.split('\n');
  return semanticTokensOf(analyse(text, 1), { minor }).map(({ range: { start, end }, type, modifier }) => {
    assert.equal(start.line, end.line);
    const word = lines[start.line]!.slice(start.character, end.character);
    return [word, type, ...(modifier === undefined ? [] : [modifier])].join(' ');
  });
}

const job = (pod: string, spec = ''): string => `apiVersion: batch/v1
kind: Job
metadata: { name: x }
spec:
${spec}  template:
    metadata:
      labels: { app: x, tier: back }
    spec:
      restartPolicy: Never
${pod}`;

describe('semantic colouring', () => {
  test('marks a name and who calls it by that, and leaves names alone that nobody calls', () => {
    const text = job(`      containers:
        - name: worker
          volumeMounts: [{ name: data, mountPath: /data }, { name: nowhere, mountPath: /x }]
          ports: [{ name: http, containerPort: 80 }]
          livenessProbe: { httpGet: { port: http } }
        - name: other
      volumes: [{ name: "data", emptyDir: {} }, { name: spare, emptyDir: {} }]
`);
    assert.deepEqual(coloured(text), [
      'data variable',
      'http variable declaration',
      'http variable',
      'data variable declaration',
    ]);
    const rules = 'podFailurePolicy: { rules: [{ onExitCodes: { containerName: worker } }] }';
    assert.deepEqual(coloured(text.replace('  template:', `  ${rules}\n  template:`)).slice(0, 2), [
      'worker variable',
      'worker variable declaration',
    ]);
  });

  test('tells a $(NAME) that Kubernetes replaces from one that it leaves', () => {
    const text = job(`      containers:
        - name: a
          args: ["$(HOME_DIR) $(date) $$(HOME_DIR) $(KUBERNETES_SERVICE_HOST)"]
          env:
            - { name: EARLY, value: "$(HOME_DIR) $(EARLY)" }
            - { name: HOME_DIR, value: /home }
            - { name: LATE, value: $(HOME_DIR) }
        - name: b
          envFrom: [{ configMapRef: { name: settings } }]
          args: [$(HOME_DIR)]
        - name: c
          command:
            - sh
            - -c
            - |
              echo $(HOME_DIR)
              echo $(JOB_COMPLETION_INDEX)
          env: [{ name: HOME_DIR, value: /c }]
`);
    const a = [
      'HOME_DIR variable',
      '$(date) string',
      '$(HOME_DIR) string',
      '$(EARLY) string',
      'HOME_DIR variable declaration',
      'HOME_DIR variable',
    ];
    assert.deepEqual(coloured(text), [
      ...a,
      'HOME_DIR variable',
      '$(JOB_COMPLETION_INDEX) string',
      'HOME_DIR variable declaration',
    ]);
    const indexed = text.replace('  template:', '  completionMode: Indexed\n  template:');
    assert.deepEqual(coloured(indexed), [
      ...a,
      'HOME_DIR variable',
      'JOB_COMPLETION_INDEX variable',
      'HOME_DIR variable declaration',
    ]);
  });

  test('marks selectors that find the pods by key and value', () => {
    const spread = (value: string): string => `      topologySpreadConstraints:
        - labelSelector: { matchLabels: { app: ${value} } }
      containers: [{ name: a }]
`;
    assert.deepEqual(coloured(job(spread('x'))), ['x variable declaration', 'x variable']);
    assert.deepEqual(coloured(job(spread('y'))), []);
  });

  test('marks fields that this version takes and drops', () => {
    const text = job('      containers: [{ name: a }]\n', '  successPolicy: { rules: [{ succeededCount: 1 }] }\n');
    assert.deepEqual(coloured(text, 30), ['successPolicy property deprecated']);
    assert.deepEqual(coloured(text, 31), []);
  });

  test('colours every place once, also what anchors share and what is broken', () => {
    const shared = job(`      containers:
        - name: a
          volumeMounts: &mounts [{ name: data, mountPath: /data }]
        - name: b
          volumeMounts: *mounts
      volumes:
        - name: data
          emptyDir: {
`);
    assert.deepEqual(coloured(shared), ['data variable', 'data variable declaration']);
    for (let end = 0; end <= shared.length; end += 1) coloured(shared.slice(0, end));
  });

  test('looks at so much of a stretch and no more, also where there is nothing to colour', () => {
    const plain = job('      containers: [{ name: a }]\n');
    const named = job('      containers: [{ name: a, volumeMounts: [{ name: v }] }]\n      volumes: [{ name: v }]\n');
    const last = (before: number): number => {
      const text = [...Array.from({ length: before }, () => plain), named].join('---\n');
      const range = { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } };
      return semanticTokensOf(analyse(text, 1), { minor: 37 }, range).length;
    };
    assert.equal(last(10), 2);
    assert.equal(last(1000), 0);
  });

  test('is sent as the protocol wants it', () => {
    const at = (line: number, start: number, end: number) => ({
      start: { line, character: start },
      end: { line, character: end },
    });
    assert.deepEqual(
      packed([
        { range: at(2, 4, 6), type: 'variable', modifier: 'declaration' },
        { range: at(2, 8, 9), type: 'string' },
        { range: at(5, 1, 4), type: 'property', modifier: 'deprecated' },
      ]),
      [2, 4, 2, 0, 1, 0, 4, 1, 1, 0, 3, 1, 3, 2, 2],
    );
  });
});
