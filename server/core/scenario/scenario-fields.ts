/**
 * Every field that a scenario file may have: what it takes and what it means. The reader, the reference in
 * `docs/scenario.md` and whoever helps to write such files read this table.
 */

/** What a field takes. */
export type ScenarioType =
  /** Seconds or a duration, or left to chance; negative (it never ends) only where `never`. */
  | { readonly kind: 'seconds'; readonly never?: true }
  /** Seconds or a duration, never negative and never left to chance. */
  | { readonly kind: 'moment' }
  /** Whole, both limits included. */
  | { readonly kind: 'number'; readonly least: number; readonly most?: number }
  /** From 0 to 1. */
  | { readonly kind: 'probability' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'text' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** `3`, `"0,3-5"`, `"7-"`. */
  | { readonly kind: 'positions' }
  /** RFC 3339. */
  | { readonly kind: 'timestamp' }
  /** A quantity of the API, read as so many of `1 / parts`. */
  | { readonly kind: 'quantity'; readonly parts: number }
  /** Any map: a merge patch. */
  | { readonly kind: 'patch' }
  /** A map with the fields of a place; or a list, or a map by name, of such. */
  | { readonly kind: 'fields' | 'list' | 'named'; readonly of: ScenarioPlace }
  /** How much room the cluster has: a number of pods, or fields. */
  | { readonly kind: 'capacity' }
  /** The name of a node, or `true` for all. */
  | { readonly kind: 'drain' };

/** The maps of a scenario file. */
export type ScenarioPlace =
  'scenario' | 'for' | 'match' | 'pod' | 'rule' | 'container' | 'disrupt' | 'capacity' | 'node' | 'action';

export interface ScenarioField {
  readonly type: ScenarioType;
  /** One or two sentences, with code in backticks. */
  readonly meaning: string;
  /** What holds where the field is absent, as one would write it, or in a word or two; null when nothing does. */
  readonly default: string | null;
  /** Name of a file in examples/scenarios, without its ending. */
  readonly example?: string;
}

export type ScenarioFields = Readonly<Record<string, ScenarioField>>;

const EXIT_CODE = { kind: 'number', least: 0, most: 255 } as const;
const COUNT = { kind: 'number', least: 0 } as const;
const BOOLEAN = { kind: 'boolean' } as const;
const TEXT = { kind: 'text' } as const;
const POSITIONS = { kind: 'positions' } as const;

const CONTAINER: ScenarioFields = {
  run: {
    type: { kind: 'seconds', never: true },
    meaning: 'time that the container runs; negative: it never ends by itself',
    default: '4',
    example: 'hang',
  },
  exitCode: {
    type: EXIT_CODE,
    meaning: 'of the container, 0 to 255; 0 without a condition is a success, anything else a failure',
    default: '0',
  },
  restarts: {
    type: COUNT,
    meaning: 'restarts in place before the last exit, for `restartPolicy: OnFailure`; it then runs once more than that',
    default: '0',
    example: 'in-place-restarts',
  },
};

const MATCH: ScenarioFields = {
  ordinal: { type: POSITIONS, meaning: 'the n-th pod that the Job created', default: null },
  index: { type: POSITIONS, meaning: 'its completion index; never matches in a NonIndexed Job', default: null },
  attempt: {
    type: POSITIONS,
    meaning: 'how often its index was tried before; in a NonIndexed Job the same as `ordinal`',
    default: null,
    example: 'failing-index',
  },
  run: { type: POSITIONS, meaning: 'of a CronJob: the n-th Job that it created', default: null },
};

const POD: ScenarioFields = {
  schedulingDelay: {
    type: { kind: 'seconds' },
    meaning: 'time that the scheduler takes before the pod may get a place',
    default: '0',
    example: 'slow-start',
  },
  startup: {
    type: { kind: 'seconds' },
    meaning: 'time from its place on a node to its start: images, volumes',
    default: '0.5',
  },
  ...CONTAINER,
  container: {
    type: TEXT,
    meaning: 'the container that `run`, `exitCode` and `restarts` speak of',
    default: 'the first',
    example: 'second-container',
  },
  containers: {
    type: { kind: 'named', of: 'container' },
    meaning:
      'what each container does, by name, with `run`, `exitCode` and `restarts`; init containers and native sidecars included. Those not named end with the first one, or the one of `container`, and exit 0',
    default: null,
    example: 'sidecar-and-init',
  },
  failureProbability: {
    type: { kind: 'probability' },
    meaning:
      'how likely it fails although its exit code is 0, from 0 to 1; under `restartPolicy: OnFailure` each restart draws anew',
    default: '0',
    example: 'chance',
  },
  failureExitCode: {
    type: { kind: 'number', least: 1, most: 255 },
    meaning: 'exit code of such a failure',
    default: '1',
  },
  restartDelay: {
    type: { kind: 'word', words: ['kubelet', 'none'] },
    meaning:
      'waits between restarts: `kubelet` (at once, then 10 s doubling to 300 s; a non-zero exit under OnFailure is never final) or `none`',
    default: '`kubelet`; `none` where `restarts` is given beside `run`',
  },
  oomKilled: {
    type: BOOLEAN,
    meaning: '`true`: it exceeds its memory limit when its run ends: exit code 137, reason OOMKilled',
    default: '`false`',
    example: 'out-of-memory',
  },
  imagePullBackOff: {
    type: BOOLEAN,
    meaning: '`true`: its image cannot be pulled; it has a node and stays Pending',
    default: '`false`',
  },
  pending: {
    type: BOOLEAN,
    meaning: '`true`: it never finds a node',
    default: '`false`',
    example: 'no-node',
  },
  condition: {
    type: TEXT,
    meaning: 'the pod fails with this condition when it ends, without being deleted',
    default: 'none',
    example: 'failure-condition',
  },
  disrupt: {
    type: { kind: 'fields', of: 'disrupt' },
    meaning: 'the cluster takes it away. The pod is deleted, with condition DisruptionTarget',
    default: 'never',
    example: 'evictions',
  },
  grace: {
    type: { kind: 'seconds' },
    meaning:
      "time from the request to delete the pod to the end of its containers; longer than the template's `terminationGracePeriodSeconds` it is killed with 137",
    default: '0.2',
    example: 'stubborn-pods',
  },
  graceExitCode: {
    type: EXIT_CODE,
    meaning: 'exit code of a pod that was deleted and stopped in time',
    default: '143',
  },
};

/** All of them, place by place, in the order in which a reader meets them. */
export const SCENARIO_FIELDS: Readonly<Record<ScenarioPlace, ScenarioFields>> = {
  scenario: {
    version: { type: { kind: 'number', least: 1, most: 1 }, meaning: 'of this format: `1`', default: '1' },
    for: {
      type: { kind: 'fields', of: 'for' },
      meaning: 'which object of a manifest it is for: its `kind` and `name`, each may be left out',
      default: 'all of them',
    },
    default: {
      type: { kind: 'fields', of: 'pod' },
      meaning: 'how pods behave that no rule matches',
      default: '`{ startup: 0.5, run: 4, exitCode: 0 }`',
    },
    pods: {
      type: { kind: 'list', of: 'rule' },
      meaning:
        'rules: `match`, and fields of a pod; the first that matches decides, and what it does not say is as in `default`',
      default: 'none',
    },
    capacity: {
      type: { kind: 'capacity' },
      meaning: 'how much the cluster runs at once, see below',
      default: 'without limit',
    },
    quota: {
      type: COUNT,
      meaning:
        "pods that the namespace's quota admits at once; ended ones do not count. The Job asks again, waiting longer each time",
      default: 'none',
      example: 'quota',
    },
    actions: { type: { kind: 'list', of: 'action' }, meaning: 'what people do, see below', default: 'none' },
    start: {
      type: { kind: 'timestamp' },
      meaning: "when the object was created, as RFC 3339; what a CronJob's schedule needs",
      default: 'a fixed date',
      example: 'nightly-runs',
    },
    controllerTimeZone: {
      type: TEXT,
      meaning: 'time zone of the controller, for schedules without `timeZone`',
      default: 'UTC',
      example: 'nightly-outage',
    },
  },
  for: {
    kind: { type: TEXT, meaning: '`Job` or `CronJob`', default: 'either' },
    name: { type: TEXT, meaning: "the object's `metadata.name`", default: 'any' },
  },
  match: MATCH,
  pod: POD,
  rule: {
    match: {
      type: { kind: 'fields', of: 'match' },
      meaning: 'the pods that it is about; without it every pod',
      default: 'every pod',
    },
    ...POD,
  },
  container: CONTAINER,
  disrupt: {
    at: {
      type: { kind: 'seconds' },
      meaning: 'when its deletion is asked for, counted from when it got its place',
      default: '0',
    },
    by: {
      type: { kind: 'word', words: ['eviction', 'preemption', 'taint', 'node-loss', 'node-unreachable'] },
      meaning:
        '`eviction` by a drain; `preemption` by a pod of higher priority; `taint`: its node got a NoExecute taint; `node-loss`: its node is gone or out of service, and the pod garbage collector removes its object at once, without grace; `node-unreachable`: its node goes silent, so that the pod is deleted only when its toleration has run out, and stays Terminating',
      default: '`eviction`',
      example: 'evictions',
    },
    nodeRemoved: {
      type: { kind: 'seconds' },
      meaning: 'of an unreachable node: how long after it went silent its Node object is removed, which fails the pod',
      default: 'never',
      example: 'silent-node',
    },
  },
  capacity: {
    nodes: {
      type: { kind: 'list', of: 'node' },
      meaning: "pods run where the template's requests fit",
      default: null,
      example: 'nodes',
    },
  },
  node: {
    name: { type: TEXT, meaning: 'what `drain` calls it', default: '`node-0`, `node-1`, …' },
    cpu: { type: { kind: 'quantity', parts: 1000 }, meaning: 'CPUs for the pods of the Job', default: 'without limit' },
    memory: {
      type: { kind: 'quantity', parts: 1 },
      meaning: 'memory for the pods of the Job',
      default: 'without limit',
    },
    pods: { type: COUNT, meaning: 'how many pods it takes', default: 'without limit' },
  },
  action: {
    at: { type: { kind: 'moment' }, meaning: "when, counted from the object's creation", default: null },
    suspend: {
      type: BOOLEAN,
      meaning: '`true` suspends, `false` resumes',
      default: null,
      example: 'suspend-and-resume',
    },
    parallelism: {
      type: COUNT,
      meaning: 'scales to so many pods at once',
      default: null,
      example: 'scale',
    },
    completions: {
      type: COUNT,
      meaning: 'an elastic Indexed Job changes it together with `parallelism`',
      default: null,
      example: 'scale',
    },
    patch: {
      type: { kind: 'patch' },
      meaning: 'any change, as a merge patch of the object; what the API server would refuse is refused, and noted',
      default: null,
      example: 'patch',
    },
    deletePod: {
      type: { kind: 'fields', of: 'match' },
      meaning: 'deletes the pods that match, as in a rule',
      default: null,
      example: 'delete-pods',
    },
    drain: {
      type: { kind: 'drain' },
      meaning: 'evicts the pods of the node of this name; `true`: of every node',
      default: null,
      example: 'nodes',
    },
    capacity: {
      type: { kind: 'capacity' },
      meaning: 'the cluster has this much room from now on',
      default: null,
    },
    delete: {
      type: BOOLEAN,
      meaning: '`true`: deletes the object itself, pods and all',
      default: null,
      example: 'delete-job',
    },
    controllerRestart: {
      type: BOOLEAN,
      meaning: '`true`: the Job controller restarts, and forgets backoffs',
      default: null,
      example: 'controller-restart',
    },
    controllerOutage: {
      type: { kind: 'moment' },
      meaning: 'for a CronJob: its controller is away for so long',
      default: null,
      example: 'nightly-outage',
    },
    target: {
      type: { kind: 'word', words: ['job', 'cronJob'] },
      meaning: 'what the deed is done to. In the scenario of a CronJob an action without it means the CronJob',
      default: 'the object that is simulated',
    },
  },
};
