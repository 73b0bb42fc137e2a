import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { actions, type Connection } from '../../../../client/cluster/cluster.ts';
import type { RequestOptions } from '../../../../client/cluster/client.ts';
import { failure, success, type ClusterProblem, type Result } from '../../../../client/cluster/problem.ts';
import { problemOfStatus } from '../../../../client/cluster/status.ts';

const at: actions.ObjectAddress = { kind: 'Job', namespace: 'team', name: 'report' };
const object = { kind: 'Job', metadata: { name: 'report', namespace: 'team', uid: 'report-uid' } };

interface Sent {
  readonly line: string;
  readonly options: RequestOptions;
}

/** A connection whose server answers each request by `answer`. */
function connectionTo(answer: (line: string) => ClusterProblem | actions.RawObject): {
  readonly connection: Connection;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const request = (method: string, path: string, options: RequestOptions = {}) => {
    const line = `${method} ${path}`;
    sent.push({ line, options });
    const said = answer(line);
    const result: Result<never> | ReturnType<typeof success> =
      'message' in said && 'reason' in said
        ? failure(said as unknown as ClusterProblem)
        : success({ status: 200, body: said, stream: null, warnings: ['old'] });
    return Promise.resolve(result as Result<{ status: number; body: unknown; stream: null }>);
  };
  let time = 0;
  const transport = { request, now: () => (time += 1000), freshen: () => undefined, close: () => undefined };
  const connection = { context: 'c', namespace: 'team', server: 's', transport, close: () => undefined };
  return { connection, sent };
}

const notFound = problemOfStatus(404, { message: 'jobs.batch "report" not found', reason: 'NotFound' });

suite('performing actions', () => {
  test('each change is sent under our name, strictly, and as what it is', async () => {
    const { connection, sent } = connectionTo(() => object);
    const manifest = { metadata: { name: 'report' } };
    await actions.perform(connection, [actions.applyChange(at, manifest, true)], { dryRun: true });
    await actions.perform(connection, [actions.createChange(at, manifest)]);
    assert.deepEqual(
      sent.map(({ line, options }) => [line, options.contentType]),
      [
        [
          'PATCH /apis/batch/v1/namespaces/team/jobs/report?fieldManager=jobwright&fieldValidation=Strict&force=true&dryRun=All',
          'application/apply-patch+yaml',
        ],
        ['POST /apis/batch/v1/namespaces/team/jobs?fieldManager=jobwright&fieldValidation=Strict', undefined],
      ],
    );
  });

  test('a deletion that is only tried says so in its body: beside one, the server heeds no query', async () => {
    const { connection, sent } = connectionTo(() => object);
    const change: actions.Change = { method: 'DELETE', path: '/job', body: { propagationPolicy: 'Orphan' } };
    await actions.perform(connection, [change], { dryRun: true });
    assert.deepEqual(sent[0]?.options.body, { propagationPolicy: 'Orphan', dryRun: ['All'] });
    assert.equal(sent[0].line, 'DELETE /job');
  });

  test('the first that is refused ends it; what was done and warned of is told', async () => {
    const { connection, sent } = connectionTo((line) =>
      line.includes('/b?') ? problemOfStatus(403, { message: 'no' }) : object,
    );
    const change = (name: string): actions.Change => actions.applyChange({ ...at, name }, {});
    const done = await actions.perform(connection, ['a', 'b', 'c'].map(change));
    assert.equal(done.answers.length, 1);
    assert.deepEqual(done.warnings, ['old']);
    assert.equal(done.problem?.kind, 'forbidden');
    assert.equal(sent.length, 2);
  });

  test('what was created is deleted again by its uid, and only that', () => {
    const undo: actions.Undo = { changes: 'created', done: '' };
    const [change, ...more] = actions.undoChanges(undo, [object, { kind: 'Status' }]);
    assert.equal(more.length, 0);
    assert.deepEqual(change, {
      method: 'DELETE',
      path: '/apis/batch/v1/namespaces/team/jobs/report',
      body: { propagationPolicy: 'Background', preconditions: { uid: 'report-uid' } },
    });
  });

  test('a webhook without dry runs is no refusal', () => {
    const said = { message: 'admission webhook "a.b" does not support dry run' };
    assert.equal(actions.isDryRunUnsupported(problemOfStatus(400, said)), true);
    assert.equal(actions.isDryRunUnsupported(problemOfStatus(400, { message: 'strict decoding error' })), false);
  });

  test('an object that is not there, or is something else, is said', async () => {
    const gone = await actions.readObject(connectionTo(() => notFound).connection, at);
    assert.equal(gone.ok ? '' : gone.problem.message, 'There is no Job team/report in this cluster.');
    const other = await actions.readObject(connectionTo(() => ({ kind: 'Login' })).connection, at);
    assert.equal(other.ok ? '' : other.problem.kind, 'malformed');
  });

  test('a Job is created anew only when the old one is gone', async () => {
    let looks = 0;
    const { connection, sent } = connectionTo((line) => (line.startsWith('GET') && ++looks > 2 ? notFound : object));
    const plan: actions.ActionPlan = {
      title: '',
      detail: [],
      button: '',
      changes: [{ method: 'DELETE', path: '/job', body: {} }, actions.createChange(at, object)],
      done: '',
      undo: null,
    };
    const done = await actions.recreate(connection, at, plan, new AbortController().signal);
    assert.equal(done.problem, null);
    const verbs = sent.map(({ line }) => (line.includes('dryRun') ? 'try' : line.split(' ')[0]));
    assert.deepEqual(verbs, ['try', 'DELETE', 'GET', 'GET', 'GET', 'POST']);
  });

  test('stopped while the old one goes, it says what state that leaves', async () => {
    const { connection } = connectionTo(() => object);
    const stop = new AbortController();
    const plan = {
      ...{ title: '', detail: [], button: '', done: '', undo: null },
      changes: [{ method: 'DELETE' as const, path: '/job', body: {} }, actions.createChange(at, object)],
    };
    stop.abort();
    const done = await actions.recreate(connection, at, plan, stop.signal);
    assert.match(done.problem?.message ?? '', /is being deleted and was not gone yet/);
  });
});
