/**
 * When fields, values and features of Jobs and their pods arrived, from 1.29 on. Kubernetes keeps the versions of a
 * feature gate in pkg/features/kube_features.go, and names the gate of a field in the API's own types.
 *
 * Older versions differ in more than this: `UNVERIFIED` names what else is known, and not asked of a server.
 */
export interface Feature {
  /** The feature gate; null for a field that came without one. */
  readonly gate: string | null;
  /** Minor of the version whose API has it first. */
  readonly since: number;
  /** Minor of the version that has it on unless somebody switches it off; null: off in all that are known. */
  readonly on: number | null;
  /** Minor of the version where it is there for good. */
  readonly stable?: number;
  /** Object and field (`JobSpec.managedBy`), as the field tables call them. */
  readonly fields: readonly string[];
  /** Only with these values is the feature used; the others are older. */
  readonly when?: (value: unknown) => boolean;
  /** What a server that has the field, and not the value, does: its own complaint. Without, it drops the field in silence. */
  readonly refused?: (value: unknown) => Refusal;
  /** With the gate off the field is dropped before anybody looks at the value. */
  readonly droppedWhileOff?: true;
  /** Only inside a field of this name. */
  readonly within?: string;
}

/** What a server says that does not know a value. */
export interface Refusal {
  readonly type: 'FieldValueNotSupported' | 'FieldValueInvalid' | 'FieldValueForbidden';
  readonly message: string;
}

const is =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

const unsupported =
  (...choices: readonly string[]) =>
  (value: unknown): Refusal => ({
    type: 'FieldValueNotSupported',
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${choices.map((choice) => `"${choice}"`).join(', ')}`,
  });

const USER_FIELDS = [
  'SecretVolumeSource.defaultUser',
  'ConfigMapVolumeSource.defaultUser',
  'DownwardAPIVolumeSource.defaultUser',
  'ProjectedVolumeSource.defaultUser',
  'ServiceAccountTokenProjection.user',
  'ClusterTrustBundleProjection.user',
  'PodCertificateProjection.user',
  'KeyToPath.user',
  'DownwardAPIVolumeFile.user',
];

export const FEATURES: readonly Feature[] = [
  // The Job itself.
  { gate: 'JobSuccessPolicy', since: 30, on: 31, stable: 33, fields: ['JobSpec.successPolicy'] },
  { gate: 'JobManagedBy', since: 30, on: 32, stable: 35, fields: ['JobSpec.managedBy'] },
  { gate: 'WorkloadWithJob', since: 37, on: null, fields: ['JobSpec.scheduling'] },

  // Its pods.
  { gate: 'UserNamespacesSupport', since: 25, on: 33, stable: 36, fields: ['PodSpec.hostUsers'] },
  { gate: 'PodLevelResources', since: 32, on: 34, fields: ['PodSpec.resources'] },
  { gate: 'HostnameOverride', since: 34, on: 35, stable: 37, fields: ['PodSpec.hostnameOverride'] },
  { gate: 'GenericWorkload', since: 36, on: null, fields: ['PodSpec.schedulingGroup'] },
  { gate: 'EvictionRequestAPI', since: 37, on: null, fields: ['PodSpec.evictionResponders'] },
  {
    gate: 'DynamicResourceAllocation',
    since: 26,
    on: 34,
    stable: 34,
    fields: ['PodSpec.resourceClaims', 'ResourceRequirements.claims'],
  },
  {
    // Until then they stood one level deeper, in `source`.
    gate: null,
    since: 31,
    on: 31,
    fields: [
      'PodResourceClaim.resourceClaimName',
      'PodResourceClaim.resourceClaimTemplateName',
      'ResourceClaim.request',
    ],
  },
  {
    gate: 'MatchLabelKeysInPodAffinity',
    since: 29,
    on: 31,
    stable: 33,
    fields: ['PodAffinityTerm.matchLabelKeys', 'PodAffinityTerm.mismatchLabelKeys'],
  },

  // Security.
  {
    gate: 'AppArmor',
    since: 30,
    on: 30,
    stable: 31,
    fields: ['PodSecurityContext.appArmorProfile', 'SecurityContext.appArmorProfile'],
  },
  {
    gate: 'SupplementalGroupsPolicy',
    since: 31,
    on: 33,
    stable: 35,
    fields: ['PodSecurityContext.supplementalGroupsPolicy'],
  },
  { gate: 'SELinuxChangePolicy', since: 32, on: 33, stable: 36, fields: ['PodSecurityContext.seLinuxChangePolicy'] },
  {
    gate: 'ProcMountType',
    since: 12,
    on: 33,
    stable: 36,
    fields: ['SecurityContext.procMount'],
    when: is('Unmasked'),
  },

  // Containers.
  {
    gate: 'InPlacePodVerticalScaling',
    since: 27,
    on: 33,
    stable: 35,
    fields: ['Container.resizePolicy', 'EphemeralContainer.resizePolicy'],
  },
  {
    gate: 'ContainerRestartRules',
    since: 34,
    on: 35,
    fields: ['Container.restartPolicyRules', 'EphemeralContainer.restartPolicyRules'],
  },
  {
    gate: 'ContainerRestartRules',
    since: 34,
    on: 35,
    fields: ['Container.restartPolicy'],
    droppedWhileOff: true,
    within: 'containers',
    refused: () => ({
      type: 'FieldValueForbidden',
      message: 'Forbidden: may not be set for non-init containers',
    }),
  },
  {
    gate: 'ContainerRestartRules',
    since: 34,
    on: 35,
    fields: ['Container.restartPolicy'],
    droppedWhileOff: true,
    within: 'initContainers',
    when: is('Never', 'OnFailure'),
    refused: unsupported('Always'),
  },
  {
    gate: 'RestartAllContainersOnContainerExits',
    since: 35,
    on: 36,
    fields: ['ContainerRestartRule.action'],
    when: is('RestartAllContainers'),
    refused: unsupported('Restart'),
  },
  { gate: 'EnvFiles', since: 34, on: 35, fields: ['EnvVarSource.fileKeyRef'] },
  { gate: 'ContainerStopSignals', since: 33, on: null, fields: ['Lifecycle.stopSignal'] },
  { gate: 'PodLifecycleSleepAction', since: 29, on: 30, stable: 34, fields: ['LifecycleHandler.sleep'] },
  {
    gate: 'PodLifecycleSleepActionAllowZero',
    since: 32,
    on: 33,
    stable: 34,
    fields: ['SleepAction.seconds'],
    when: is(0),
    refused: () => ({ type: 'FieldValueInvalid', message: 'Invalid value: 0: must be greater than 0' }),
  },
  { gate: 'H2CContainerProbe', since: 37, on: null, fields: ['HTTPGetAction.protocol'] },
  { gate: 'GRPCContainerProbeTLS', since: 37, on: null, fields: ['GRPCAction.mode'] },

  // Volumes.
  { gate: 'RecursiveReadOnlyMounts', since: 30, on: 31, stable: 33, fields: ['VolumeMount.recursiveReadOnly'] },
  { gate: 'VolumeBindMountOptions', since: 37, on: null, fields: ['VolumeMount.bindMountOptions'] },
  { gate: 'ImageVolume', since: 31, on: 35, stable: 36, fields: ['Volume.image'] },
  { gate: 'EmptyDirVolumeMode', since: 37, on: null, fields: ['EmptyDirVolumeSource.mode'] },
  {
    gate: 'ClusterTrustBundleProjection',
    since: 29,
    on: 37,
    stable: 37,
    fields: ['VolumeProjection.clusterTrustBundle'],
  },
  { gate: 'PodCertificateRequest', since: 34, on: 37, stable: 37, fields: ['VolumeProjection.podCertificate'] },
  { gate: null, since: 35, on: 35, fields: ['PodCertificateProjection.userAnnotations'] },
  { gate: 'AtomicWriteVolumeUserFields', since: 37, on: null, fields: USER_FIELDS },
];

/** A difference of older versions that the verdict does not follow: it judges as the newest does. */
export interface UnverifiedBehaviour {
  /** Minor of the version from which on the newest behaviour holds. */
  readonly since: number;
  readonly what: string;
}

/** What is known to differ beside fields and gates, by name; none of it was asked of a server of that age. */
export const UNVERIFIED: readonly UnverifiedBehaviour[] = [
  {
    since: 32,
    what: 'Names of environment variables may be almost any printable ASCII text (`RelaxedEnvironmentVariableValidation`); before, letters, digits, `_`, `-` and `.`.',
  },
  {
    since: 33,
    what: '`dnsConfig.searches` may hold a name with `_` and a lone `.` (`RelaxedDNSSearchValidation`).',
  },
  {
    since: 36,
    what: 'What else than its resources (which are followed) may change in a suspended Job was asked of 1.37 only.',
  },
  {
    since: 33,
    what: 'IP addresses and CIDRs in an old spelling, such as leading zeros, get a warning.',
  },
  { since: 30, what: 'The words of many messages, the order of findings, and which warnings there are.' },
];

const BY_FIELD: ReadonlyMap<string, readonly Feature[]> = (() => {
  const table = new Map<string, Feature[]>();
  for (const feature of FEATURES)
    for (const field of feature.fields) table.set(field, [...(table.get(field) ?? []), feature]);
  return table;
})();

/** The features that a field of an object belongs to. */
export function featuresOf(object: string, field: string): readonly Feature[] {
  return BY_FIELD.get(`${object}.${field}`) ?? [];
}
