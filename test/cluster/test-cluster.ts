import assert from 'node:assert/strict';
import { connect, loadKubeconfig } from '../../client/cluster/cluster.ts';
import type { Connection, Kubeconfig } from '../../client/cluster/cluster.ts';
import type { Api } from './api.ts';
import { startControlPlane, type ControlPlane } from './control-plane.ts';
import { startKubelet, type Kubelet } from './kubelet.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A real control plane with everything that a test of our client needs around it. */
export interface TestCluster {
  readonly cluster: ControlPlane;
  readonly api: Api;
  readonly kubelet: Kubelet;
  /** Before the API server, for those who connect through it. */
  readonly proxy: TcpProxy;
  readonly kubeconfig: Kubeconfig;
  /** Connects as a user of the test cluster; `through` the proxy, with its address in place of the server's. */
  readonly connectAs: (context: string | null, through?: boolean) => Promise<Connection>;
  /** Lets go of every connection and ends all of it. */
  readonly stop: () => Promise<void>;
}

export async function startTestCluster(): Promise<TestCluster> {
  const cluster = await startControlPlane();
  const api = cluster.api();
  const kubelet = await startKubelet(api);
  const proxy = await startTcpProxy(cluster.server);
  const loaded = await loadKubeconfig({ file: cluster.kubeconfigPath });
  assert.ok(loaded.ok);
  const kubeconfig = loaded.value;
  const connections: Connection[] = [];
  return {
    cluster,
    api,
    kubelet,
    proxy,
    kubeconfig,
    async connectAs(context, through = false) {
      const clusters = [...kubeconfig.clusters].map(
        ([name, entry]) => [name, { ...entry, server: proxy.url.origin }] as const,
      );
      const config = through ? { ...kubeconfig, clusters: new Map(clusters) } : kubeconfig;
      const connected = await connect(config, context, { allowExec: false });
      assert.ok(connected.ok);
      connections.push(connected.value);
      return connected.value;
    },
    async stop() {
      for (const connection of connections) connection.close();
      await proxy.close();
      await kubelet.stop();
      await cluster.stop();
    },
  };
}
