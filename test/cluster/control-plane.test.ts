import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseScenario } from '../../server/core/simulation/scenario.ts';
import { connect, resourcePath } from './api.ts';
import { controlPlaneMissing } from './build.ts';
import { poll, startControlPlane } from './control-plane.ts';
import { startKubelet } from './kubelet.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { hasCondition, type Job } from './objects.ts';

const missing = (await controlPlaneMissing()) ?? false;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const job = (name: string, spec: object = {}): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'worker', image: 'busybox' }] } } },
});

test(
  'a Job played by the scripted kubelet reaches Complete, and no process is left behind',
  { skip: missing, timeout: 180_000 },
  async () => {
    const cluster = await startControlPlane();
    const pids = [...cluster.pids.values()];
    try {
      const api = cluster.api();
      const kubelet = await startKubelet(api);
      await api.create(resourcePath('namespaces'), { metadata: { name: 'demo' } });
      const play = kubelet.play({
        namespace: 'demo',
        scenario: parseScenario({ default: { startup: 0.1, run: 0.2 } }).scenario,
      });
      await api.create(resourcePath('jobs', 'demo'), job('three', { completions: 3, parallelism: 2 }));
      const ended = await poll('Job Complete', 30, async () => {
        const found = await api.get<Job>(resourcePath('jobs', 'demo', 'three'));
        return hasCondition(found, 'Complete') ? found : undefined;
      });
      assert.equal(ended.status?.succeeded, 3);
      assert.equal(play.pods.length, 3);

      // Its logs come from the scripted kubelet, through the API server.
      const log = await api.send('GET', resourcePath('pods', 'demo', play.pods[0]?.name, 'log'));
      assert.equal(log.body, 'worker starts, index -, attempt 0, restarts 0\nexits with 0\n');

      // The client certificate opens the same door, and the limited users meet a closed one.
      const certified = connect({ ...(await readKubeconfig(cluster.kubeconfigPath)) });
      assert.equal((await certified.send('GET', resourcePath('jobs', 'demo', 'three'))).status, 200);
      certified.close();
      const reader = cluster.api('job-reader');
      assert.equal((await reader.send('GET', resourcePath('jobs', 'demo', 'three'))).status, 200);
      assert.equal((await reader.send('GET', resourcePath('jobs', 'demo'))).status, 403);
      assert.equal((await cluster.api('team-a').send('GET', resourcePath('jobs', 'team-a'))).status, 200);
      assert.equal((await cluster.api('team-a').send('GET', resourcePath('jobs', 'demo'))).status, 403);
      assert.equal((await cluster.api('stranger').send('GET', resourcePath('jobs', 'demo', 'three'))).status, 403);

      // A Job outlives its API server.
      await cluster.restartApiServer();
      const after = await api.get<Job>(resourcePath('jobs', 'demo', 'three'));
      assert.equal(after.metadata.uid, ended.metadata.uid);
      await kubelet.stop();
    } finally {
      await cluster.stop();
    }
    assert.deepEqual(pids.filter(isAlive), []);
  },
);

test('a control plane ends with a parent that is killed', { skip: missing, timeout: 180_000 }, async () => {
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('./control-plane.ts', import.meta.url)), '--keep'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [kubeconfig] = (await once(createInterface({ input: keeper.stdout }), 'line')) as [string];
  const access = await readKubeconfig(kubeconfig);
  const api = connect(access);
  assert.equal((await api.send('GET', '/readyz')).status, 200);
  keeper.kill('SIGKILL');
  await poll('the end of the API server', 20, async () => {
    return api.send('GET', '/readyz').then(
      () => undefined,
      () => true,
    );
  });
  await poll('removal of its folder', 20, () => Promise.resolve(!existsSync(dirname(kubeconfig)) || undefined));
  api.close();
});
