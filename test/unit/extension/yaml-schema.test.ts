import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { jobsOfText, type JobsOfText, leaveJobsToUs, type YamlExtensionApi } from '../../../client/src/yaml-schema.ts';
import { analyse } from '../../../server/src/features/analysis.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/features/settings.ts';
import { manifestsOf } from '../../../server/src/features/manifests.ts';
import { diagnosticsOf } from '../../../server/src/features/diagnostics.ts';

/** The part of the YAML extension's API that matters, as its wiki describes it. */
function fakeYamlExtension(): YamlExtensionApi & { schemaFor(resource: string): unknown } {
  let asked: Parameters<YamlExtensionApi['registerContributor']> | undefined;
  return {
    registerContributor: (...contributor) => {
      const fresh = asked === undefined;
      asked ??= contributor;
      return fresh;
    },
    schemaFor(resource) {
      const uri = asked?.[1](resource);
      const content = uri === undefined ? undefined : asked?.[2](uri);
      return content === undefined ? undefined : (JSON.parse(content) as unknown);
    },
  };
}

describe('beside the YAML extension', () => {
  const texts = new Map<string, JobsOfText>([
    ['file:///jobs.yaml', { documents: 2, jobs: [0, 1] }],
    ['file:///mixed.yaml', { documents: 3, jobs: [1] }],
    ['file:///night.jobwright.yaml', { documents: 1, jobs: [0] }],
    ['file:///none.yaml', { documents: 1, jobs: [] }],
  ]);
  const yaml = fakeYamlExtension();
  const took = leaveJobsToUs(yaml, (resource) => texts.get(resource));

  test('each Job of a text gets a schema without rules', () => {
    assert.ok(took);
    assert.deepEqual(yaml.schemaFor('file:///jobs.yaml'), { title: 'Checked by Jobwright', schemaSequence: [{}, {}] });
    assert.deepEqual(yaml.schemaFor('file:///night.jobwright.yaml'), {
      title: 'Checked by Jobwright',
      schemaSequence: [{}],
    });
  });

  test('texts with other objects, and all other texts, keep their schemas', () => {
    for (const resource of ['file:///mixed.yaml', 'file:///none.yaml', 'file:///unknown.yaml'])
      assert.equal(yaml.schemaFor(resource), undefined, resource);
  });

  test('a JobSet keeps its own schema, and its Job templates are judged all the same', () => {
    const template = 'template: { spec: { backoffLimit: -1, template: { spec: { restartPolicy: Never } } } }';
    const jobSet = `apiVersion: jobset.x-k8s.io/v1alpha2
kind: JobSet
metadata: { name: train }
spec: { replicatedJobs: [{ name: workers, ${template} }] }
`;
    const job = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: x }\nspec: { template: { spec: {} } }\n`;
    const schemaOf = (text: string): unknown => {
      const analysis = analyse(text, 1);
      const jobs = jobsOfText(text, manifestsOf(analysis, 'file:///text.yaml'));
      const beside = fakeYamlExtension();
      leaveJobsToUs(beside, () => jobs);
      return beside.schemaFor('file:///text.yaml');
    };
    assert.equal(schemaOf(jobSet), undefined);
    assert.equal(schemaOf(`${job}---\n${jobSet}`), undefined);
    assert.deepEqual(schemaOf(`# two\n---\n${job}---\n${job}`), {
      title: 'Checked by Jobwright',
      schemaSequence: [{}, {}],
    });
    const [placed] = analyse(jobSet, 1).documents;
    const codes = diagnosticsOf(placed!, DEFAULT_SETTINGS).map(({ code }) => code);
    assert.ok(codes.includes('api/invalid'), codes.join(' '));
  });

  test('asks once, and answers for nothing but its own schema', () => {
    assert.equal(
      leaveJobsToUs(yaml, () => undefined),
      false,
    );
    let content: ((uri: string) => string | undefined) | undefined;
    leaveJobsToUs(
      {
        registerContributor: (_schema, _request, requestContent) => {
          content = requestContent;
          return true;
        },
      },
      () => undefined,
    );
    assert.equal(content?.('file:///etc/passwd'), undefined);
    assert.equal(content?.('jobwright-schema://jobs/99999999'), undefined);
  });
});
