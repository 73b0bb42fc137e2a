import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { allSnippets, expand } from '../unit/snippets/expand.ts';
import { type Api, resourcePath } from './api.ts';
import { controlPlaneMissing } from './build.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const missing = (await controlPlaneMissing()) ?? false;
const refactored = new URL('../conformance/refactorings/', import.meta.url);
const examples = new URL('../../examples/', import.meta.url);

/** What we hand to people is what the API server takes: asked of the real one, strictly. */
describe('the real API server takes', { skip: missing }, () => {
  let cluster: ControlPlane;
  let api: Api;
  before(async () => {
    cluster = await startControlPlane();
    api = cluster.api();
    await api.create(resourcePath('namespaces'), { metadata: { name: 'accepted' } });
  });
  after(() => cluster.stop());

  async function accepted(text: string): Promise<void> {
    const resource = /^kind: CronJob$/m.test(text) ? 'cronjobs' : 'jobs';
    const { status, body } = await api.send('POST', resourcePath(resource, 'accepted'), {
      query: { dryRun: 'All', fieldValidation: 'Strict' },
      body: text,
      contentType: 'application/yaml',
    });
    assert.equal(status, 201, JSON.stringify(body));
  }

  for (const { name, body } of allSnippets().filter((snippet) => snippet.body.includes('apiVersion'))) {
    test(`the snippet "${name}" with its defaults`, () => accepted(expand(body)));
  }

  for (const name of readdirSync(refactored).filter((file) => file.endsWith('.after.yaml'))) {
    test(`what a refactoring leaves: ${name}`, () => {
      const [manifest] = readFileSync(new URL(name, refactored), 'utf8').split(/^---$/m);
      return accepted(manifest!.replace(/^( *)namespace: .*$/m, '$1namespace: accepted'));
    });
  }

  for (const name of readdirSync(examples).filter((file) => file.endsWith('.yaml') && file !== 'mistakes.yaml')) {
    test(`examples/${name}`, () => accepted(readFileSync(new URL(name, examples), 'utf8')));
  }
});
