import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { folderForTests, GOOD_JOB } from './jobwright.ts';

const { write, read, run } = folderForTests();

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly known?: boolean;
}
interface File {
  readonly file: string;
  readonly documents: readonly { readonly source?: string; readonly findings: readonly Finding[] }[];
}

function lint(...args: string[]) {
  return run(['lint', ...args]);
}

function filesOf(...args: string[]): readonly File[] {
  const { stdout, stderr } = lint('--format', 'json', ...args);
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as { files: File[] }).files;
}

const namesOf = (...args: string[]): readonly string[] => filesOf(...args).map(({ file }) => file);
const rulesOf = (...args: string[]): readonly string[] =>
  filesOf(...args).flatMap(({ documents }) =>
    documents.flatMap(({ findings }) => findings.map(({ rule, severity }) => `${rule} ${severity}`)),
  );

const NO_POLICY = GOOD_JOB.replace('      restartPolicy: Never\n', '');
const CAPPED = GOOD_JOB.replace('  activeDeadlineSeconds: 60\n', '  parallelism: 5\n  completions: 2\n');

describe('a project’s jobwright.config.yaml', () => {
  write('project/jobwright.config.yaml', 'kubernetesVersion: "1.29"\nseverity: {advice/*: "off"}\n');
  const deep = write(
    'project/a/b/job.yaml',
    CAPPED.replace('  parallelism', '  managedBy: example.com/q\n  parallelism'),
  );

  it('holds for everything below it, the nearest one alone', () => {
    assert.deepEqual(rulesOf(deep), ['api/version error']);
    write('project/a/jobwright.config.json', '{"severity": {"advice/parallelism-capped": "error"}}');
    assert.ok(!rulesOf(deep).includes('api/version error'));
    assert.ok(rulesOf(write('project/a/capped.yaml', CAPPED)).includes('advice/parallelism-capped error'));
  });

  it('counts less than the command line', () => {
    const top = write('project/job.yaml', GOOD_JOB.replace('  template', '  managedBy: example.com/q\n  template'));
    assert.deepEqual(rulesOf(top), ['api/version error']);
    assert.deepEqual(rulesOf('--kubernetes-version', '1.37', top), []);
    const other = write('other.yaml', '{}');
    assert.ok(rulesOf('--config', other, top).every((rule) => !rule.startsWith('api/')));
  });

  it('is refused by name when it cannot be used', () => {
    write('wrong/jobwright.config.yaml', 'severity: {advice/nothing: off}\n');
    const { status, stderr } = lint(write('wrong/job.yaml', GOOD_JOB));
    assert.equal(status, 2);
    assert.match(stderr, /wrong\/jobwright\.config\.yaml names an unknown rule advice\/nothing\n$/);
  });
});

describe('which files are looked at', () => {
  for (const path of ['many/one.yaml', 'many/two.yml', 'many/sub/three.yaml', 'many/sub/vendor/four.yaml'])
    write(path, GOOD_JOB);
  write('many/readme.txt', 'no manifest');

  it('a pattern that the shell did not fill in is filled in', () => {
    assert.deepEqual(namesOf('many/**/*.yaml'), ['many/one.yaml', 'many/sub/three.yaml', 'many/sub/vendor/four.yaml']);
    assert.deepEqual(namesOf('many/*.{yaml,yml}', 'many/one.yaml'), ['many/one.yaml', 'many/two.yml']);
    assert.match(lint('many/none.yaml').stderr, /cannot read many\/none\.yaml: no such file or folder/);
  });

  it('ignore files pass over, the nearest one decides', () => {
    write('many/.jobwrightignore', '# ours are elsewhere\nvendor/\ntwo.yml\n');
    assert.deepEqual(namesOf('many'), ['many/one.yaml', 'many/sub/three.yaml']);
    assert.deepEqual(namesOf('many/**/*.y*ml'), ['many/one.yaml', 'many/sub/three.yaml']);
    const named = lint('many/two.yml');
    assert.deepEqual([named.status, named.stderr.includes('many/two.yml is passed over')], [0, true]);
    write('many/sub/two.yml', GOOD_JOB);
    write('many/sub/.jobwrightignore', '!two.yml\nthree.yaml\n');
    assert.deepEqual(namesOf('many'), ['many/one.yaml', 'many/sub/two.yml']);
  });

  it('says where there is nothing to check', () => {
    write('texts/readme.txt', 'no manifest');
    const { status, stderr, stdout } = lint('texts', 'many/*.ymal');
    assert.equal(stderr, 'jobwright: nothing to check in texts\njobwright: nothing to check in many/*.ymal\n');
    assert.deepEqual([status, stdout], [0, '0 Jobs and CronJobs in 0 files: 0 errors, 0 warnings\n']);
  });

  it('so does a configuration', () => {
    write('chosen/jobwright.config.yaml', 'ignore: ["*.tmp.yaml"]\n');
    write('chosen/a.yaml', GOOD_JOB);
    write('chosen/deep/b.tmp.yaml', GOOD_JOB);
    assert.deepEqual(namesOf('chosen'), ['chosen/a.yaml', 'chosen/jobwright.config.yaml']);
  });
});

describe('lint --fail-on', () => {
  it('chooses what makes the exit status 1', () => {
    const file = write('capped.yaml', CAPPED);
    const statuses = ['error', 'warning', 'information', 'hint', 'never'].map(
      (least) => lint('--fail-on', least, file).status,
    );
    assert.deepEqual(statuses, [0, 0, 1, 1, 0]);
    assert.equal(lint('--fail-on', 'never', write('broken.yaml', NO_POLICY)).status, 0);
    assert.match(
      lint('--fail-on', 'warning', file).stdout,
      /^1 Job or CronJob in 1 file: 0 errors, 0 warnings, \d hints \(--hints\)\n$/,
    );
    assert.match(lint('--fail-on', 'information', file).stdout, /advice\/parallelism-capped/, 'what fails is shown');
    assert.match(lint('--fail-on', 'hint', '--format', 'github', file).stdout, /advice\/parallelism-capped/);
    assert.match(lint('--fail-on', 'loud', file).stderr, /unknown fail-on loud: error, warning, /);
  });
});

describe('lint --baseline', () => {
  const file = write('baseline/job.yaml', NO_POLICY);
  const baseline = 'baseline/known.json';

  it('is quiet about what was there, wherever it has moved', () => {
    assert.match(lint('--baseline', baseline, file).stderr, /cannot read the baseline .*--update-baseline writes it/);
    assert.equal(lint('--baseline', baseline, '--update-baseline', file).stdout, `${baseline} now knows 2 findings\n`);
    write(file, `# moved\n\n${NO_POLICY}`);
    const { status, stdout } = lint('--baseline', baseline, file);
    assert.equal(status, 0);
    assert.equal(
      stdout,
      '1 Job or CronJob in 1 file: 0 errors, 0 warnings\nThe baseline knows 2 findings of these files\n',
    );
    assert.deepEqual(filesOf('--baseline', baseline, file)[0]!.documents[0]!.findings[0]!.known, true);
    assert.match(lint('--baseline', baseline, '--format', 'sarif', file).stdout, /"baselineState": "unchanged"/);
  });

  it('says what is new, and what is gone', () => {
    write(file, `${NO_POLICY}---\n${NO_POLICY.replace('name: x', 'name: y')}`);
    assert.equal(lint('--baseline', baseline, file).status, 1);
    write(file, GOOD_JOB);
    assert.match(lint('--baseline', baseline, file).stdout, /1 of it is gone/);
  });

  it('refuses what is no baseline', () => {
    for (const text of ['', '[]', '{"version": 2, "findings": []}', '{"version": 1, "findings": [{}]}'])
      assert.match(lint('--baseline', write('strange.json', text), file).stderr, /is no baseline/);
    assert.match(lint('--update-baseline', file).stderr, /--update-baseline needs --baseline FILE/);
  });
});

describe('lint --explain', () => {
  it('says what a rule means, and lists a group', () => {
    const { status, stdout } = lint('--explain', 'advice/parallelism-capped');
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^advice\/parallelism-capped: Parallelism above completions\nSeverity: information\. Has a fix/,
    );
    assert.match(stdout, /# jobwright-ignore advice\/parallelism-capped/);
    assert.ok(lint('--explain', 'api/*').stdout.split('\n').length > 10);
  });

  it('names what may be meant', () => {
    const { status, stderr } = lint('--explain', 'advice/capped');
    assert.equal(status, 2);
    assert.equal(stderr, 'jobwright: no rule is called advice/capped: advice/parallelism-capped?\n');
  });
});

describe('lint --fix', () => {
  it('mends the files, keeps comments, and says what is left', () => {
    const broken = NO_POLICY.replace('image: busybox:1.36', 'imagee: busybox:1.36 # ours');
    const file = write('fix.yaml', `${broken}---\n${GOOD_JOB}`);
    const { status, stdout } = lint('--fix', file);
    assert.match(stdout, /^2 fixes made\n/);
    assert.equal(status, 0, stdout);
    assert.match(read(file), /image: busybox:1\.36 # ours/);
    assert.ok(read(file).endsWith(`---\n${GOOD_JOB}`));
    assert.match(lint('--fix', file).stdout, /^0 fixes made\n/);
  });

  it('leaves what a comment silences, and hints unless they are asked for', () => {
    const file = write('capped-fix.yaml', CAPPED);
    lint('--fix', file);
    assert.equal(read(file), CAPPED);
    lint('--fix', '--hints', file);
    assert.match(read(file), /parallelism: 2/);
    const silenced = write(
      'silenced.yaml',
      CAPPED.replace('parallelism: 5', 'parallelism: 5 # jobwright-ignore advice/*'),
    );
    lint('--fix', '--hints', silenced);
    assert.match(read(silenced), /parallelism: 5/);
  });

  it('prints standard input mended, and findings beside it', () => {
    const { stdout, stderr } = run(['lint', '--fix', '-'], NO_POLICY);
    assert.match(stdout, /^apiVersion: batch\/v1\n[^]*restartPolicy: Never\n/);
    assert.match(stderr, /1 fix made\n1 Job or CronJob in 1 file: 0 errors/);
  });
});

describe('lint of what helm template prints', () => {
  it('names the template of each finding', () => {
    const rendered = `---\n# Source: app/templates/ok.yaml\n${GOOD_JOB}---\n# Source: app/templates/bad.yaml\n${NO_POLICY}`;
    const { stdout } = run(['lint', '-'], rendered);
    assert.match(stdout, /\[api\/required\] \(from app\/templates\/bad\.yaml\)\n/);
    assert.match(
      run(['lint', '--format', 'github', '-'], rendered).stdout,
      /::Required value.* \(from app\/templates\/bad\.yaml\)\n/,
    );
    assert.match(
      run(['lint', '--format', 'sarif', '-'], rendered).stdout,
      /"text": "Required value.* \(from app\/templates\/bad\.yaml\)"/,
    );
    const json = JSON.parse(run(['lint', '--format', 'json', '-'], rendered).stdout) as { files: File[] };
    assert.deepEqual(
      json.files[0]!.documents.map(({ source }) => source).filter((source) => source !== undefined),
      ['app/templates/ok.yaml', 'app/templates/bad.yaml'],
    );
  });
});

describe('ConfigMaps and Secrets among the files', () => {
  const needs = (key: string): string =>
    GOOD_JOB.replace(
      /$/,
      `          env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: ${key}}}}]\n`,
    );
  const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: fast}\n';

  it('have the keys that Jobs beside them name', () => {
    write('keys/config.yaml', config);
    write('keys/good.yaml', needs('mode'));
    const bad = write('keys/bad.yaml', needs('mod'));
    const missing = (...paths: string[]): readonly string[] =>
      rulesOf(...paths).filter((rule) => rule.startsWith('advice/missing-key'));
    assert.deepEqual(missing('keys'), ['advice/missing-key warning']);
    assert.deepEqual(missing(bad), [], 'of a file that is not checked nothing is known');
    const { stdout } = run(['lint', '-'], `${config}---\n${needs('mod')}`);
    assert.match(stdout, /ConfigMap settings has no key mod/, 'a stream is one place');
  });
});
