import type { ObjectDocs } from './field-doc.ts';

/** batch/v1 Job and JobSpec. */
export const JOB_DOCS: Readonly<Record<string, ObjectDocs>> = {
  Job: {
    apiVersion: { summary: 'The API group and version: `batch/v1` for Jobs.' },
    kind: { summary: '`Job`: runs pods until enough of them have succeeded.' },
    metadata: { summary: 'Name, namespace, labels and annotations of the Job.' },
    spec: { summary: 'What to run, how often, how much at once, and what to do about failures.' },
    status: { summary: 'How far the Job has come.', written: true },
  },
  JobSpec: {
    parallelism: {
      summary: 'The most pods that work at the same time.',
      detail:
        'Never more than completions still missing. 0 pauses the Job. Fewer pods may run while retries wait, or when quota or capacity is short.',
      default: '1',
      change: 'may be changed at any time',
    },
    completions: {
      summary: 'How many pods have to succeed.',
      detail:
        'Unset while parallelism is set makes a work queue: the pods coordinate themselves, and the Job is done when one has succeeded and all have ended. Required with completionMode Indexed.',
      default: '1 if parallelism is unset too, otherwise none',
      change: 'fixed; in an Indexed Job it may change together with parallelism, to the same number',
    },
    completionMode: {
      summary: 'Whether completions are interchangeable or each has a number.',
      default: 'NonIndexed',
      since: { on: '1.22', stable: '1.24' },
      change: 'fixed',
      values: {
        NonIndexed: 'any so many successful pods complete the Job; all pods are alike',
        Indexed:
          'each pod gets an index from 0 to completions - 1, in the variable `JOB_COMPLETION_INDEX`, the annotation and label `batch.kubernetes.io/job-completion-index` and the host name; each index has to succeed once',
      },
    },
    backoffLimit: {
      summary: 'How many failures the Job bears before it is marked Failed.',
      detail:
        'Failed pods of the whole Job are counted, not those of one index. A failed pod is replaced after 10 s, then 20 s, 40 s and so on, at most 10 min; a success resets the wait. With restartPolicy OnFailure the restarts of running containers are counted instead, and the Job fails when they reach the limit.',
      default: '6; with backoffLimitPerIndex practically no limit',
      change: 'may be changed at any time',
    },
    backoffLimitPerIndex: {
      summary: 'How many retries each index gets for itself.',
      detail:
        'Only for Indexed Jobs with restartPolicy Never. An index without retries left is failed and the others go on; at the end a Job with failed indexes is Failed. 0 means one attempt for each index.',
      default: 'none: all indexes share backoffLimit',
      since: { on: '1.29', stable: '1.33' },
      change: 'fixed',
    },
    maxFailedIndexes: {
      summary: 'How many indexes may fail before the whole Job is stopped.',
      detail: 'Only together with backoffLimitPerIndex. The Job ends as soon as more than this many have failed.',
      default: 'none: the other indexes run to their end, however many fail',
      since: { on: '1.29', stable: '1.33' },
      change: 'may be changed at any time',
    },
    activeDeadlineSeconds: {
      summary: 'The most seconds that the Job may take, from its start, whatever its pods do.',
      detail:
        'Running pods are then stopped and the Job is Failed with reason DeadlineExceeded; retries left do not count. It is the only limit that also ends pods which never start. A suspended Job does not age, and starts anew when resumed. Not the field of the same name in the pod template, which is about one pod.',
      default: 'none',
      change: 'may be changed at any time',
    },
    ttlSecondsAfterFinished: {
      summary: 'How many seconds after its end the Job is deleted, with its pods and their logs.',
      detail: '0 deletes at once, so that nothing is left to read.',
      default: 'none: the Job stays until somebody deletes it',
      since: { on: '1.21', stable: '1.23' },
      change: 'may be changed at any time, also after the end',
    },
    suspend: {
      summary: 'Stops the Job without failing it: its pods are deleted, and made again when this is false.',
      detail:
        'Created suspended, a Job waits for somebody (a queue, say) to start it; scheduling fields of the template may be changed while it waits. Stopped pods count neither as failed nor as succeeded.',
      default: 'false',
      since: { on: '1.22', stable: '1.24' },
      change: 'may be changed at any time',
    },
    podFailurePolicy: {
      summary: 'Rules that look at a failed pod and decide what its failure means.',
      detail:
        'In order, the first that matches decides; without a match the failure counts as usual. Needs restartPolicy Never.',
      default: 'none: every failure counts towards the limits',
      since: { on: '1.26', stable: '1.31' },
      change: 'fixed',
    },
    podReplacementPolicy: {
      summary: 'When a pod that is being deleted is replaced.',
      default: 'TerminatingOrFailed; Failed with a podFailurePolicy, which allows nothing else',
      since: { on: '1.29', stable: '1.34' },
      values: {
        TerminatingOrFailed:
          'as soon as deletion begins: the old pod and its replacement may run at the same time for a while, and the deleted pod counts as failed',
        Failed: 'only when it has really ended: never two at once, but a pod on a lost node is waited for',
      },
    },
    successPolicy: {
      summary: 'Rules that let the Job succeed before every index has.',
      detail: 'Only for Indexed Jobs. Pods that still run when a rule is met are stopped and count neither way.',
      default: 'none: every index must succeed',
      since: { on: '1.31', stable: '1.33' },
      change: 'fixed',
    },
    managedBy: {
      summary: 'The controller that looks after this Job.',
      detail:
        'A value other than `kubernetes.io/job-controller` makes Kubernetes leave the Job alone entirely: another controller, such as that of a queue spanning several clusters, must act on it.',
      default: '`kubernetes.io/job-controller`',
      since: { on: '1.32', stable: '1.35' },
      change: 'fixed',
    },
    selector: {
      summary: 'Which pods belong to the Job.',
      detail: 'Leave it out: the server makes one from the unique id of the Job.',
      default: 'made by the server',
      change: 'fixed',
    },
    manualSelector: {
      summary: 'Lets you choose labels and selector yourself.',
      detail:
        'Only to take over pods of an earlier Job. A selector that also matches pods of others makes this Job count, and delete, what is not its own.',
      default: 'false',
    },
    scheduling: {
      summary: 'How the pods are placed as a group, all or none for instance.',
      detail: 'On a cluster whose gate is off the server accepts the field and drops it.',
      default: 'none: each pod is placed by itself',
      since: { gate: 'WorkloadWithJob' },
      change: 'fixed, but for the minimum of a gang',
    },
    template: {
      summary: 'The pod that the Job makes again and again.',
      detail: 'restartPolicy must be Never or OnFailure. To change the template later, make a new Job.',
      change: 'fixed; while the Job is suspended some scheduling fields, labels, annotations and resources may change',
    },
  },
  JobTemplateSpec: {
    metadata: {
      summary: 'Labels and annotations that each Job of the CronJob gets. Its name is made by the controller.',
    },
    spec: { summary: 'The spec of each Job that the CronJob makes.' },
  },
};
