/** How the components of the test control plane are started. */
import type { Component } from './control-plane.ts';

const usualControllers = [
  'job-controller',
  'cronjob-controller',
  'ttl-after-finished-controller',
  'garbage-collector-controller',
  'pod-garbage-collector-controller',
  'namespace-controller',
];

export interface ComponentPlaces {
  /** Path of a file in the control plane's own folder. */
  readonly file: (name: string) => string;
  readonly etcdServer: string;
  readonly etcdPeer: string;
  readonly serverPort: number;
  /** Controllers beside the usual ones. */
  readonly controllers: readonly string[];
}

/** The flags of each component. */
export function componentFlags({
  file,
  etcdServer,
  etcdPeer,
  serverPort,
  controllers,
}: ComponentPlaces): Record<Component, readonly string[]> {
  return {
    etcd: [
      '--name=test',
      `--data-dir=${file('etcd')}`,
      `--listen-client-urls=${etcdServer}`,
      `--advertise-client-urls=${etcdServer}`,
      `--listen-peer-urls=${etcdPeer}`,
      `--initial-advertise-peer-urls=${etcdPeer}`,
      `--initial-cluster=test=${etcdPeer}`,
      // The data is thrown away: waiting for the disk would only slow the tests down.
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
    'kube-apiserver': [
      `--etcd-servers=${etcdServer}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      // A loopback address is not fit for the `kubernetes` service, which no test asks for.
      '--endpoint-reconciler-type=none',
      `--secure-port=${serverPort}`,
      `--tls-cert-file=${file('server.crt')}`,
      `--tls-private-key-file=${file('server.key')}`,
      `--client-ca-file=${file('authority.crt')}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      `--service-account-key-file=${file('service-account.pub')}`,
      `--service-account-signing-key-file=${file('service-account.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--token-auth-file=${file('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP',
      '--profiling=false',
    ],
    'kube-controller-manager': [
      `--kubeconfig=${file('kubeconfig')}`,
      `--controllers=${[...usualControllers, ...controllers].join(',')}`,
      '--leader-elect=false',
      '--kube-api-qps=2000',
      '--kube-api-burst=4000',
      '--concurrent-job-syncs=50',
      '--use-service-account-credentials=false',
      '--secure-port=0',
      '--profiling=false',
    ],
  };
}
