import type { ObjectDocs } from './field-doc.ts';

/** The pod template's fields that decide how a Job behaves. */
export const POD_DOCS: Readonly<Record<string, ObjectDocs>> = {
  PodTemplateSpec: {
    metadata: {
      summary: 'Labels and annotations of the pods.',
      detail:
        'The server adds labels of its own, `batch.kubernetes.io/job-name` among them. The name of a pod is made by the controller.',
    },
    spec: { summary: 'What each pod consists of: containers, volumes, placement.' },
  },
  PodSpec: {
    restartPolicy: {
      summary: 'Who tries again when a container fails.',
      detail: 'A Job must choose Never or OnFailure; the general default, Always, is refused.',
      values: {
        Never:
          'the pod fails and the Job makes a new one; failed pods stay for their logs, and podFailurePolicy can look at them. It does not mean that the work runs only once',
        OnFailure:
          'the kubelet restarts the container in the same pod; the Job counts the restarts, and deletes the pod with its logs when the limit is reached',
        Always: 'not allowed in a Job',
      },
      change: 'fixed',
    },
    containers: {
      summary: 'The containers of each pod. A pod succeeds when all of them end with 0.',
      detail: 'A sidecar that never ends keeps the Job running: put it into initContainers with restartPolicy Always.',
    },
    initContainers: {
      summary: 'Containers that run one after the other before the others start.',
      detail: 'With restartPolicy Always one becomes a sidecar: it runs along and does not keep the pod from ending.',
    },
    activeDeadlineSeconds: {
      summary: 'The most seconds that one pod may take; then it fails.',
      detail:
        'Each pod, and so each retry, has a clock of its own. The limit of the whole Job is the Job spec’s field of the same name.',
      default: 'none',
    },
    terminationGracePeriodSeconds: {
      summary: 'Seconds between the request to stop (SIGTERM) and the kill (SIGKILL, exit code 137).',
      default: '30',
    },
    nodeSelector: { summary: 'Labels that a node must have.' },
    affinity: { summary: 'Finer wishes and demands about nodes and neighbouring pods.' },
    tolerations: { summary: 'Taints of nodes that the pods put up with.' },
    topologySpreadConstraints: { summary: 'How evenly pods spread over nodes or zones.' },
    priorityClassName: {
      summary: 'The class of priority; a class that does not exist keeps every pod from being made.',
    },
    serviceAccountName: { summary: 'The identity under which the pods talk to the API server.', default: '`default`' },
    volumes: { summary: 'Storage that containers can mount.' },
    imagePullSecrets: { summary: 'Secrets with which private images are fetched.' },
    hostname: { summary: 'Host name of the pod. An Indexed Job sets its own: `name-<index>`.' },
    subdomain: {
      summary: 'Name of a headless Service under which the pods find each other by host name.',
    },
    securityContext: { summary: 'User, group and kernel settings for all containers of the pod.' },
    schedulingGates: { summary: 'Keeps pods from being placed until somebody removes the gates.' },
    runtimeClassName: { summary: 'The container runtime to use.' },
    schedulerName: { summary: 'The scheduler that places the pods.', default: '`default-scheduler`' },
    resources: { summary: 'Resources of the pod as a whole, shared by its containers.' },
    os: { summary: 'The operating system that the pod needs: `linux` or `windows`.' },
  },
  Container: {
    name: {
      summary: 'Name of the container, unique in the pod; podFailurePolicy can refer to it.',
      change: 'fixed',
    },
    image: { summary: 'The image to run. A tag may come to mean another image; a digest (`@sha256:…`) may not.' },
    imagePullPolicy: {
      summary: 'When the image is fetched.',
      default: 'Always for the tag `latest` or none, otherwise IfNotPresent',
      values: {
        Always: 'ask the registry before each start',
        IfNotPresent: 'only if the node does not have it',
        Never: 'never: the node must have it',
      },
    },
    command: {
      summary: 'The program, in place of the image’s entrypoint. No shell: each item is one word.',
      detail: '`$(NAME)` is replaced by a variable of the container; `$NAME` is left to a shell, if there is one.',
    },
    args: { summary: 'Arguments of the program, in place of the image’s own.' },
    env: { summary: 'Environment variables, in order; a later one may use earlier ones as `$(NAME)`.' },
    envFrom: { summary: 'All keys of a ConfigMap or Secret as variables.' },
    resources: {
      summary: 'What the container needs (requests) and the most it gets (limits).',
      detail:
        'A container above its memory limit is killed and ends with 137. Requests decide where, and whether, a pod finds room.',
    },
    restartPolicy: {
      summary: 'For this container alone; `Always` makes an init container a sidecar.',
      values: {
        Always: 'in initContainers: a sidecar that runs along and does not keep the pod from ending',
        OnFailure: 'restarted in place when it fails',
        Never: 'not restarted',
      },
    },
    restartPolicyRules: { summary: 'Restarts in place for certain exit codes, before the pod fails.' },
    volumeMounts: { summary: 'Where volumes appear in the container.' },
    workingDir: { summary: 'Directory in which the program starts.' },
    ports: { summary: 'Ports for information; a Job seldom needs any.' },
    lifecycle: { summary: 'Actions after the start and before the stop.' },
    livenessProbe: {
      summary: 'Check whose failure restarts the container, or fails the pod under restartPolicy Never.',
    },
    readinessProbe: { summary: 'Check that decides whether the pod counts as ready; a Job does not wait for it.' },
    startupProbe: { summary: 'Check that the others wait for.' },
    securityContext: { summary: 'User, capabilities and privileges of the container.' },
    terminationMessagePath: {
      summary: 'File whose text becomes the end message of the container.',
      default: '`/dev/termination-log`',
    },
    terminationMessagePolicy: {
      summary: 'Where the end message comes from.',
      default: 'File',
      values: {
        File: 'the file at terminationMessagePath',
        FallbackToLogsOnError:
          'the end of the log, when the container failed and wrote no message: failures explain themselves',
      },
    },
  },
  ResourceRequirements: {
    requests: {
      summary: 'What is set aside for the container; the scheduler counts it.',
      default: 'the limits, where those are set',
    },
    limits: { summary: 'The most that the container may use; memory above it means the end (137), cpu is slowed.' },
    claims: { summary: 'Devices, by the name of a claim of the pod.' },
  },
  EnvVar: {
    name: { summary: 'Name of the variable.' },
    value: {
      summary: 'Its value, always text: put numbers and `true` in quotes. `$(NAME)` refers to an earlier variable.',
    },
    valueFrom: { summary: 'Takes the value from a ConfigMap, a Secret or the pod itself.' },
  },
  EnvVarSource: {
    configMapKeyRef: { summary: 'A key of a ConfigMap.' },
    secretKeyRef: { summary: 'A key of a Secret.' },
    fieldRef: {
      summary: 'A field of the pod, such as `metadata.name`.',
      detail: "The index of an Indexed Job: `metadata.annotations['batch.kubernetes.io/job-completion-index']`.",
    },
    resourceFieldRef: { summary: 'A request or limit of a container.' },
    fileKeyRef: { summary: 'A key in a file of variables on a volume.' },
  },
};
