import type { ManifestEdit } from '../manifest/edit.ts';
import type { JobRefactoring } from './refactoring.ts';

/** Retries of each index where nothing says how many for all. */
const EACH = 3;

/** Counts failures for each index by itself, so that one bad index costs the others nothing. */
export const retriesPerIndex: JobRefactoring = ({ job, forecast, prefix }) => {
  const spec = job.spec ?? {};
  if (forecast.work.kind !== 'indexes' || spec.backoffLimitPerIndex !== undefined) return [];
  if (spec.template?.spec?.restartPolicy !== 'Never') return [];
  const path = [...prefix, 'spec'];
  const edit: ManifestEdit =
    spec.backoffLimit === undefined
      ? { kind: 'set', path: [...path, 'backoffLimitPerIndex'], value: EACH }
      : { kind: 'rename', path: [...path, 'backoffLimit'], name: 'backoffLimitPerIndex' };
  const title = `Retry each index up to ${spec.backoffLimit ?? EACH} times, instead of ${forecast.retries.limit} times in all`;
  return [{ kind: 'rewrite', near: [], title, edits: [edit] }];
};
