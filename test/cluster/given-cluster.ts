/** A cluster that was not started by the tests: `JOBWRIGHT_TEST_KUBECONFIG`. */
import { connect, type Api } from './api.ts';
import type { ControlPlane } from './control-plane.ts';
import { readKubeconfig } from './kubeconfig.ts';

/** The cluster of this kubeconfig, as far as it can be used like one of our own. */
export async function givenCluster(kubeconfigPath: string): Promise<ControlPlane> {
  const access = await readKubeconfig(kubeconfigPath);
  const clients: Api[] = [];
  const impossible = (): Error => new Error('the cluster of JOBWRIGHT_TEST_KUBECONFIG cannot be changed by the tests');
  return {
    server: access.server,
    tokens: access.token === undefined ? {} : { admin: access.token },
    caData: Buffer.from(access.authority ?? '').toString('base64'),
    kubeconfigPath,
    access,
    api(user = 'admin') {
      if (user !== 'admin') throw impossible();
      const client = connect(access);
      clients.push(client);
      return client;
    },
    pids: new Map(),
    output: () => Promise.resolve(''),
    kill: () => Promise.reject(impossible()),
    start: () => Promise.reject(impossible()),
    restartApiServer: () => Promise.reject(impossible()),
    restartControllerManager: () => Promise.reject(impossible()),
    stop() {
      for (const client of clients) client.close();
      return Promise.resolve();
    },
  };
}
