import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sharedPath, skipWithoutShared } from '../shared.ts';

const MAIN = fileURLToPath(new URL('../../client/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jobwright-lint-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function jobwright(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    input,
    encoding: 'utf8',
    cwd: folder,
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

const GOOD = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
`;
const BAD = GOOD.replace('      restartPolicy: Never\n', '');

interface Finding {
  readonly rule: string;
  readonly type: string;
  readonly severity: string;
  readonly field: string;
  readonly message: string;
  readonly range: unknown;
  readonly docs: string;
  readonly item?: number;
  readonly unreached?: boolean;
}
interface Document {
  readonly index: number;
  readonly kind?: string;
  readonly name?: string;
  readonly accepted?: boolean;
  readonly findings: readonly Finding[];
}

function documentsOf(input: string, ...more: string[]): readonly Document[] {
  const { stdout } = jobwright(['lint', '--format', 'json', ...more, '-'], input);
  const output = JSON.parse(stdout) as { files: { file: string; documents: Document[] }[] };
  assert.equal(output.files.length, 1);
  assert.equal(output.files[0]!.file, '-');
  return output.files[0]!.documents;
}

describe('jobwright lint', () => {
  it('says what the server would say, in JSON', () => {
    const [document] = documentsOf(BAD);
    assert.equal(document!.accepted, false);
    assert.equal(document!.kind, 'Job');
    assert.equal(document!.name, 'x');
    const finding = document!.findings.find(({ severity }) => severity === 'error')!;
    assert.deepEqual(finding, {
      rule: 'api/required',
      type: 'FieldValueRequired',
      severity: 'error',
      field: 'spec.template.spec.restartPolicy',
      message: 'Required value: valid values: "OnFailure", "Never"',
      range: { start: { line: 6, character: 4 }, end: { line: 6, character: 8 } },
      docs: 'https://github.com/jobwright/jobwright/blob/main/docs/rules.md#api-required',
    });
  });

  it('never lets advice change the verdict', () => {
    const [document] = documentsOf(GOOD);
    assert.equal(document!.accepted, true);
    assert.ok(document!.findings.every(({ severity }) => severity !== 'error'));
    assert.equal(jobwright(['lint', '-'], GOOD).status, 0);
  });

  it('passes other kinds, empty documents and templates over', () => {
    const documents = documentsOf(`---\n---\nkind: Service\napiVersion: v1\nmetadata: {name: s}\n---\n${GOOD}`);
    assert.deepEqual(
      documents.map(({ index, kind, accepted }) => [index, kind, accepted]),
      [
        [0, undefined, undefined],
        [1, 'Service', undefined],
        [2, 'Job', true],
      ],
    );
    const [template] = documentsOf(BAD.replace('name: x', 'name: {{ .Release.Name }}\n  {{- if .x }}'));
    assert.deepEqual([template!.accepted, template!.findings], [undefined, []]);
  });

  it('counts the items of a List', () => {
    const indent = (text: string): string => text.trimEnd().replaceAll('\n', '\n  ');
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${indent(GOOD)}\n- ${indent(BAD)}\n`;
    const [document] = documentsOf(list);
    assert.equal(document!.kind, 'List');
    assert.equal(document!.accepted, false);
    const [error] = document!.findings.filter(({ severity }) => severity === 'error');
    assert.deepEqual([error!.item, error!.field], [1, 'spec.template.spec.restartPolicy']);
  });

  it('calls text that is no YAML a syntax error, and goes on behind it', () => {
    const [nothing] = documentsOf('a: [');
    assert.deepEqual([nothing!.accepted, nothing!.findings[0]!.type], [false, 'Syntax']);
    const [job] = documentsOf(BAD.replace('spec:\n', 'spec:\n  fo\n'));
    assert.equal(job!.accepted, false);
    assert.deepEqual(
      job!.findings.filter(({ severity }) => severity === 'error').map(({ type, unreached }) => [type, unreached]),
      [
        ['Syntax', undefined],
        ['FieldValueRequired', true],
      ],
    );
  });

  it('marks what the server would not have come to', () => {
    const [document] = documentsOf(BAD.replace('spec:\n', 'spec:\n  completions: no\n  x: 1\n'));
    assert.deepEqual(
      document!.findings.filter(({ severity }) => severity === 'error').map(({ rule, unreached }) => [rule, unreached]),
      [
        ['api/wrong-type', undefined],
        ['api/unknown-field', true],
        ['api/required', true],
      ],
    );
  });

  it('shows the line, in text', () => {
    const { stdout, status } = jobwright(['lint', '-'], BAD.replaceAll('\n', '\r\n'));
    assert.equal(status, 1);
    assert.ok(
      stdout.startsWith(`-:7:5: error: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never" [api/required]
  6 |   template:
  7 |     spec:
    |     ^^^^
`),
      stdout,
    );
    assert.match(stdout, /\n1 Job or CronJob in 1 file: 1 error, 0 warnings/);
    assert.ok(!stdout.includes('advice/left-unset'));
    assert.ok(jobwright(['lint', '--hints', '-'], BAD).stdout.includes('advice/left-unset'));
  });

  it('writes annotations for GitHub and logs for code scanning', () => {
    assert.match(
      jobwright(['lint', '--format', 'github', '-'], BAD).stdout,
      /^::error file=-,line=7,endLine=7,col=5,endColumn=9,title=api\/required::Required value: /m,
    );
    const log = JSON.parse(jobwright(['lint', '--format', 'sarif', '-'], BAD).stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; locations: { physicalLocation: { region: unknown } }[] }[];
      }[];
    };
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    const result = run!.results.find(({ ruleId }) => ruleId === 'api/required')!;
    assert.equal(run!.tool.driver.rules[result.ruleIndex]!.id, 'api/required');
    assert.deepEqual(result.locations[0]!.physicalLocation.region, {
      startLine: 7,
      startColumn: 5,
      endLine: 7,
      endColumn: 9,
    });
  });

  it('walks folders, and takes severities from a configuration', () => {
    mkdirSync(join(folder, 'tree', 'deeper'), { recursive: true });
    writeFileSync(join(folder, 'tree', 'b.yml'), BAD);
    writeFileSync(join(folder, 'tree', 'deeper', 'a.json'), '{"apiVersion": "batch/v1", "kind": "Job"}');
    writeFileSync(join(folder, 'tree', 'not.json'), '{ // a comment\n');
    writeFileSync(join(folder, 'tree', 'c.txt'), BAD);
    const { stdout } = jobwright(['lint', '--format', 'json', 'tree']);
    const { files } = JSON.parse(stdout) as { files: { file: string; documents: Document[] }[] };
    assert.deepEqual(
      files.map(({ file }) => file),
      [join('tree', 'b.yml'), join('tree', 'deeper', 'a.json'), join('tree', 'not.json')],
    );
    assert.deepEqual(files[2]!.documents[0]!.findings, []);
    writeFileSync(join(folder, 'off.yaml'), 'rules:\n  api/required: off\n  advice/*: warning\n');
    const relaxed = jobwright(['lint', '--config', 'off.yaml', join('tree', 'b.yml')]);
    assert.equal(relaxed.status, 0);
    assert.match(relaxed.stdout, /warning: .*\[advice\/left-unset\]/);
    writeFileSync(join(folder, 'bad.yaml'), 'rules: {nope/x: off}\n');
    assert.match(jobwright(['lint', '--config', 'bad.yaml', '-']).stderr, /unknown rule nope\/x/);
  });

  it('says in one line why it cannot work, and ends with 2', () => {
    const cases: [string[], RegExp][] = [
      [[], /no command/],
      [['frobnicate'], /unknown command frobnicate/],
      [['--frob'], /unknown option --frob/],
      [['lint'], /needs a file/],
      [['lint', '--frob', '-'], /Unknown option '--frob'/],
      [['lint', '--format', 'xml', '-'], /unknown format xml/],
      [['lint', '--kubernetes-version', '1.12', '-'], /unknown Kubernetes version 1.12/],
      [['lint', 'not-there.yaml'], /cannot read not-there.yaml: no such file/],
      [['lsp'], /--stdio/],
    ];
    for (const [args, line] of cases) {
      const { status, stdout, stderr } = jobwright(args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, line);
      assert.match(stderr, /^jobwright: [^\n]*\n$/);
    }
    assert.equal(jobwright(['lint', '--kubernetes-version', 'v1.33.2', '-'], GOOD).status, 0);
  });

  it('explains itself', () => {
    assert.match(jobwright(['--help']).stdout, /jobwright lint/);
    assert.match(jobwright(['lint', '--help']).stdout, /--kubernetes-version/);
    assert.match(jobwright(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('ends quietly when its reader goes away, and completely when it is slow', async () => {
    const many = `${BAD}---\n`.repeat(400);
    const gone = spawn(process.execPath, [MAIN, 'lint', '--format', 'json', '-'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    gone.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    gone.stdout.destroy();
    gone.stdin.end(many);
    assert.equal(await new Promise((resolve) => gone.on('close', resolve)), 1);
    assert.equal(complaint, '');

    const slow = spawn(process.execPath, [MAIN, 'lint', '--format', 'json', '-'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    slow.stdin.end(many);
    let output = '';
    slow.stdout.setEncoding('utf8');
    for await (const part of slow.stdout) {
      output += part as string;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((JSON.parse(output) as { files: { documents: unknown[] }[] }).files[0]!.documents.length, 401);
  });

  it('leaves templates alone', { skip: skipWithoutShared('corpus/templated') }, () => {
    const { stdout, status } = jobwright(['lint', '--hints', sharedPath('corpus/templated')!]);
    assert.deepEqual([status, stdout.split('\n').length], [0, 2], stdout);
  });

  it('copes with every published manifest', { skip: skipWithoutShared('corpus/real') }, () => {
    const path = sharedPath('corpus/real')!;
    const { stdout, stderr } = jobwright(['lint', '--format', 'json', path]);
    assert.equal(stderr, '');
    const { files } = JSON.parse(stdout) as { files: unknown[] };
    assert.equal(files.length, readdirSync(path).filter((name) => /\.(?:ya?ml|json)$/.test(name)).length);
  });
});
