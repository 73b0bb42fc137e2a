import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FEATURES } from '../../server/core/kubernetes/feature-history.ts';
import { SHAPES } from '../../server/core/kubernetes/generated/shapes.ts';
import type { Job } from '../../server/core/kubernetes/generated/types.ts';
import { KNOWN_VERSIONS, NEWEST_MINOR, OLDEST_MINOR, parseVersion } from '../../server/core/kubernetes/versions.ts';
import { formatPath } from '../../server/core/manifest/path.ts';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { judgeVersion, versionRefuses } from '../../server/core/validation/version.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

function jobOf(pod: string, spec = ''): Job {
  const text = `kind: Job\nspec:\n  template: {spec: {containers: [{name: a}], ${pod}}}\n  ${spec}\n`;
  const { object, findings } = decodeObject(readDocuments(text)[0]!.root!, 'Job');
  assert.deepEqual(findings, []);
  return object;
}

/** What each version says: `29 StrictDecoding spec.managedBy`. */
function history(job: Job): string[] {
  return KNOWN_VERSIONS.flatMap((version) =>
    judgeVersion('Job', job, parseVersion(version)!).map(
      ({ type, path }) => `${version} ${type} ${formatPath(path).replace('spec.template.spec.', '')}`,
    ),
  );
}

describe('Kubernetes versions', () => {
  it('are read as people and clusters write them', () => {
    assert.deepEqual([KNOWN_VERSIONS[0], KNOWN_VERSIONS.at(-1)], ['1.29', '1.37']);
    for (const text of ['1.34', 'v1.34', '1.34.2', 'v1.34.2+k3s1', '1.34.2-gke.100', ' 1.34 ', '1.34+'])
      assert.deepEqual(parseVersion(text), { minor: 34 }, text);
    for (const text of ['', '1', '1.28', '1.38', '2.34', '1.34.x', 'newest', '1.3'])
      assert.equal(parseVersion(text), null, text);
  });

  it('have fields that the API has, and a history that fits together', () => {
    for (const { fields, since, on, stable, gate } of FEATURES) {
      assert.ok(on === null || on >= since, String(gate));
      assert.ok(stable === undefined || (on !== null && stable >= on), String(gate));
      assert.ok((on ?? NEWEST_MINOR + 1) > OLDEST_MINOR, `${String(gate)} is older than all known versions`);
      for (const field of fields) {
        const [object = '', name = ''] = field.split('.');
        assert.ok(SHAPES[object]?.fields[name] !== undefined, field);
      }
    }
  });

  it('refuse what they do not know, and drop what is behind a gate that is off', () => {
    assert.deepEqual(history(jobOf('', 'managedBy: example.com/queue')), [
      '1.29 StrictDecoding spec.managedBy',
      '1.30 Warning spec.managedBy',
      '1.31 Warning spec.managedBy',
    ]);
    assert.deepEqual(history(jobOf('', 'successPolicy: {rules: [{succeededCount: 1}]}')), [
      '1.29 StrictDecoding spec.successPolicy',
      '1.30 Warning spec.successPolicy',
    ]);
    assert.deepEqual(history(jobOf('hostUsers: false')), [
      '1.29 Warning hostUsers',
      '1.30 Warning hostUsers',
      '1.31 Warning hostUsers',
      '1.32 Warning hostUsers',
    ]);
    const scheduling = history(jobOf('', 'scheduling: {}'));
    assert.deepEqual(scheduling.length, NEWEST_MINOR - OLDEST_MINOR);
    assert.ok(scheduling.every((line) => line.includes('StrictDecoding')));
  });

  it('read what they drop, so unknown fields in it count', () => {
    const claims = history(jobOf('resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]'));
    assert.deepEqual(claims.slice(0, 5), [
      '1.29 Warning resourceClaims',
      '1.29 StrictDecoding resourceClaims[0].resourceClaimTemplateName',
      '1.30 Warning resourceClaims',
      '1.30 StrictDecoding resourceClaims[0].resourceClaimTemplateName',
      '1.31 Warning resourceClaims',
    ]);
    assert.equal(claims.length, 7);
  });

  it('know values that came later than their field', () => {
    assert.deepEqual(history(jobOf('initContainers: [{name: b, restartPolicy: Always}]')), []);
    assert.deepEqual(
      history(jobOf('initContainers: [{name: b, restartPolicy: Never}]')).filter((line) => /1\.3[345]/.test(line)),
      ['1.33 FieldValueNotSupported initContainers[0].restartPolicy', '1.34 Warning initContainers[0].restartPolicy'],
    );
    const zero = (seconds: number): Job =>
      jobOf(`initContainers: [{name: b, lifecycle: {preStop: {sleep: {seconds: ${seconds}}}}}]`);
    assert.deepEqual(history(zero(0)), [
      '1.29 Warning initContainers[0].lifecycle.preStop.sleep',
      '1.30 FieldValueInvalid initContainers[0].lifecycle.preStop.sleep.seconds',
      '1.31 FieldValueInvalid initContainers[0].lifecycle.preStop.sleep.seconds',
      '1.32 FieldValueInvalid initContainers[0].lifecycle.preStop.sleep.seconds',
    ]);
    assert.deepEqual(history(zero(1)), ['1.29 Warning initContainers[0].lifecycle.preStop.sleep']);
  });

  it('name the version that brings it', () => {
    const [finding] = judgeVersion('Job', jobOf('', 'managedBy: example.com/queue'), { minor: 29 });
    assert.match(finding!.message, /unknown field "managedBy" \(Kubernetes 1\.29; it comes with 1\.30/);
    assert.match(finding!.message, /off by default until 1\.32/);
    assert.ok(versionRefuses([finding!]));
  });

  it('say nothing of the newest, nor of what has always been there', () => {
    const job = jobOf('hostUsers: false, schedulingGroup: {}', 'scheduling: {}');
    assert.deepEqual(judgeVersion('Job', job, { minor: NEWEST_MINOR }), []);
    assert.deepEqual(
      history(jobOf('nodeSelector: {a: b}, tolerations: [{operator: Exists}]', 'backoffLimitPerIndex: 1')),
      [],
    );
  });
});
