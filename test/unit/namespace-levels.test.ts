import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse, type Analysis } from '../../server/src/features/analysis.ts';
import { readConfig, withConfig } from '../../server/src/features/project-config.ts';
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../server/src/features/settings.ts';
import { shownFindings } from '../../server/src/features/shown-findings.ts';

const NAMESPACE = `apiVersion: v1
kind: Namespace
metadata:
  name: batch
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;
const JOB = `apiVersion: batch/v1
kind: Job
metadata: { name: a, namespace: batch }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: a, image: 'a:1' }]
`;

function refused({ documents }: Analysis): readonly string[] {
  return documents
    .flatMap(({ document }) => [...document.objects])
    .filter(({ findings }) => findings.some(({ rule }) => rule === 'advice/pod-security'))
    .map(({ name }) => name);
}

test('the Namespace beside a Job says which pods it refuses, before or behind it, and as it changes', () => {
  const first = analyse(`${JOB}---\n${NAMESPACE}`, 1);
  assert.deepEqual(refused(first), ['a']);
  assert.deepEqual(refused(analyse(`${NAMESPACE}---\n${JOB}`, 1)), ['a']);
  assert.deepEqual(refused(analyse(JOB, 1)), []);
  assert.deepEqual(refused(analyse(`${JOB}---\n${NAMESPACE.replace('name: batch', 'name: other')}`, 2, first)), []);
  const loosened = analyse(`${JOB}---\n${NAMESPACE.replace('restricted', 'privileged')}`, 2, first);
  assert.deepEqual(refused(loosened), []);
  assert.deepEqual(refused(analyse(`${JOB}---\n${NAMESPACE}`, 3, loosened)), ['a']);
  assert.deepEqual(refused(analyse(`${JOB}---\n${NAMESPACE.replace('kind: Namespace', 'kind: Other')}`, 1)), []);
});

test('a document that did not change is kept while the levels are the same', () => {
  const first = analyse(`${JOB}---\n${NAMESPACE}`, 1);
  const second = analyse(`${JOB}---\n${NAMESPACE}# more\n`, 2, first);
  assert.equal(second.documents[0]!.document, first.documents[0]!.document);
});

test('a setting says it of the namespaces that are not in the text', () => {
  const said = (text: string, podSecurity: Settings['podSecurity']): readonly string[] =>
    analyse(text, 1).documents.flatMap(({ document }) =>
      shownFindings(document, { ...DEFAULT_SETTINGS, podSecurity }).flatMap(({ rule, message }) =>
        rule === 'advice/pod-security' ? [message.slice(0, message.indexOf(','))] : [],
      ),
    );
  assert.deepEqual(said(JOB, null), []);
  assert.deepEqual(said(JOB, 'baseline'), []);
  assert.deepEqual(said(JOB, 'restricted'), ['The namespace enforces restricted']);
  assert.deepEqual(said(`${JOB}---\n${NAMESPACE}`, 'restricted'), ['The namespace enforces restricted'], 'said once');
  const privileged = NAMESPACE.replace('restricted', 'privileged');
  assert.deepEqual(said(`${JOB}---\n${privileged}`, 'restricted'), [], 'what the text says counts more');
  assert.equal(readSettings({ podSecurity: 'baseline' }).podSecurity, 'baseline');
  assert.equal(readSettings({ podSecurity: 'loud' }).podSecurity, null);
  const project = readConfig('podSecurity: restricted\n');
  assert.equal(withConfig(DEFAULT_SETTINGS, project.config).podSecurity, 'restricted');
  const strict: Settings = { ...DEFAULT_SETTINGS, podSecurity: 'restricted' };
  assert.equal(withConfig(strict, readConfig('podSecurity: privileged\n').config).podSecurity, null);
  assert.match(readConfig('podSecurity: loud\n').problem ?? '', /podSecurity/);
});
