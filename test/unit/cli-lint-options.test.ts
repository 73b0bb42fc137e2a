import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../client/cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'jobwright-lint-options-'));
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): string {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
}

function run(program: string, args: readonly string[], cwd = folder) {
  return spawnSync(program, args, { encoding: 'utf8', cwd });
}

const lint = (...args: string[]) => run(process.execPath, [MAIN, 'lint', ...args]);

interface Report {
  readonly partial?: boolean;
  readonly accepted?: boolean;
  readonly updateAccepted?: boolean;
  readonly findings: readonly { rule: string; severity: string; field: string; suppressed?: boolean }[];
}

/** The only document of the only file. */
function documentOf(...args: string[]): Report {
  const { stdout, stderr } = lint('--format', 'json', ...args);
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as { files: { documents: Report[] }[] }).files[0]!.documents[0]!;
}

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: x
spec:
  activeDeadlineSeconds: 60
  managedBy: example.com/queue
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: a
          image: busybox:1.36
`;

describe('lint for a Kubernetes version', () => {
  const file = write('version.yaml', JOB);

  it('says what the version lacks, and counts it for the verdict', () => {
    const old = documentOf('--kubernetes-version', '1.29', file);
    assert.equal(old.accepted, false);
    assert.deepEqual(
      old.findings.map(({ rule, field }) => `${rule} ${field}`),
      ['api/version spec.managedBy'],
    );
    const gated = documentOf('--kubernetes-version', 'v1.31.4', file);
    assert.deepEqual([gated.accepted, gated.findings[0]!.severity], [true, 'warning']);
    for (const version of ['1.32', '1.37'])
      assert.deepEqual(documentOf('--kubernetes-version', version, file).findings, []);
    assert.equal(lint('--kubernetes-version', '1.29', file).status, 1);
  });

  it('takes the version from the configuration, and refuses one that it does not know', () => {
    const config = write('version.config.yaml', 'kubernetesVersion: 1.30\n');
    assert.equal(documentOf('--config', config, file).findings[0]!.rule, 'api/version');
    assert.deepEqual(documentOf('--config', config, '--kubernetes-version', '1.37', file).findings, []);
    const { status, stderr } = lint('--kubernetes-version', '1.28', file);
    assert.equal(status, 2);
    assert.match(stderr, /unknown Kubernetes version 1\.28: 1\.29 to 1\.37 are known/);
  });
});

describe('lint of an API version that is gone', () => {
  it('names the one to use, whatever the version', () => {
    const cron = `apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: x}\nspec: {schedule: "@daily", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: "b:1"}]}}}}}\n`;
    const file = write('gone.yaml', cron);
    for (const version of ['1.29', '1.37']) {
      const { accepted, findings } = documentOf('--kubernetes-version', version, file);
      assert.equal(accepted, false);
      assert.equal(findings.filter(({ rule }) => rule === 'api/removed-version').length, 1);
    }
  });
});

describe('lint with severities', () => {
  const file = write('severity.yaml', JOB.replace('Never', 'Always').replace('  managedBy: example.com/queue\n', ''));

  it('lowers and raises, and leaves the verdict alone', () => {
    const config = write('severity.json', '{"severity": {"api/*": "hint", "advice/left-unset": "error"}}');
    const { accepted, findings } = documentOf('--config', config, file);
    assert.equal(accepted, false);
    assert.deepEqual(
      findings.map(({ rule, severity }) => `${rule} ${severity}`),
      ['advice/left-unset error', 'api/required hint'],
    );
  });

  it('refuses what it does not understand', () => {
    for (const [text, problem] of [
      ['severity: {advice/nothing: off}', 'unknown rule advice/nothing'],
      ['severity: {advice/*: loud}', 'unknown severity loud'],
      ['severity: 3', 'no mapping'],
      ['colour: red', 'unknown field colour'],
      ['kubernetesVersion: "1.3"', 'unknown Kubernetes version 1.3'],
    ] as const) {
      const { status, stderr } = lint('--config', write('wrong.yaml', text), file);
      assert.equal(status, 2, text);
      assert.ok(stderr.includes(problem), stderr);
    }
  });
});

describe('lint with ignore comments', () => {
  it('marks what they silence, in every format', () => {
    const text = JOB.replace('Never', 'Always # jobwright-ignore api/required');
    const file = write('ignored.yaml', text.replace('  managedBy: example.com/queue\n', ''));
    const { accepted, findings } = documentOf(file);
    assert.equal(accepted, false);
    assert.deepEqual(
      findings.filter(({ suppressed }) => suppressed).map(({ rule }) => rule),
      ['api/required'],
    );
    const { status, stdout } = lint(file);
    assert.equal(status, 0);
    assert.match(stdout, /0 errors/);
    assert.doesNotMatch(lint('--format', 'github', '--hints', file).stdout, /api\/required/);
    assert.match(lint('--format', 'sarif', file).stdout, /"suppressions": \[\s*\{\s*"kind": "inSource"/);
  });
});

describe('lint of a kustomization’s patches', () => {
  write('app/kustomization.yaml', 'resources: [job.yaml]\npatches: [{path: patches/limits.yaml}]\n');
  const part = 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: x\nspec:\n  backoffLimit: 2\n';

  it('asks for no whole object', () => {
    const patch = write('app/patches/limits.yaml', part);
    const { partial, accepted, findings } = documentOf(patch);
    assert.deepEqual([partial, accepted], [true, undefined]);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['note/partial'],
    );
    assert.equal(lint(patch).status, 0);
    const whole = documentOf(write('app/patches/other.yaml', part));
    assert.deepEqual([whole.partial, whole.accepted], [undefined, false]);
  });

  it('finds fields that do not exist', () => {
    const { partial, accepted, findings } = documentOf(write('app/patches/limits.yaml', `${part}  paralelism: 3\n`));
    assert.deepEqual([partial, accepted], [true, false]);
    assert.ok(findings.some(({ rule }) => rule === 'api/unknown-field'));
  });
});

describe('lint --against', () => {
  const before = write('before.yaml', JOB);
  const changed = JOB.replace('busybox:1.36', 'busybox:1.37');

  it('a file says what an existing Job would not take', () => {
    const file = write('after.yaml', changed);
    const { accepted, updateAccepted, findings } = documentOf('--against', before, file);
    assert.deepEqual([accepted, updateAccepted], [true, false]);
    assert.deepEqual(
      findings.map(({ rule, field }) => `${rule} ${field}`),
      ['api/immutable spec.template'],
    );
    const { status, stdout } = lint('--against', before, file);
    assert.equal(status, 1);
    assert.match(stdout, /after\.yaml:13:18: error: spec\.template: .*kubectl replace --force/);
    assert.equal(documentOf(file).updateAccepted, undefined);
  });

  it('takes what may change, and what is new', () => {
    const mutable = write('mutable.yaml', JOB.replace('activeDeadlineSeconds: 60', 'activeDeadlineSeconds: 90'));
    assert.equal(documentOf('--against', before, mutable).updateAccepted, true);
    const fresh = documentOf('--against', before, write('fresh.yaml', changed.replace('name: x', 'name: other')));
    assert.deepEqual([fresh.updateAccepted, fresh.findings.length], [undefined, 0]);
  });

  it('a commit reads each file as it was there', () => {
    const git = (...args: string[]): void => {
      const given = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
      const { status, stderr } = run('git', [...given, ...args], join(folder, 'repository'));
      assert.equal(status, 0, stderr);
    };
    const file = write('repository/jobs/my job.yaml', JOB);
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'one');
    write(file, changed);
    assert.equal(documentOf('--against', 'git:HEAD', file).updateAccepted, false);
    git('commit', '--quiet', '--all', '--message', 'two');
    assert.equal(documentOf('--against', 'git:HEAD', file).updateAccepted, true);
    assert.equal(documentOf('--against', 'git:HEAD~1', file).updateAccepted, false);
    assert.equal(documentOf('--against', 'git:HEAD', write('repository/new.yaml', JOB)).updateAccepted, undefined);
    const wrong = lint('--against', 'git:nowhere', file);
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /git knows no commit nowhere/);
  });

  it('of what cannot be read is refused in one line', () => {
    for (const against of ['git:', 'git:--help', 'git:a b', 'nowhere.yaml']) {
      const { status, stderr } = lint('--against', against, before);
      assert.equal(status, 2, against);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });
});
