import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatPath } from '../../../server/core/manifest/path.ts';
import type { ManifestNode } from '../../../server/core/manifest/tree.ts';
import type { Finding } from '../../../server/core/validation/finding.ts';
import { judgeDocument, judgeItems, judgeJob } from '../../../server/core/validation/verdict.ts';
import { readDocuments } from '../../../server/src/yaml/reader.ts';
import { assertLinear } from '../../growth.ts';

const root = (text: string): ManifestNode => readDocuments(text)[0]!.root!;
const POD = 'template: { spec: { restartPolicy: Never, containers: [{ name: a, image: b }] } }';

describe('the verdict', () => {
  it('knows whom it may judge', () => {
    const kinds = [
      'apps/v1 Deployment',
      'v1 Job',
      'batch.volcano.sh/v1alpha1 Job',
      'batch/v1 Job',
      'batch/v1beta1 CronJob',
    ];
    const judged = kinds.map((each) => {
      const [apiVersion, kind] = each.split(' ');
      return judgeDocument(root(`apiVersion: ${apiVersion!}\nkind: ${kind!}\n`))?.kind ?? null;
    });
    assert.deepEqual(judged, [null, 'Job', null, 'Job', 'CronJob']);
  });

  it('names the API that replaced a removed one', () => {
    const { verdict } = judgeDocument(
      root(`apiVersion: batch/v1beta1\nkind: Job\nmetadata: { name: a }\nspec: { ${POD} }`),
    )!;
    const [finding] = verdict.findings;
    assert.equal(finding?.rule, 'api/removed-version');
    assert.match(finding.message, /use batch\/v1/);
    assert.equal(verdict.accepted, false);
  });

  it('marks what the server would not have come to', () => {
    const text = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { parallelism: -1, paralelism: 2, ${POD} }`;
    const { findings } = judgeDocument(root(text))!.verdict;
    const unreached = findings.filter(({ unreached = false }) => unreached).map(({ path }) => formatPath(path));
    assert.deepEqual(unreached, ['spec.parallelism']);
  });

  it('judges the items of a list, each by itself', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Pod }\n- { apiVersion: batch/v1, kind: Job, metadata: { name: a }, spec: { ${POD} } }\n- { apiVersion: batch/v1, kind: Job }\n`;
    assert.equal(judgeDocument(root(text)), null);
    assert.deepEqual(
      judgeItems(root(text)).map(({ item, name, verdict }) => [item, name, verdict.accepted]),
      [
        [1, 'a', true],
        [2, '', false],
      ],
    );
  });

  it('forgets the users of a projected source as the server does: of its first kind only', () => {
    const source =
      'serviceAccountToken: { path: a, user: -1 }, configMap: { name: c, items: [{ key: k, path: b, user: -1 }] }';
    const volume = `{ name: v, projected: { sources: [{ ${source} }] } }`;
    const pod = POD.replace('restartPolicy: Never', `restartPolicy: Never, volumes: [${volume}]`);
    const text = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { ${pod} }`;
    const { findings } = judgeDocument(root(text))!.verdict;
    const users = findings.filter(({ path }) => path.at(-1) === 'user').map(({ path }) => formatPath(path.slice(8)));
    assert.deepEqual(users, ['serviceAccountToken.user']);
  });

  it('takes what stands before the first slash for the name of a claim, as the server does', () => {
    const repeats = (claims: string): readonly string[] => {
      const pod = POD.replace('image: b', `image: b, resources: { claims: [${claims}] }`);
      const { findings } = judgeDocument(
        root(`apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { ${pod} }`),
      )!.verdict;
      return findings.filter(({ type }) => type === 'FieldValueDuplicate').map(({ message }) => message);
    };
    assert.deepEqual(repeats('{ name: x, request: a }, { name: x }'), ['Duplicate value: "x"']);
    assert.deepEqual(repeats('{ name: a/b, request: a }, { name: a/b }'), []);
    assert.deepEqual(repeats('{ name: a/b, request: a }, { name: a }'), ['Duplicate value: "a"']);
    assert.deepEqual(repeats('{ name: x/a }, { name: x, request: a }'), ['Duplicate value: "x/a"']);
  });

  it('stays quick and small on a hostile object', () => {
    const judge = (many: number): readonly Finding[] => {
      const labels = Object.fromEntries(Array.from({ length: many }, (_, at) => [`bad key ${at}`, '-']));
      const ports = Array.from({ length: many }, () => ({ containerPort: 1, hostPort: 1 }));
      const env = Array.from({ length: many }, () => ({ name: 'A' }));
      const owners = Array.from({ length: many / 10 }, () => ({ controller: true }));
      return judgeJob({
        metadata: { name: 'x'.repeat(50 * many), labels, ownerReferences: owners },
        spec: { template: { spec: { containers: [{ ports, env }] } } },
      });
    };
    assertLinear(5000, judge);
    const findings = judge(20_000);
    assert.ok(findings.length <= 1000);
    assert.ok(findings.every(({ message }) => message.length < 4000));
  });
});
