import type { Forecast } from '../forecast/forecast.ts';
import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import type { Fix } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';
import type { KnownKeys } from './missing-key.ts';
import type { PodSecurityLevel } from './pod-security.ts';
import type { Severity } from '../validation/finding.ts';

/** What advice is good for: that the Job does what is meant, survives trouble, costs no more than it must, can be seen. */
export type AdviceGroup = 'correctness' | 'reliability' | 'cost' | 'observability';

/** A Job as a rule sees it. */
export interface JobSubject {
  /** As decoded, complete or not; of a CronJob, the Job that its template describes. */
  readonly job: Job;
  /** The same with the API's defaults, and what follows from it. */
  readonly forecast: Forecast;
  /** The CronJob whose template this is. */
  readonly cronJob: CronJob | null;
  /** What the namespace enforces of its pods; null where that is not known, or nothing. */
  readonly podSecurity: PodSecurityLevel | null;
  /** What is known of ConfigMaps and Secrets that its pods name; null where nothing is. */
  readonly keysOf: KnownKeys | null;
}

/** One thing that a rule says. Paths start at the root of what it was shown: the Job, or the CronJob. */
export interface Advice {
  readonly path: FieldPath;
  /** One or two sentences, with the numbers and names of this very manifest. */
  readonly message: string;
  /** Where it differs from the rule's usual one. */
  readonly severity?: Severity;
  readonly fixes?: readonly Fix[];
}

/** One rule. It is quiet when it is not sure. */
export interface AdviceRule {
  /** Stable id: settings, suppress comments and links name it. */
  readonly id: `advice/${string}`;
  readonly title: string;
  /** Why it matters, in two or three sentences, for the page of the rule. */
  readonly why: string;
  /** `warning`: it will not do what it says. `information`: worth knowing. `hint`: something is merely absent. */
  readonly severity: 'warning' | 'information' | 'hint';
  readonly group: AdviceGroup;
  /** True when at least some of its findings carry a fix. */
  readonly fixable: boolean;
  /** False: not said in a JobSet, whose own fields and defaults decide about it. */
  readonly inJobSets?: false;
  readonly judgeJob?: (subject: JobSubject) => readonly Advice[];
  readonly judgeCronJob?: (cronJob: CronJob) => readonly Advice[];
}
