import type { ObjectDocs } from './field-doc.ts';

/** podFailurePolicy, successPolicy and scheduling of a batch/v1 Job. */
export const POLICY_DOCS: Readonly<Record<string, ObjectDocs>> = {
  PodFailurePolicy: {
    rules: {
      summary: 'The rules, at most 20, tried in order on every failed pod; the first that matches decides.',
      detail: 'Put the special before the general. A pod that no rule matches counts towards the limits as usual.',
      change: 'fixed',
    },
  },
  PodFailurePolicyRule: {
    action: {
      summary: 'What a failure that matches this rule does.',
      values: {
        FailJob: 'the whole Job fails at once, and its other pods are stopped: for errors that no retry can heal',
        FailIndex: 'this index fails without another attempt, the others go on; needs backoffLimitPerIndex',
        Ignore:
          'the failure is not counted and the pod is replaced, without limit: for what is not the fault of the program, such as an eviction',
        Count: 'the failure counts towards backoffLimit, as it would without a rule: keeps later rules from matching',
      },
    },
    onExitCodes: {
      summary: 'Matches by the exit code of a container.',
      detail: 'Containers that ended with 0, still run, or never ran are not looked at. Excludes onPodConditions.',
    },
    onPodConditions: {
      summary: 'Matches by a condition of the failed pod; one of those listed is enough.',
      detail:
        '`DisruptionTarget` marks pods that were evicted, preempted or lost with their node; not those that exceeded their own memory limit. Excludes onExitCodes.',
    },
  },
  PodFailurePolicyOnExitCodesRequirement: {
    containerName: {
      summary: 'The container, or init container, whose exit code is looked at.',
      default: 'any of them',
    },
    operator: {
      summary: 'Whether the exit code has to be in the list or must not be.',
      values: {
        In: 'the exit code is one of the values',
        NotIn:
          'the exit code is none of the values, and not 0; takes 137 and 143 of killed containers too, unless they are listed',
      },
    },
    values: {
      summary: 'The exit codes, ascending and without repeats, at most 255 of them.',
      detail:
        'A Linux process ends with 0 to 255: 128 + n when signal n killed it (137 is SIGKILL, as for want of memory, 143 is SIGTERM). 0 is no failure and never matches.',
    },
  },
  PodFailurePolicyOnPodConditionsPattern: {
    type: {
      summary: 'The type of the pod condition.',
      detail: 'Kubernetes itself sets `DisruptionTarget` on failed pods; other types come from your own controllers.',
      values: {
        DisruptionTarget: 'the pod was evicted, preempted, lost with its node, or deleted for a taint',
        ConfigIssue: 'by convention: somebody marked a pod that cannot start for its configuration, and deleted it',
      },
    },
    status: {
      summary: 'The status that the condition must have.',
      default: 'True',
      values: { True: 'the condition holds', False: 'the condition does not hold', Unknown: 'it is not known' },
    },
  },
  SuccessPolicy: {
    rules: {
      summary: 'The rules, at most 20; the first that is met ends the Job as Complete.',
      detail: 'Looked at when an index has succeeded. If the Job would fail at the same moment, it fails.',
      change: 'fixed',
    },
  },
  SuccessPolicyRule: {
    succeededIndexes: {
      summary: 'The indexes that count, as a list of numbers and ranges: `0,2-4`.',
      detail:
        'Ascending, without spaces, below completions. All of them must succeed, unless succeededCount asks for fewer.',
      default: 'all indexes',
    },
    succeededCount: {
      summary: 'How many of the indexes must succeed.',
      detail: 'Of those in succeededIndexes where that is set, otherwise of all.',
      default: 'all of succeededIndexes',
    },
  },
  JobSchedulingConfiguration: {
    schedulingPolicy: {
      summary: 'Pods placed each by itself (`basic`) or as a gang, all or none (`gang`). Exactly one of both.',
      change: 'fixed, but for the minimum of a gang',
    },
    schedulingConstraints: {
      summary: 'Where the pods of the group must stand to each other, by topology.',
      change: 'fixed',
    },
    disruptionMode: {
      summary: 'Whether pods are preempted one by one (`single`) or only all together (`all`).',
      change: 'fixed',
    },
    resourceClaims: { summary: 'Claims for devices that the pods of the group share, at most 4.', change: 'fixed' },
  },
  WorkloadPodGroupSchedulingPolicy: {
    basic: { summary: 'Each pod is placed as soon as there is room for it.' },
    gang: { summary: 'No pod is placed until there is room for a minimum of them at once.' },
  },
  WorkloadPodGroupGangSchedulingPolicy: {
    minCount: {
      summary: 'How many pods must find room at the same time.',
      detail: 'At least 1, at most parallelism.',
      default: 'parallelism, as it then is; not written into the Job',
    },
  },
  WorkloadPodGroupSchedulingConstraints: {
    topology: { summary: 'Keeps the group within one domain, such as a rack or zone, by a label of the nodes.' },
  },
  WorkloadPodGroupDisruptionMode: {
    single: { summary: 'Pods may be preempted one by one.' },
    all: { summary: 'Pods are preempted all together or not at all.' },
  },
  WorkloadPodGroupResourceClaim: {
    name: { summary: 'The name by which pods of the template refer to the claim.' },
    resourceClaimName: { summary: 'An existing claim that all pods share.' },
    resourceClaimTemplateName: { summary: 'The template from which one claim for the group is made.' },
  },
};
