import type { Container, PodSpec } from '../kubernetes/generated/types.ts';
import type { Fix } from '../manifest/edit.ts';
import { textsOfPod } from './container-text.ts';
import type { AdviceRule } from './rule.ts';
import { sidecarEdits } from './sidecar-edits.ts';

/** Images of programs that serve until they are stopped. */
const SERVERS =
  /(?:^|[/-])(istio-proxy|proxyv2|linkerd-proxy|envoy|cloud-?sql-proxy|gce-proxy|vault-agent|fluent-?bit|fluentd|filebeat|daprd|oauth2-proxy|otel-collector|opentelemetry-collector(?:-contrib)?|promtail|telegraf|nginx|haproxy|pgbouncer)(?:[:@]|$)/i;

/** Signs that somebody stops the sidecar. */
const STOPPED = /quitquitquit|pkill|killall|\bkill\b|shutdown|--exit-|\/quit\b|stop/i;

export const ENDLESS_SIDECAR: AdviceRule = {
  id: 'advice/endless-sidecar',
  title: 'Sidecar that keeps the Job from ending',
  why: 'A pod succeeds when all its containers have ended. A proxy or log shipper among them never ends, so the Job runs on for ever after its work is done. As an init container with restartPolicy Always it becomes a sidecar that does not count (since Kubernetes 1.29).',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    const containers = pod?.containers ?? [];
    if (pod === undefined || containers.length < 2 || pod.shareProcessNamespace === true) return [];
    if (textsOfPod(pod).some((text) => STOPPED.test(text))) return [];
    const servers = containers.flatMap((container, at) => (isServer(container) ? [{ container, at }] : []));
    if (servers.length === 0 || servers.length === containers.length) return [];
    return servers.map(({ container, at }) => ({
      path: ['spec', 'template', 'spec', 'containers', at, 'name'],
      message: `${container.name ?? 'This container'} does not end by itself, so the Job never ends: make it an init container with restartPolicy Always (a sidecar).`,
      fixes: [makeSidecar(pod, container, at)],
    }));
  },
};

/** Known images that run as they are: with a shell or another program in front anything may happen. */
function isServer({ image = '', command = [] }: Container): boolean {
  return SERVERS.test(image) && (command.length === 0 || SERVERS.test(command[0] ?? ''));
}

function makeSidecar(pod: PodSpec, container: Container, at: number): Fix {
  return {
    title: `Make ${container.name ?? 'it'} a sidecar`,
    edits: sidecarEdits(pod, at, ['spec', 'template', 'spec']),
  };
}
