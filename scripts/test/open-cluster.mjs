// A real control plane for the suite in VS Code, with a scripted kubelet that plays the Jobs which the tests create.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findGo, GoMissing } from '../../test/cluster/build.ts';
import { resourcePath } from '../../test/cluster/api.ts';
import { startControlPlane } from '../../test/cluster/control-plane.ts';
import { startKubelet } from '../../test/cluster/kubelet.ts';
import { parseScenario } from '../../server/core/simulation/scenario.ts';

/** A second kubeconfig, as people have them: its one cluster is down. */
const DOWN = `apiVersion: v1
kind: Config
clusters: [{ name: down, cluster: { server: 'https://127.0.0.1:1' } }]
contexts: [{ name: down, context: { cluster: down, user: down } }]
users: [{ name: down, user: { token: none } }]
`;

/**
 * @returns {Promise<{ env: Record<string, string>, reason: string | null, acts: object, stop(): Promise<void> }>} env
 *   for the extension host; reason: why there is no cluster (tests that need one are then skipped by name); acts: what
 *   a test may ask of the cluster through the stage
 */
export async function openCluster() {
  try {
    await findGo();
  } catch (error) {
    if (!(error instanceof GoMissing)) throw error;
    return { env: {}, reason: error.message, acts: {}, stop: async () => {} };
  }
  const cluster = await startControlPlane();
  const api = cluster.api();
  const kubelet = await startKubelet(api);
  const acts = {
    /**
     * Creates a Job in a namespace (made when missing) and plays the pods of the namespace by a scenario; those of one
     * Job where the scenario says `for: { name }`.
     */
    async createJob(_page, { namespace, job, scenario }) {
      await api.create(resourcePath('namespaces'), { metadata: { name: namespace } }).catch(() => undefined);
      const whom = scenario.for === undefined ? {} : { job: scenario.for.name };
      kubelet.play({ namespace, ...whom, scenario: parseScenario(scenario).scenario });
      await api.create(resourcePath('jobs', namespace), job);
      return null;
    },
    /** Creates a CronJob, as createJob does; its uid is the answer, for Jobs that name it as their owner. */
    async createCronJob(_page, { namespace, cronJob }) {
      await api.create(resourcePath('namespaces'), { metadata: { name: namespace } }).catch(() => undefined);
      const { metadata } = await api.create(resourcePath('cronjobs', namespace), cronJob);
      return metadata.uid;
    },
    async deleteJob(_page, { namespace, name }) {
      await api.delete(resourcePath('jobs', namespace, name), { propagationPolicy: 'Background' });
      return null;
    },
  };
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-kubeconfig-'));
  writeFileSync(join(folder, 'down'), DOWN);
  return {
    env: { KUBECONFIG: [cluster.kubeconfigPath, join(folder, 'down')].join(delimiter) },
    reason: null,
    acts,
    async stop() {
      rmSync(folder, { recursive: true, force: true });
      await kubelet.stop();
      await cluster.stop();
    },
  };
}
