import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeObject } from '../../server/core/validation/decoding.ts';
import { FIELD_DOCS, apiFieldAt } from '../../server/core/kubernetes/field-docs.ts';
import { SHAPES } from '../../server/core/kubernetes/generated/shapes.ts';
import { hoverOf } from '../../server/src/features/hover.ts';
import { escapeMarkdown, inlineCode } from '../../server/src/features/markdown.ts';
import { readDocuments } from '../../server/src/yaml/reader.ts';

const NOW = Date.UTC(2026, 0, 5, 12, 0, 0);

/** Hovers at the `|` of a manifest; returns the Markdown and the text that it is about. */
function hover(marked: string): { markdown: string; about: string } | null {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const root = readDocuments(text)[0]?.root ?? null;
  assert.ok(root !== null);
  const kind = text.includes('kind: CronJob') ? 'CronJob' : 'Job';
  const found = hoverOf({ root, kind, object: decodeObject(root, kind).object }, offset, { now: NOW });
  return found === null ? null : { markdown: found.markdown, about: text.slice(found.span.start, found.span.end) };
}

const HEAD = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: shards}\n';
const POD =
  '  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: worker\n          image: worker:1\n';

function job(spec: string, pod = POD): string {
  return `${HEAD}spec:\n${spec}\n${pod}`;
}

function cronJob(spec: string): string {
  return `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: nightly}\nspec:\n${spec}\n`;
}

describe('hover', () => {
  it('says how many pods run at once and why', () => {
    const found = hover(job('  para|llelism: 10\n  completions: 3'));
    assert.equal(found?.about, 'parallelism');
    assert.match(found.markdown, /^\*\*parallelism\*\*: The most pods/);
    assert.match(found.markdown, /Here: Up to 3 pods at once, not 10/);
    assert.match(found.markdown, /Default: 1/);
  });
  it('works on values too', () => {
    assert.equal(hover(job('  parallelism: 1|0\n  completions: 3'))?.about, '10');
  });
  it('says what attempts cost', () => {
    const found = hover(job('  backoffLim|it: 3'));
    assert.match(found?.markdown ?? '', /4 attempts: waits of 10 s, 20 s, 40 s between them, 1 min 10 s in all/);
    assert.match(found?.markdown ?? '', /No time limit/);
  });
  it('explains a work queue', () => {
    assert.match(hover(job('  parallel|ism: 4'))?.markdown ?? '', /until the first one succeeds/);
  });
  it('names host names and the variable of an Indexed Job', () => {
    const { markdown = '' } = hover(job('  completionMode: Index|ed\n  completions: 5')) ?? {};
    assert.match(markdown, /`Indexed`: each pod gets an index/);
    assert.match(markdown, /shards-0 to shards-4/);
    assert.match(markdown, /JOB\\_COMPLETION\\_INDEX \(0 to 4\)/);
    assert.match(markdown, /job-completion-index/);
  });
  it('tells which rule takes an exit code', () => {
    const policy =
      '  podFailurePolicy:\n    rules:\n      - action: FailJob\n        onExitCodes: {operator: In, values: [42]}\n      - action: Ignore\n        onExitCodes: {operator: In, values: [4|2, 137]}';
    const { markdown = '' } = hover(job(policy)) ?? {};
    assert.match(markdown, /Rule 0 takes it: the whole Job fails at once/);
    assert.match(markdown, /Rule 0 takes exit code 42 first/);
    const killed = hover(job(policy.replace('4|2', '42').replace('137', '1|37')))?.markdown ?? '';
    const [before = ''] = killed.split('A Linux process');
    assert.equal(before.match(/SIGKILL/g)?.length, 1, 'what a code means is said once');
    assert.match(
      hover(job(policy.replace('4|2', '42').replace('podFailure', 'pod|Failure')))?.markdown ?? '',
      /Rule 0, exit code 42 of any container/,
    );
  });
  it('reads success policies', () => {
    const { markdown = '' } =
      hover(
        job(
          '  completionMode: Indexed\n  completions: 5\n  successPolicy:\n    rules:\n      - succeeded|Indexes: 0,2-3',
        ),
      ) ?? {};
    assert.match(markdown, /all of the indexes 0,2-3 have succeeded/);
  });
  it('reads a schedule and its next runs in its zone', () => {
    const { markdown = '', about } = hover(cronJob('  schedule: "30 3 *| * 1-5"\n  timeZone: Europe/Berlin')) ?? {};
    assert.equal(about, '"30 3 * * 1-5"');
    assert.match(markdown, /At 03:30, Monday to Friday \(Europe\/Berlin\)/);
    assert.match(
      markdown,
      /Next: Tue 2026-01-06 03:30; Wed 2026-01-07 03:30; Thu 2026-01-08 03:30; Fri 2026-01-09 03:30; Mon 2026-01-12 03:30/,
    );
    assert.match(hover(cronJob('  sche|dule: "0 0 30 2 *"'))?.markdown ?? '', /never runs/);
    assert.match(hover(cronJob('  sche|dule: nonsense'))?.markdown ?? '', /\*\*schedule\*\*/);
  });
  it('finds its way into the template of a CronJob and the items of lists', () => {
    const { markdown = '' } =
      hover(cronJob(`  schedule: "@daily"\n  jobTemplate:\n    spec:\n      back|offLimit: 0`)) ?? {};
    assert.match(markdown, /1 attempt/);
  });
  it('normalises quantities and adds them up', () => {
    const pod = POD + '          resources: {requests: {cpu: 1500m, memory: 1.5|Gi}}\n';
    const { markdown = '' } = hover(job('  parallelism: 3\n  completions: 9', pod)) ?? {};
    assert.match(markdown, /1536Mi \(as the server writes it\) is 1.5 GiB/);
    assert.match(markdown, /For 3 pods at once: 4.5 GiB/);
  });
  it('is silent where it knows nothing', () => {
    assert.equal(hover(job('  unknown|Field: 1')), null);
    assert.equal(hover(HEAD + 'spec: {}\n|\n'), null);
    assert.equal(hover(job('', POD.replace('image: worker:1', 'image: worker:1\n          stdin|Once: true'))), null);
  });
  it('lets nothing out of the manifest become markup', () => {
    const nasty = '"[x](command:evil) <img src=x> `a` *b* https://evil.example"';
    for (const found of [
      hover(job(`  managed|By: ${nasty}`)),
      hover(`${HEAD.replace('shards', nasty)}spec:\n  completion|Mode: Indexed\n  completions: 2\n${POD}`),
      hover(cronJob(`  sche|dule: "@daily"\n  timeZone: ${nasty}`)),
    ]) {
      assert.ok(found !== null);
      // The page that a hover leads to is ours, and stands last.
      const said = found.markdown.replace(
        /\n\n\[[\w ]+\]\(https:\/\/github\.com\/jobwright\/[\w/-]+\.md#[\w-]+\)$/,
        '',
      );
      assert.doesNotMatch(said, /(?<!\\)\[x|<img|(?<!\\)\*b|https:\/\//);
    }
  });
});

describe('markdown', () => {
  it('escapes', () => {
    assert.equal(escapeMarkdown('a_b *c* <d> & [e](f)\n# g'), 'a\\_b \\*c\\* &lt;d\\> &amp; \\[e\\](f) \\# g');
    assert.equal(escapeMarkdown('1. x'), '1\\. x');
    assert.equal(inlineCode('a`b'), '``a`b``');
    assert.equal(inlineCode('`x'), '`` `x ``');
  });
});

describe('field documentation', () => {
  it('covers every field of the batch API', () => {
    const objects = Object.keys(FIELD_DOCS).filter((name) => !['PodSpec', 'Container'].includes(name));
    for (const wanted of [
      'Job',
      'JobSpec',
      'CronJobSpec',
      'JobTemplateSpec',
      'PodFailurePolicyRule',
      'SuccessPolicyRule',
      'JobStatus',
    ])
      assert.ok(objects.includes(wanted), wanted);
    for (const object of objects)
      for (const field of Object.keys(SHAPES[object]?.fields ?? {}))
        assert.ok(FIELD_DOCS[object]?.[field] !== undefined, `${object}.${field}`);
  });
  it('names no field or enum value that the API lacks, and explains every enum value', () => {
    for (const [object, fields] of Object.entries(FIELD_DOCS))
      for (const [field, doc] of Object.entries(fields)) {
        const shape = SHAPES[object]?.fields[field];
        assert.ok(shape !== undefined, `${object}.${field}`);
        assert.match(doc.summary, /\.$/, `${object}.${field}`);
        if (shape.type === 'string' && shape.enum !== undefined)
          assert.deepEqual(Object.keys(doc.values ?? {}).sort(), [...shape.enum].sort(), `${object}.${field}`);
      }
  });
  it('finds fields by path', () => {
    assert.equal(apiFieldAt('CronJob', ['spec', 'jobTemplate', 'spec', 'completions'])?.object, 'JobSpec');
    assert.equal(
      apiFieldAt('Job', ['spec', 'podFailurePolicy', 'rules', 1, 'onExitCodes', 'values', 0])?.field,
      'values',
    );
    assert.equal(apiFieldAt('Job', ['spec', 'toString']), null);
    assert.equal(apiFieldAt('Job', []), null);
  });
});
