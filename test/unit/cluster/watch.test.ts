import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import type { Transport } from '../../../client/cluster/client.ts';
import type { ApiObject } from '../../../client/cluster/list.ts';
import { objectStore } from '../../../client/cluster/object-store.ts';
import type { Pace } from '../../../client/cluster/pace.ts';
import type { ClusterProblem } from '../../../client/cluster/problem.ts';
import { watchCollection } from '../../../client/cluster/watch.ts';
import { FakeServer, type Fault } from './fake-server.ts';
import { endedStatus, pod, PODS, QUICK, transportTo, until } from './objects.ts';

/** A watch of the fake server's pods, with all that it said. */
function watchPods(transport: Transport, pace: Pace = QUICK) {
  const abort = new AbortController();
  const store = objectStore<ApiObject>();
  const problems: ClusterProblem[] = [];
  let lists = 0;
  let contacts = 0;
  const ended = watchCollection(
    transport,
    { collection: { path: PODS }, read: (raw) => raw as ApiObject },
    {
      change: (change, how) => {
        if (how === 'listed') lists++;
        store.apply(change);
      },
      contact: () => contacts++,
      problem: (problem) => problems.push(problem),
    },
    { signal: abort.signal, pace },
  );
  return { store, problems, ended, stop: () => abort.abort(), lists: () => lists, contacts: () => contacts };
}

suite('watching a collection', () => {
  let server: FakeServer;
  let transport: Transport;
  let watched: ReturnType<typeof watchPods> | undefined;

  beforeEach(async () => {
    server = await FakeServer.start();
    transport = transportTo(server);
  });
  afterEach(async () => {
    watched?.stop();
    await watched?.ended;
    watched = undefined;
    transport.close();
    await server.close();
  });

  /** Uids and versions of both sides. */
  const model = (): string[] =>
    [...watched!.store.objects.values()].map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`).sort();
  const truth = (): string[] =>
    server
      .objects(PODS)
      .map(({ metadata }) => `${metadata.uid}@${metadata.resourceVersion}`)
      .sort();
  const agrees = (): boolean => JSON.stringify(model()) === JSON.stringify(truth());

  /** Changes of every kind, so that a hole in what was heard shows. */
  function churn(round: number): void {
    server.put(PODS, pod(`p${round}`, 'j'));
    server.put(PODS, pod('p0', 'j', endedStatus(0, round, round + 1)));
    if (round > 1) server.remove(PODS, `p${round - 1}-uid`);
  }
  async function begin(pace: Pace = QUICK): Promise<void> {
    churn(0);
    watched = watchPods(transport, pace);
    await until(() => server.watching === 1, 'the watch stands');
    churn(1);
    await until(agrees, 'the first changes');
  }

  test('lists page by page, then watches', async () => {
    for (let at = 0; at < 1203; at++) server.put(PODS, pod(`many-${at}`, 'j'));
    await begin();
    assert.equal(server.requests.filter(({ watch }) => !watch).length, 3);
    assert.equal(watched!.store.objects.size, 1205);
    assert.deepEqual(watched!.problems, []);
    const { searchParams } = server.requests.at(-1)!.url;
    assert.equal(searchParams.get('allowWatchBookmarks'), 'true');
    assert.ok(Number(searchParams.get('timeoutSeconds')) >= 60);
  });

  test('begins a list again whose pages expired', async () => {
    for (let at = 0; at < 600; at++) server.put(PODS, pod(`many-${at}`, 'j'));
    server.compact();
    await begin();
    assert.equal(watched!.store.objects.size, 602);
  });

  test('resumes after the server ended the watch, without a list and without a word', async () => {
    await begin();
    server.endWatches();
    churn(2);
    await until(agrees, 'the changes in between');
    assert.equal(watched!.lists(), 1);
    assert.deepEqual(watched!.problems, []);
  });

  test('resumes where a bookmark was, when what came before has expired', async () => {
    await begin();
    const heard = watched!.contacts();
    server.put('/elsewhere', pod('other', 'j'));
    server.bookmark();
    await until(() => watched!.contacts() > heard, 'the bookmark');
    server.compact();
    server.cut();
    churn(2);
    await until(agrees, 'the changes after the cut');
    assert.equal(watched!.lists(), 1);
  });

  test('lists again when its place is too old (HTTP 410)', async () => {
    await begin();
    server.fault = ({ watch }) => (watch ? { kind: 'cut' } : null);
    server.cut();
    await until(() => watched!.problems.length > 0, 'the cut was noticed');
    churn(2);
    server.compact();
    server.fault = () => null;
    await until(agrees, 'the list');
    assert.equal(watched!.lists(), 2);
    churn(3);
    await until(agrees, 'the changes after the list');
  });

  test('lists again when the stream says that its place is too old (ERROR event 410)', async () => {
    await begin();
    server.say(
      JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' } }),
    );
    churn(2);
    await until(() => agrees() && watched!.lists() === 2, 'the second list');
    assert.deepEqual(watched!.problems, []);
  });

  test('a stream that opens only to say that its place is too old is no contact', async () => {
    await begin();
    const contacts = watched!.contacts();
    let refused = false;
    server.fault = ({ watch }) => {
      if (watch && !refused) {
        refused = true;
        return { kind: 'text', text: '{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}}\n' };
      }
      // Nothing else is answered, so that whatever is heard now came from the refusal.
      return { kind: 'silence' };
    };
    server.endWatches();
    await until(() => server.requests.at(-1)?.watch === false, 'the list after the refusal');
    assert.equal(watched!.contacts(), contacts);
  });

  const faults: readonly (readonly [string, Fault, string])[] = [
    ['cut connections', { kind: 'cut' }, 'unreachable'],
    ['HTTP 500', { kind: 'status', code: 500 }, 'server'],
    ['HTTP 503', { kind: 'status', code: 503, headers: { 'Retry-After': '0.01' } }, 'busy'],
    [
      'HTTP 429',
      { kind: 'status', code: 429, body: { reason: 'TooManyRequests' }, headers: { 'Retry-After': '0.01' } },
      'busy',
    ],
    ['lines that are no events', { kind: 'text', text: '{"type":"ADDED","object":{"metadata"\n' }, 'malformed'],
    ['pages of a proxy', { kind: 'text', text: '<html>Please log in</html>\n' }, 'malformed'],
    ['watches closed at once', { kind: 'text', text: '' }, 'unreachable'],
  ];
  for (const [name, fault, kind] of faults) {
    test(`survives ${name}, and says so`, async () => {
      await begin();
      server.fault = ({ watch }) => (watch ? fault : null);
      server.cut();
      await until(() => watched!.problems.some((problem) => problem.kind === kind), `a problem of kind ${kind}`);
      churn(2);
      server.fault = () => null;
      await until(agrees, 'the changes in between');
      churn(3);
      await until(agrees, 'the changes afterwards');
      assert.ok(watched!.problems.every(({ retryIn }) => retryIn !== undefined && retryIn > 0));
    });
  }

  test('a bad line in the middle of a good stream loses nothing', async () => {
    await begin();
    server.say('garbage');
    churn(2);
    await until(agrees, 'the changes after the garbage');
    assert.equal(watched!.problems[0]?.kind, 'malformed');
    assert.equal(watched!.lists(), 1);
  });

  test('a half-open connection is found by its silence', async () => {
    await begin({ ...QUICK, idle: 0.1 });
    server.deafen();
    churn(2);
    await until(agrees, 'the changes that were not sent');
    assert.ok(watched!.problems.some(({ reason }) => reason === 'Silent'));
    assert.equal(watched!.lists(), 1);
  });

  test('a 401 has the credentials refreshed once', async () => {
    const seen: unknown[] = [];
    server.fault = ({ headers }) => {
      seen.push(headers['authorization']);
      return headers['authorization'] === 'Bearer first' ? { kind: 'status', code: 401 } : null;
    };
    await begin();
    assert.deepEqual(seen.slice(0, 2), ['Bearer first', 'Bearer second']);
    assert.deepEqual(watched!.problems, []);
  });

  test('a 401 that stays ends the watch: no login is asked for again and again', async () => {
    server.fault = () => ({ kind: 'status', code: 401 });
    watched = watchPods(transport);
    const problem = await watched.ended;
    assert.equal(problem.kind, 'credentials');
    assert.equal(server.requests.length, 2);
  });

  const forbidden = (verb: string): Fault => ({
    kind: 'status',
    code: 403,
    body: {
      kind: 'Status',
      reason: 'Forbidden',
      message: `pods is forbidden: User "eve" cannot ${verb} resource "pods" in API group "" in the namespace "team"`,
    },
  });

  test('a refusal after other trouble is the first one: the watch goes on', async () => {
    await begin();
    let asked = 0;
    server.fault = (): Fault | null => {
      asked++;
      return asked <= 6 ? { kind: 'cut' } : asked === 7 ? { kind: 'status', code: 403 } : null;
    };
    server.cut();
    await until(() => asked > 7, 'the watch asks again');
    churn(2);
    await until(agrees, 'the model agrees');
  });

  test('a 403 on the list ends the watch and names the right', async () => {
    server.fault = () => forbidden('list');
    watched = watchPods(transport);
    const problem = await watched.ended;
    assert.deepEqual(problem.right, { verb: 'list', resource: 'pods', namespace: 'team' });
    assert.equal(problem.message, 'You may not list pods in the namespace "team".');
  });

  test('polls where watching is forbidden', async () => {
    server.fault = ({ watch }) => (watch ? forbidden('watch') : null);
    churn(0);
    watched = watchPods(transport);
    await until(() => watched!.problems.length > 0, 'the missing right is named');
    assert.equal(watched.problems[0]?.right?.verb, 'watch');
    churn(1);
    await until(agrees, 'the next poll');
    churn(2);
    await until(agrees, 'the poll after it');
  });

  test('a cluster that is down is asked again until it is there', async () => {
    server.fault = () => ({ kind: 'cut' });
    churn(0);
    watched = watchPods(transport);
    await until(() => watched!.problems.length >= 3, 'three attempts');
    server.fault = () => null;
    await until(agrees, 'the list');
  });

  test('the signal ends everything at once', async () => {
    await begin();
    watched!.stop();
    assert.equal((await watched!.ended).kind, 'aborted');
    await until(() => server.watching === 0, 'the connection is closed');
  });

  test('50 seeded faults: the model equals the truth after each', async () => {
    await begin({ ...QUICK, idle: 0.1 });
    // Park and Miller's generator: the same faults in every run.
    let seed = 20260101;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    const kinds: readonly Fault[] = [...faults.map(([, fault]) => fault), { kind: 'status', code: 410 }];
    for (let round = 2; round < 52; round++) {
      churn(round);
      let left = random(4);
      const fault = kinds[random(kinds.length)]!;
      server.fault = ({ watch }) => (watch && left-- > 0 ? fault : null);
      const deed = random(5);
      if (deed === 0) server.cut();
      else if (deed === 1) server.endWatches();
      else if (deed === 2) server.deafen();
      else if (deed === 3) server.say('x');
      else server.compact();
      churn(round + 1000);
      await until(agrees, `round ${round}`);
    }
    server.fault = () => null;
  });
});
