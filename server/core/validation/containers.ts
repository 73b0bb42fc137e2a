import type { Container } from '../kubernetes/generated/types.ts';
import { dnsLabelProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkContainerSecurity } from './container-security.ts';
import { checkEnv, checkEnvFrom } from './env.ts';
import type { PodContext } from './pod-context.ts';
import { checkHostPorts, checkPorts } from './ports.ts';
import { checkLifecycle, checkProbe, lifecycleOf, PROBE_FIELDS } from './probes.ts';
import type { Report } from './report.ts';
import { checkResources } from './resources.ts';
import { checkContainerRestart, checkInitContainerRestart, checkResizePolicy } from './restart-rules.ts';
import { checkVolumeMounts } from './volume-mounts.ts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** `spec.containers` of the pod template; `at` is the list. */
export function checkContainers(
  containers: readonly Container[],
  pod: PodContext,
  at: FieldPath,
  report: Report,
): void {
  if (containers.length === 0) {
    report.required(at);
    return;
  }
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const place: FieldPath = [...at, index];
    checkContainer(container, pod, place, report);
    const { name = '' } = container;
    if (names.has(name)) report.duplicate([...place, 'name'], name);
    names.add(name);
    checkLifecycleAndProbes(container, pod, place, report);
    checkContainerRestart(container, place, report);
  }
  checkHostPorts(containers, at, report);
}

/** `spec.initContainers`; one that restarts always is a sidecar and may do what containers do. */
export function checkInitContainers(
  initContainers: readonly Container[],
  containers: readonly Container[],
  pod: PodContext,
  at: FieldPath,
  report: Report,
): void {
  const names = new Set(containers.map(({ name = '' }) => name));
  for (const [index, container] of initContainers.entries()) {
    const place: FieldPath = [...at, index];
    checkContainer(container, pod, place, report);
    checkInitContainerRestart(container, place, report);
    const { name = '' } = container;
    if (names.has(name)) report.duplicate([...place, 'name'], name);
    else if (name !== '') names.add(name);
    // Init containers run one after the other, so each has the node's ports to itself. The server reports every one's
    // conflicts under index 0.
    checkHostPorts([container], at, report);
    if (container.restartPolicy === 'Always') checkLifecycleAndProbes(container, pod, place, report);
    else checkOneShot(container, place, report);
  }
}

/** What every kind of container has to keep to. */
export function checkContainer(container: Container, pod: PodContext, at: FieldPath, report: Report): void {
  const { name = '', image = '', imagePullPolicy = '', terminationMessagePolicy = '' } = container;
  if (name === '') report.required([...at, 'name']);
  else report.names([...at, 'name'], name, dnsLabelProblems(name));
  if (image === '') report.required([...at, 'image']);
  // Empty policies get a default before validation.
  if (terminationMessagePolicy !== '' && !MESSAGE_POLICIES.includes(terminationMessagePolicy))
    report.notSupported([...at, 'terminationMessagePolicy'], terminationMessagePolicy, MESSAGE_POLICIES);
  if (imagePullPolicy !== '' && !PULL_POLICIES.includes(imagePullPolicy))
    report.notSupported([...at, 'imagePullPolicy'], imagePullPolicy, PULL_POLICIES);
  checkPorts(container.ports ?? [], [...at, 'ports'], report);
  checkEnv(container.env ?? [], pod, [...at, 'env'], report);
  checkEnvFrom(container.envFrom ?? [], [...at, 'envFrom'], report);
  checkVolumeMounts(container, pod, at, report);
  checkResources(container.resources, pod, [...at, 'resources'], report);
  checkResizePolicy(container.resizePolicy ?? [], pod, [...at, 'resizePolicy'], report);
  checkContainerSecurity(container.securityContext, pod, [...at, 'securityContext'], report);
}

function checkLifecycleAndProbes(container: Container, pod: PodContext, at: FieldPath, report: Report): void {
  checkLifecycle(container.lifecycle, pod.gracePeriod, [...at, 'lifecycle'], report);
  for (const field of PROBE_FIELDS) checkProbe(container[field], field, pod.gracePeriod, [...at, field], report);
}

/** An init container that runs to its end before the others start. */
function checkOneShot(container: Container, at: FieldPath, report: Report): void {
  const given = { ...container, lifecycle: lifecycleOf(container) };
  for (const field of ['lifecycle', ...PROBE_FIELDS] as const)
    if (given[field] !== undefined)
      report.forbidden([...at, field], 'may not be set for init containers without restartPolicy=Always', {
        fixes: [
          { title: `Remove ${field}`, edits: [{ kind: 'remove', path: [...at, field] }] },
          {
            title: 'Make it a sidecar (restartPolicy: Always)',
            edits: [{ kind: 'set', path: [...at, 'restartPolicy'], value: 'Always' }],
          },
        ],
      });
  for (const [index, { restartPolicy }] of (container.resizePolicy ?? []).entries())
    if (restartPolicy === 'RestartContainer')
      report.invalid(
        [...at, 'resizePolicy', index, 'restartPolicy'],
        restartPolicy,
        "must not be set to 'RestartContainer' for non-sidecar initContainers",
      );
}
