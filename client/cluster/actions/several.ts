import * as l10n from '@vscode/l10n';
import { countOf } from '../../../server/core/forecast/words.ts';
import type { Connection } from '../connection.ts';
import type { ClusterProblem } from '../problem.ts';
import { sayObject, type ActionPlan, type ObjectAddress, type RawObject } from './change.ts';
import { isDryRunUnsupported, perform, undoChanges, type PerformOptions } from './perform.ts';

/** What is to be done to one of several objects. */
export interface Part {
  readonly address: ObjectAddress;
  readonly plan: ActionPlan;
}

/** Why nothing is done, or was done, to one of several objects. */
export interface LeftOut {
  readonly address: ObjectAddress;
  /** In a sentence, which may name the object itself. */
  readonly why: string;
}

/** What was done, with the server's answers. */
export interface DonePart extends Part {
  readonly answers: readonly RawObject[];
}

/** What came of several plans. */
export interface PerformedEach {
  readonly done: readonly DonePart[];
  readonly refused: readonly (LeftOut & { readonly problem: ClusterProblem })[];
  /** What the server warned of, each once. */
  readonly warnings: readonly string[];
}

/** After these nothing else will be answered either. */
const HOPELESS: ReadonlySet<string> = new Set(['unreachable', 'credentials', 'aborted']);

/** Makes the changes of each plan by itself: one that is refused keeps none of the others back. */
export async function performEach(
  connection: Connection,
  parts: readonly Part[],
  options: PerformOptions = {},
): Promise<PerformedEach> {
  const done: DonePart[] = [];
  const refused: PerformedEach['refused'][number][] = [];
  const warnings = new Set<string>();
  let hopeless: ClusterProblem | null = null;
  for (const part of parts) {
    let problem: ClusterProblem | null = hopeless;
    let answers: readonly RawObject[] = [];
    if (problem === null) {
      const performed = await perform(connection, part.plan.changes, options);
      ({ answers } = performed);
      for (const warning of performed.warnings) warnings.add(warning);
      const untold = performed.problem !== null && options.dryRun === true && isDryRunUnsupported(performed.problem);
      problem = untold ? null : performed.problem;
    }
    if (problem === null) done.push({ ...part, answers });
    else refused.push({ address: part.address, why: problem.message, problem });
    if (problem !== null && HOPELESS.has(problem.kind)) hopeless = problem;
  }
  return { done, refused, warnings: [...warnings] };
}

/** `3 Jobs and 1 CronJob`. */
export function sayHowMany(addresses: readonly ObjectAddress[]): string {
  const jobs = addresses.filter(({ kind }) => kind === 'Job').length;
  const cronJobs = addresses.length - jobs;
  const counts = [
    ...(jobs > 0 ? [countOf(jobs, 'Job', 'Jobs')] : []),
    ...(cronJobs > 0 ? [countOf(cronJobs, 'CronJob', 'CronJobs')] : []),
  ];
  return counts.length === 2 ? l10n.t('{0} and {1}', ...counts) : (counts[0] ?? '');
}

/** What follows for each object, with its name, in lines; what follows for all alike is said once. */
export function detailOfEach(parts: readonly Part[], left: readonly LeftOut[]): readonly string[] {
  const [first] = parts;
  const alike = (line: string): boolean => parts.every(({ plan }) => plan.detail.includes(line));
  return [
    ...parts.map(({ address, plan }) =>
      [sayObject(address), plan.detail.filter((line) => !alike(line)).join(' ')]
        .filter((text) => text !== '')
        .join(': '),
    ),
    ...(first?.plan.detail.filter(alike) ?? []),
    ...left.map((each) => l10n.t('Left out: {0}', sayLeftOut(each))),
  ];
}

/** Why nothing is done to it, with its name. */
export function sayLeftOut({ address, why }: LeftOut): string {
  const object = sayObject(address);
  return why.includes(object) ? why : `${object}: ${why}`;
}

/** The way back of all that have one, each by itself; null where not all have. */
export function undoOfEach(done: readonly DonePart[]): readonly Part[] | null {
  const parts = done.flatMap(({ address, plan, answers }) => {
    const { undo } = plan;
    return undo === null
      ? []
      : [{ address, plan: { ...plan, changes: undoChanges(undo, answers), done: undo.done, undo: null } }];
  });
  return parts.length > 0 && parts.length === done.length ? parts : null;
}
