import type { ParseArgsOptionDescriptor } from 'node:util';

/** One option of a command, as Node's `parseArgs` takes it, with what help, completion and the manual say of it. */
export interface OptionFacts extends ParseArgsOptionDescriptor {
  /** What stands behind the option, `FILE`; only of options with a value. */
  readonly value?: string;
  /** The words that it may be. */
  readonly choices?: readonly string[];
  readonly says: string;
}

export type OptionTable = Readonly<Record<string, OptionFacts>>;

/** One command, for help, completion and the manual. */
export interface CommandFacts {
  readonly name: string;
  /** What stands behind the name: `[options] PATH...`. */
  readonly synopsis: string;
  /** What the shell completes the operands with. */
  readonly completes: 'files' | 'shells' | 'nothing';
  readonly says: string;
  readonly options: OptionTable;
}

const VERSION = {
  type: 'string',
  value: '1.37',
  says: 'the version of the cluster, 1.29 to 1.37 (the newest)',
} as const satisfies OptionFacts;

const TEXT_OR_JSON = {
  type: 'string',
  default: 'text',
  choices: ['text', 'json'],
  says: 'how to say it',
} as const satisfies OptionFacts;

export const LINT_OPTIONS = {
  format: { type: 'string', default: 'text', choices: ['text', 'json', 'sarif', 'github'], says: 'how to say it' },
  hints: {
    type: 'boolean',
    default: false,
    says: 'also what is merely worth knowing (text and github show errors and warnings)',
  },
  'kubernetes-version': VERSION,
  config: {
    type: 'string',
    value: 'FILE',
    says: 'severities and more, instead of the jobwright.config.yaml that is nearest above each file',
  },
  against: {
    type: 'string',
    value: 'FILE|git:REV',
    says: 'also which changes since then an existing Job would not take',
  },
  fix: {
    type: 'boolean',
    default: false,
    says: 'first mend what has one clear fix, in the files themselves (of standard input: print the mended text, and the findings that are left on standard error)',
  },
  'fail-on': {
    type: 'string',
    default: 'error',
    choices: ['error', 'warning', 'information', 'hint', 'never'],
    says: 'the least severity that makes the exit status 1',
  },
  baseline: {
    type: 'string',
    value: 'FILE',
    says: 'findings that are known: they are not shown, and do not count for the exit status',
  },
  'update-baseline': {
    type: 'boolean',
    default: false,
    says: 'write what is found now to the baseline',
  },
  explain: {
    type: 'string',
    value: 'RULE',
    says: 'say what a rule means, why it matters and how to silence it; advice/* or * lists rules',
  },
} as const satisfies OptionTable;

export const SIMULATE_OPTIONS = {
  job: { type: 'string', value: 'NAME', says: 'which one, when PATH holds several' },
  scenario: {
    type: 'string',
    value: 'FILE',
    says: 'how the pods behave, and what people do meanwhile (docs/scenario.md); or a recorded run: simulate what happened',
  },
  seed: { type: 'string', default: '1', value: 'N', says: 'for scenarios with chance in them' },
  runs: {
    type: 'string',
    default: '1',
    value: 'N',
    says: 'so many runs: the odds of each end, times, pods, which setting decided',
  },
  expect: {
    type: 'string',
    multiple: true,
    default: [] as string[],
    value: 'EXPR',
    says: 'exit status 1 unless it holds; may be repeated. EXPR compares (= != < <= > >=) end, reason, seconds, pods or failed, of every run: end=Complete, seconds<=3600; p50., p95. or worst. of a number: p95.seconds<=3600; odds. of an end or a reason: odds.Complete>=0.99',
  },
  until: {
    type: 'string',
    value: 'SECONDS|DURATION',
    says: 'how much virtual time, for a Job that would never end (7d)',
  },
  'kubernetes-version': VERSION,
  format: { type: 'string', default: 'text', choices: ['text', 'json', 'svg'], says: 'how to show it' },
  prices: {
    type: 'string',
    value: 'cpu=0.03,memory=0.004,gpu=2',
    says: 'of a CPU-hour, a GiB-hour and a GPU-hour, for the cost of what pods request',
  },
  jobs: { type: 'boolean', default: false, says: 'also what happens inside each Job of a CronJob' },
  force: { type: 'boolean', default: false, says: 'go on with what the API server would refuse' },
} as const satisfies OptionTable;

/** Of every command that speaks with a cluster. */
export const CLUSTER_OPTIONS = {
  namespace: { type: 'string', short: 'n', value: 'NAME', says: 'of what is live (the namespace of the context)' },
  context: { type: 'string', value: 'NAME', says: 'which cluster (the current context)' },
  kubeconfig: { type: 'string', value: 'FILE', says: 'where clusters are named (KUBECONFIG, else ~/.kube/config)' },
  'no-exec': {
    type: 'boolean',
    default: false,
    says: 'run no program that the kubeconfig names for credentials',
  },
} as const satisfies OptionTable;

export const WHY_OPTIONS = {
  bundle: {
    type: 'string',
    value: 'FILE.md',
    says: 'also save all that is known of a live Job (manifest, pods, events, logs, why), secrets masked, and a recording beside it',
  },
  format: TEXT_OR_JSON,
  ...CLUSTER_OPTIONS,
} as const satisfies OptionTable;

export const WAIT_OPTIONS = {
  timeout: { type: 'string', value: 'DURATION', says: 'give up after 90s, 5m, … (it waits for ever)' },
  format: TEXT_OR_JSON,
  ...CLUSTER_OPTIONS,
} as const satisfies OptionTable;

export const CALENDAR_OPTIONS = {
  hours: { type: 'string', default: '24', value: 'N', says: 'how far ahead' },
  zone: {
    type: 'string',
    value: 'ZONE',
    says: 'whose clock times are told on, such as Europe/Berlin (that of this machine)',
  },
  format: TEXT_OR_JSON,
  ...CLUSTER_OPTIONS,
} as const satisfies OptionTable;

/** Every command, in the order of the help. */
export const COMMAND_TABLE: readonly CommandFacts[] = [
  {
    name: 'lint',
    synopsis: '[options] PATH...',
    completes: 'files',
    says: 'check manifests; PATH is a file, a folder, a pattern such as jobs/**/*.yaml, or - for standard input',
    options: LINT_OPTIONS,
  },
  {
    name: 'simulate',
    synopsis: '[options] PATH',
    completes: 'files',
    says: 'play a Job or CronJob on a virtual clock; PATH is a file or - for standard input',
    options: SIMULATE_OPTIONS,
  },
  {
    name: 'why',
    synopsis: '[options] [-|FILE|job/NAME]',
    completes: 'files',
    says: 'why a Job is where it is: from kubectl get job,pods,events -o json, from a recorded run, or live',
    options: WHY_OPTIONS,
  },
  {
    name: 'wait',
    synopsis: '[options] job/NAME',
    completes: 'nothing',
    says: 'wait until a Job ends, and say how',
    options: WAIT_OPTIONS,
  },
  {
    name: 'calendar',
    synopsis: '[options] [-|FILE]',
    completes: 'files',
    says: 'when CronJobs run next, which start together, the most pods at once: of a namespace of the cluster, or from kubectl get cronjobs,jobs -o json',
    options: CALENDAR_OPTIONS,
  },
  {
    name: 'lsp',
    synopsis: '--stdio',
    completes: 'nothing',
    says: 'the language server, for any editor',
    options: { stdio: { type: 'boolean', says: 'speak on standard input and output' } },
  },
  {
    name: 'completion',
    synopsis: 'bash|zsh|fish',
    completes: 'shells',
    says: 'print what makes a shell complete jobwright’s commands and options',
    options: {},
  },
];

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Exit statuses, the same for every command, as help and manual say them. */
export const EXIT_STATUSES: readonly (readonly [status: number, says: string])[] = [
  [0, 'no errors, simulated, expectation met, Job complete'],
  [1, 'errors found, expectation missed, Job failed'],
  [2, 'the command could not do its work'],
  [130, 'stopped with Ctrl-C'],
];
