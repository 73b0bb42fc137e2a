/** Nodes that are only made up. */
import { ApiError, resourcePath, type Api } from './api.ts';
import { timestamp } from './pod-status.ts';

/** Makes so many nodes, or finds them made; their kubelets answer at this port of 127.0.0.1. @returns their names */
export async function makeNodes(api: Api, count: number, port: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, number) => `scripted-${number}`);
  const now = timestamp(new Date());
  const amounts = { cpu: '100k', memory: '1000Ti', pods: '100k', 'ephemeral-storage': '1000Ti' };
  for (const name of names) {
    const metadata = {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
    };
    const made = await api.send('POST', resourcePath('nodes'), { body: { metadata } });
    if (made.status !== 201 && made.status !== 409) throw new ApiError(`node ${name}`, made);
    const ready = {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    };
    await api.patch(resourcePath('nodes', undefined, name, 'status'), {
      status: {
        capacity: amounts,
        allocatable: amounts,
        conditions: [ready],
        addresses: [
          { type: 'InternalIP', address: '127.0.0.1' },
          { type: 'Hostname', address: name },
        ],
        daemonEndpoints: { kubeletEndpoint: { Port: port } },
      },
    });
  }
  return names;
}
