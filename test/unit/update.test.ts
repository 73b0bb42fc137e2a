import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPath } from '../../server/core/manifest/path.ts';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { judgeObjectUpdate } from '../../server/core/validation/update.ts';
import type { ApiFinding } from '../../server/core/validation/report.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

// That the answers are the server's is the matter of test/conformance/updates.test.ts; here is what is said, and what
// recordings have none of: defaults that are written down, and older versions.

const JOB = `kind: Job
metadata:
  name: convert-9
spec:
  suspend: false
  completions: 3
  template:
    metadata:
      labels: {app: convert}
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
          resources: {requests: {cpu: 500m, memory: 1Gi}}
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {port: 80}}
      volumes:
        - name: keys
          secret: {secretName: keys}
        - name: scratch
`;

function change(after: string, before = JOB, minor = 37): readonly ApiFinding[] {
  const kind = before.includes('kind: CronJob') ? 'CronJob' : 'Job';
  const read = (text: string) => decodeObject(readDocuments(text)[0]!.root!, kind).object;
  return judgeObjectUpdate(kind, read(before), read(after), { minor });
}

const fields = (findings: readonly ApiFinding[]): string[] => findings.map(({ path }) => formatPath(path));

describe('changes of an existing Job', () => {
  it('are none where only a default is written down, or a quantity in other words', () => {
    const written = JOB.replace('cpu: 500m', 'cpu: "0.5"')
      .replace('memory: 1Gi', 'memory: 1024Mi')
      .replace('containerPort: 80', 'containerPort: 80, protocol: TCP')
      .replace(
        '{httpGet: {port: 80}}',
        '{httpGet: {port: 80, path: /, scheme: HTTP}, periodSeconds: 10, failureThreshold: 3}',
      )
      .replace(
        'restartPolicy: Never',
        'restartPolicy: Never\n      dnsPolicy: ClusterFirst\n      securityContext: {}\n      hostNetwork: false',
      )
      .replace('secretName: keys', 'secretName: keys, defaultMode: 0644')
      .replace('name: scratch', 'name: scratch\n          emptyDir: {}')
      .replace(
        'image: busybox:1.36',
        'image: busybox:1.36\n          imagePullPolicy: IfNotPresent\n          env: []',
      );
    assert.deepEqual(change(written), []);
    assert.deepEqual(fields(change(JOB.replace('containerPort: 80', 'containerPort: 80, protocol: UDP'))), [
      'spec.template',
    ]);
    assert.deepEqual(
      fields(change(JOB.replace('name: scratch', 'name: scratch\n          emptyDir: {medium: Memory}'))),
      ['spec.template'],
    );
  });

  it('name what changed, and say what to do instead', () => {
    const [finding] = change(JOB.replace('busybox:1.36', 'busybox:1.37'));
    assert.equal(finding?.rule, 'api/immutable');
    assert.match(finding.message, /field is immutable \(changed: spec\.template\.spec\.containers\[0\]\.image\)/);
    assert.match(finding.message, /replace --force/);
    assert.doesNotMatch(finding.message, /suspend/);
    assert.deepEqual(finding.shownAt, ['spec', 'template', 'spec', 'containers', 0, 'image']);
    assert.deepEqual(finding.fixes?.[0]?.edits, [{ kind: 'set', path: ['metadata', 'name'], value: 'convert-10' }]);
    const [cpu] = change(JOB.replace('500m', '600m'));
    assert.match(cpu!.message, /suspend it first/);
    const [older] = change(JOB.replace('500m', '600m'), JOB, 35);
    assert.match(older!.message, /from Kubernetes 1\.36 on/);
    const [label] = change(JOB.replace('app: convert', 'app: other'));
    assert.match(label!.message, /suspend it first/);
  });

  it('of resources of a suspended Job are taken from 1.36 on', () => {
    const suspended = JOB.replace('suspend: false', 'suspend: true');
    const changed = suspended.replace('500m', '600m');
    assert.deepEqual(change(changed, suspended), []);
    assert.deepEqual(fields(change(changed, suspended, 35)), ['spec.template']);
    const directives = suspended.replace(
      'restartPolicy: Never',
      'restartPolicy: Never\n      nodeSelector: {disk: ssd}',
    );
    assert.deepEqual(change(directives, suspended, 35), []);
    assert.deepEqual(fields(change(suspended.replace('busybox:1.36', 'busybox:2'), suspended)), ['spec.template.spec']);
  });

  it('of completions need parallelism beside them, and an Indexed Job', () => {
    const indexed = JOB.replace('completions: 3', 'completions: 3\n  parallelism: 3\n  completionMode: Indexed');
    assert.deepEqual(fields(change(indexed.replace('completions: 3', 'completions: 4'), indexed)), [
      'spec.completions',
    ]);
    assert.deepEqual(change(indexed.replaceAll(': 3', ': 4'), indexed), []);
    assert.deepEqual(fields(change(JOB.replace('completions: 3', 'completions: 4'))), ['spec.completions']);
  });

  it('of a CronJob are all taken, and an old zone in its schedule may stay', () => {
    const cron = (schedule: string, more = ''): string =>
      `kind: CronJob\nmetadata: {name: ${'n'.repeat(60)}}\nspec:\n  schedule: "${schedule}"\n${more}  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}}}\n`;
    assert.deepEqual(change(cron('0 2 * * *').replace('image: b', 'image: c'), cron('0 1 * * *')), []);
    assert.deepEqual(change(cron('TZ=UTC 0 2 * * *'), cron('TZ=UTC 0 1 * * *')), []);
    assert.deepEqual(fields(change(cron('TZ=UTC 0 2 * * *'), cron('0 1 * * *'))), ['spec.schedule']);
    assert.deepEqual(fields(change(cron('TZ=UTC 0 2 * * *', '  timeZone: Etc/UTC\n'), cron('TZ=UTC 0 1 * * *'))), [
      'spec.schedule',
    ]);
    const zone = '  timeZone: Mars/Base\n';
    assert.deepEqual(change(cron('0 2 * * *', zone), cron('0 1 * * *', zone)), []);
    assert.deepEqual(fields(change(cron('0 2 * * *', zone), cron('0 1 * * *'))), ['spec.timeZone']);
  });
});
