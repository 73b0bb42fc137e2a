/** What can be done to Jobs and CronJobs: each verb plans (pure), `perform` sends. */
export type { ActionPlan, Change, ObjectAddress, ObjectKind, Planned, RawObject, Refusal, Undo } from './change.ts';
export { isFinished, sayObject } from './change.ts';
export { planSuspendCronJob, planSuspendJob } from './suspend.ts';
export { parallelismProblem, planScale, scalingOf, type Scale, type Scaling } from './scale.ts';
export { failedIndexesOf, planRetry, type FailedIndexes } from './retry-indexes.ts';
export { planRunNow } from './run-now.ts';
export { planDelete, PROPAGATIONS, type Propagation } from './delete.ts';
export {
  applyChange,
  createChange,
  immutableFields,
  manifestToSend,
  conflictIn,
  planApply,
  planBlindApply,
  planCreate,
  renamed,
} from './apply.ts';
export { writtenPart } from './difference.ts';
export { nextName } from './job-name.ts';
export {
  isDryRunUnsupported,
  listNames,
  perform,
  readObject,
  undoChanges,
  type LiveObject,
  type Performed,
} from './perform.ts';
export {
  detailOfEach,
  performEach,
  sayHowMany,
  sayLeftOut,
  undoOfEach,
  type DonePart,
  type LeftOut,
  type Part,
  type PerformedEach,
} from './several.ts';
export { planRecreate, recreate } from './recreate.ts';
