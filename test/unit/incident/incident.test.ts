import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { diagnose } from '../../../server/core/diagnosis/diagnose.ts';
import { incidentOf } from '../../../server/core/incident/incident-report.ts';
import { MASK, maskObject, maskText } from '../../../server/core/incident/mask.ts';
import { observedTimeline } from '../../../server/core/timeline/observed-timeline.ts';
import { readJob } from '../../../server/core/timeline/observed-shapes.ts';
import { observe, UNOBSERVED } from '../../../server/core/timeline/observed.ts';
import { readRecording } from '../../../server/core/timeline/recording.ts';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

suite('masking', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['postgres://app:hunter2@db:5432/x', `postgres://app:${MASK}@db:5432/x`],
    ['--password=hunter2 --verbose', `--password=${MASK} --verbose`],
    ['Authorization: Bearer abcdefgh12345678', `Authorization: ${MASK} ${MASK}`],
    [`token ${TOKEN} accepted`, `token ${MASK} accepted`],
    ['API_KEY="a b c" next', `API_KEY=${MASK} next`],
    ['AKIAABCDEFGHIJKLMNOP', MASK],
    ['nothing here: 42 rows=7', 'nothing here: 42 rows=7'],
    ['author=Ada', 'author=Ada'],
  ];
  for (const [text, expected] of cases)
    test(text.slice(0, 30), () => {
      const masked = maskText(text);
      if (text.startsWith('Authorization')) assert.ok(!masked.includes('abcdefgh'));
      else assert.equal(masked, expected);
    });

  test('an object: variables, flags and annotations by name; references to Secrets stay', () => {
    const { value, masked } = maskObject({
      metadata: {
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': 'all again',
          'team/api-token': 'x',
          note: 'y',
        },
        managedFields: [{}],
      },
      spec: {
        env: [
          { name: 'DB_PASSWORD', value: 'hunter2' },
          { name: 'MODE', value: 'fast' },
          { name: 'FROM', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        ],
        args: ['--token', 'abc', '--retries', '3', '--secret=s'],
      },
    });
    assert.deepEqual(value, {
      metadata: { annotations: { 'team/api-token': MASK, note: 'y' } },
      spec: {
        env: [
          { name: 'DB_PASSWORD', value: MASK },
          { name: 'MODE', value: 'fast' },
          { name: 'FROM', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
        ],
        args: ['--token', MASK, '--retries', '3', `--secret=${MASK}`],
      },
    });
    assert.deepEqual(masked, [
      'metadata.annotations.team/api-token',
      'spec.env[0].value',
      'spec.args[1]',
      'spec.args[4]',
    ]);
  });
});

suite('an incident', () => {
  const job = readJob({
    metadata: { name: 'report', namespace: 'team-a', uid: 'u1', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: {
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'worker', image: 'x', env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }],
        },
      },
    },
    status: {
      failed: 1,
      conditions: [
        {
          type: 'Failed',
          status: 'True',
          reason: 'BackoffLimitExceeded',
          message: `<img src=x> ${TOKEN} | \`\`\``,
          lastTransitionTime: '2026-01-01T00:00:09Z',
        },
      ],
    },
  })!;
  const now = Date.parse('2026-01-01T00:01:00Z');
  const timeline = observedTimeline(observe(UNOBSERVED, [{ kind: 'job', job, at: now, live: false }]))!;
  const input = { job, pods: [], events: [], now };
  const incident = incidentOf({
    ...input,
    timeline,
    findings: diagnose(input),
    logs: [
      { pod: 'report-x', container: 'worker', text: 'password=hunter2\n````\nend', note: 'only the last 200 lines' },
    ],
    missing: ['You may not list events.'],
    context: 'prod',
  });

  test('says what happened, what is missing and what was masked', () => {
    for (const part of [
      '# Job team-a/report',
      '- Context: prod',
      `- \`spec.template.spec.containers[0].env[0].value\` of the Job`,
      'parts of the logs',
      'You may not list events.',
      '## Why',
      '## Manifest',
      '### report-x, container worker',
      'only the last 200 lines',
    ])
      assert.ok(incident.markdown.includes(part), part);
  });

  test('holds no secret, and no markup of the cluster', () => {
    for (const text of [incident.markdown, JSON.stringify(incident.recording)]) {
      assert.ok(!text.includes('hunter2'));
      assert.ok(!text.includes(TOKEN));
    }
    const outside = incident.markdown.replace(/^(`{3,})[^]*?^\1$/gm, '');
    assert.doesNotMatch(outside, /(?<!\\)<img/);
    assert.match(incident.markdown, /^`````\npassword=•••\n````\nend\n`````$/m);
  });

  test('its recording can be opened again', () => {
    const recording = readRecording(JSON.parse(JSON.stringify(incident.recording)));
    assert.equal(recording?.timeline.end?.reason, 'BackoffLimitExceeded');
    assert.match(JSON.stringify(recording.job), /DB_PASSWORD/);
  });
});
