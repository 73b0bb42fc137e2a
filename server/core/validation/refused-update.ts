import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { NEWEST, type KubernetesVersion } from '../kubernetes/versions.ts';
import { formatPath } from '../manifest/path.ts';
import type { BatchKind } from './identity.ts';
import type { ApiFinding } from './report.ts';
import { judgeObjectUpdate } from './update.ts';

/**
 * The first thing that the API server would refuse of a change, with its path and in its words, or null when it takes the
 * change. What was wrong before the change (an object simulated although it would be refused) is not the change's fault.
 */
export function refusalOfUpdate(
  kind: BatchKind,
  before: Job | CronJob,
  after: Job | CronJob,
  version: KubernetesVersion = NEWEST,
): { readonly field: string; readonly message: string } | null {
  const errors = (then: Job | CronJob): ApiFinding[] =>
    judgeObjectUpdate(kind, before, then, version).filter(({ severity }) => severity === 'error');
  const found = errors(after);
  if (found.length === 0) return null;
  const keyOf = ({ path, message }: ApiFinding): string => `${formatPath(path)} ${message}`;
  const old = new Set(errors(before).map(keyOf));
  const first = found.find((each) => !old.has(keyOf(each)));
  if (first === undefined) return null;
  const field = formatPath(first.path);
  return { field, message: `${field}: ${first.message}` };
}
