import type { PodSpec, PodTemplateSpec } from '../kubernetes/generated/types.ts';
import { dnsSubdomainProblems, qualifiedNameProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkAffinity } from './affinity.ts';
import { checkContainers, checkInitContainers } from './containers.ts';
import { checkDns, checkHostNames } from './dns.ts';
import { checkEphemeralContainers } from './ephemeral-containers.ts';
import { checkLabels } from './label-selector.ts';
import { checkAnnotations } from './metadata.ts';
import { checkOs } from './os.ts';
import { checkPodAnnotations } from './pod-annotations.ts';
import { podContext, type PodContext } from './pod-context.ts';
import { checkPodResources } from './pod-resources.ts';
import { checkPodSecurity } from './pod-security.ts';
import { checkHostNetworkPorts } from './ports.ts';
import type { Report } from './report.ts';
import { checkResourceClaims } from './resource-claims.ts';
import { checkTolerations } from './tolerations.ts';
import { checkTopologySpread } from './topology-spread.ts';
import { checkVolumes } from './volumes/volumes.ts';

type Check = (spec: PodSpec, at: FieldPath, report: Report, pod: PodContext) => void;

/** What is checked of a pod's spec, one entry for each thing that has rules; `at` is the spec. */
const CHECKS: readonly Check[] = [
  ({ resourceClaims = [] }, at, report) => checkResourceClaims(resourceClaims, [...at, 'resourceClaims'], report),
  ({ containers = [] }, at, report, pod) => checkContainers(containers, pod, [...at, 'containers'], report),
  ({ initContainers = [], containers = [] }, at, report, pod) =>
    checkInitContainers(initContainers, containers, pod, [...at, 'initContainers'], report),
  (spec, at, report, pod) => checkEphemeralContainers(spec, pod, at, report),
  (spec, at, report, pod) => checkPodResources(spec, pod, at, report),
  (spec, at, report) => checkHostNetworkPorts(spec, at, report),
  checkDns,
  checkHostNames,
  ({ nodeSelector }, at, report) => checkLabels(nodeSelector, [...at, 'nodeSelector'], report),
  checkPodSecurity,
  checkOs,
  ({ affinity }, at, report) => checkAffinity(affinity, [...at, 'affinity'], report),
  ({ tolerations = [] }, at, report) => checkTolerations(tolerations, [...at, 'tolerations'], report),
  ({ topologySpreadConstraints = [] }, at, report) =>
    checkTopologySpread(topologySpreadConstraints, [...at, 'topologySpreadConstraints'], report),
  checkGates,
  checkNames,
  checkNumbers,
];

/** The pod template of a Job; `at` is its path. */
export function checkPodTemplate(template: PodTemplateSpec = {}, at: FieldPath, report: Report): void {
  const { metadata, spec = {} } = template;
  // The server reports the template's metadata without naming it.
  checkLabels(metadata?.labels, [...at, 'labels'], report, { shownAt: [...at, 'metadata', 'labels'] });
  checkAnnotations(metadata?.annotations, [...at, 'annotations'], report);
  checkPodAnnotations(template, at, report);
  const place = [...at, 'spec'];
  const volumes = checkVolumes(spec.volumes ?? [], [...place, 'volumes'], report);
  const pod = podContext(spec, volumes);
  for (const check of CHECKS) check(spec, place, report, pod);
}

/** Conditions and gates that others open. */
function checkGates(spec: PodSpec, at: FieldPath, report: Report): void {
  for (const [index, { conditionType = '' }] of (spec.readinessGates ?? []).entries())
    report.names(
      [...at, 'readinessGates', index, 'conditionType'],
      conditionType,
      qualifiedNameProblems(conditionType),
    );
  const seen = new Set<string>();
  for (const [index, { name = '' }] of (spec.schedulingGates ?? []).entries()) {
    const place = [...at, 'schedulingGates', index];
    report.names(place, name, qualifiedNameProblems(name));
    if (seen.has(name)) report.duplicate(place, name);
    seen.add(name);
  }
}

/** Names of other objects. */
function checkNames(spec: PodSpec, at: FieldPath, report: Report): void {
  const account = spec.serviceAccountName ?? '';
  const names = {
    serviceAccountName: account === '' ? (spec.serviceAccount ?? '') : account,
    nodeName: spec.nodeName ?? '',
    priorityClassName: spec.priorityClassName ?? '',
  };
  for (const [field, name] of Object.entries(names))
    if (name !== '') report.names([...at, field], name, dnsSubdomainProblems(name));
  const { preemptionPolicy, runtimeClassName } = spec;
  if (runtimeClassName !== undefined)
    report.names([...at, 'runtimeClassName'], runtimeClassName, dnsSubdomainProblems(runtimeClassName));
  if (preemptionPolicy === '') report.required([...at, 'preemptionPolicy']);
  else if (
    preemptionPolicy !== undefined &&
    preemptionPolicy !== 'PreemptLowerPriority' &&
    preemptionPolicy !== 'Never'
  )
    report.notSupported([...at, 'preemptionPolicy'], preemptionPolicy, ['PreemptLowerPriority', 'Never']);
}

const LAST_SECOND = 2 ** 31 - 1;

function checkNumbers({ activeDeadlineSeconds: seconds }: PodSpec, at: FieldPath, report: Report): void {
  if (seconds !== undefined && (seconds < 1 || seconds > LAST_SECOND))
    report.invalid([...at, 'activeDeadlineSeconds'], seconds, `must be between 1 and ${LAST_SECOND}, inclusive`);
}
