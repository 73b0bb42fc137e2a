import type { Forecast } from '../forecast/forecast.ts';
import type { Job } from '../kubernetes/generated/types.ts';
import type { Fix, Json } from '../manifest/edit.ts';
import type { FieldPath } from '../manifest/path.ts';

/**
 * A change that a person may want though nothing is wrong. Paths start at the root of the Job, or of the CronJob; the
 * result is one that the API server accepts if the manifest was.
 */
export interface Refactoring extends Fix {
  /** What kind of change the editor's menus list it under: `extract` makes something new out of a part. */
  readonly kind: 'rewrite' | 'extract';
  /** Offered where the cursor is inside this; everywhere in the manifest when empty. */
  readonly near: FieldPath;
  /** Objects that the result needs, to be written behind the manifest. */
  readonly more?: readonly Json[];
}

/** A Job as a refactoring sees it: as decoded, and where it stands. */
export interface RefactoringSubject {
  readonly job: Job;
  readonly forecast: Forecast;
  /** Empty for a Job, `spec.jobTemplate` in a CronJob. */
  readonly prefix: FieldPath;
  /** `metadata.name` of the manifest; of a CronJob, its own. */
  readonly name: string;
}

export type JobRefactoring = (subject: RefactoringSubject) => readonly Refactoring[];
