import type { CronJob, Job } from '../kubernetes/generated/types.ts';
import { formatPath, type FieldPath } from '../manifest/path.ts';
import { nodeAt, spanOf, type ManifestNode } from '../manifest/tree.ts';
import { checkCronJob } from './cron-job.ts';
import { decodeObject, type Decoding } from './decoding.ts';
import type { Finding, Verdict } from './finding.ts';
import { identityOf, isList, type BatchKind } from './identity.ts';
import { checkJob } from './job.ts';
import { decodeJobTemplate, isOfTemplate } from './job-set.ts';
import { Report, type ApiFinding } from './report.ts';

/** A Job or CronJob, and what the API server would answer to its creation. */
export interface Judged {
  readonly kind: BatchKind;
  /** As written; empty when it is missing. */
  readonly apiVersion: string;
  /** `metadata.name`; empty when it is missing. */
  readonly name: string;
  readonly verdict: Verdict;
  /** What did decode, without defaults. */
  readonly object: Job | CronJob;
}

/** One item of a list. */
export interface JudgedItem extends Judged {
  /** 0-based place in `items`. */
  readonly item: number;
  readonly root: ManifestNode;
}

/** Judges a decoded Job as the API server's validation does on create (Kubernetes 1.37, default feature gates). */
export function judgeJob(job: Job): Finding[] {
  return [...judgeObject('Job', job)];
}

/** Judges a decoded CronJob likewise. */
export function judgeCronJob(cronJob: CronJob): Finding[] {
  return [...judgeObject('CronJob', cronJob)];
}

/**
 * Decodes and judges a document; null when it is no batch Job or CronJob (a list: see `judgeItems`).
 *
 * The server stops after decoding when that fails, and warns only of what it accepts; findings that it would not have
 * come to are marked `unreached`.
 */
export function judgeDocument(root: ManifestNode): Judged | null {
  const identity = identityOf(root);
  if (identity === null) return null;
  const { kind, apiVersion, name } = identity;
  const decoding = decodeObject(root, kind);
  const findings = judgeObject(kind, decoding.object);
  const verdict = verdictOf(root, [...identity.findings, ...decoding.findings], findings);
  return { kind, apiVersion, name, verdict, object: decoding.object };
}

/** What the API server would answer to the Jobs that a JobSet's controller makes of a template; paths are from its root. */
export function judgeJobTemplate(root: ManifestNode, jobName: string): Pick<Judged, 'verdict'> & { object: Job } {
  const decoding: Decoding<Job> = decodeJobTemplate(root, jobName);
  const findings = judgeObject('Job', decoding.object).filter(isOfTemplate);
  return { verdict: verdictOf(root, decoding.findings, findings), object: decoding.object };
}

/** The server stops after decoding when that fails, and warns only of what it accepts. */
function verdictOf(root: ManifestNode, decoded: readonly Finding[], found: readonly ApiFinding[]): Verdict {
  const echoes = echoesOf(decoded);
  const judged = found
    .filter(({ path }) => decoded.length === 0 || !echoes(path))
    .map((finding) => placed(finding, root));
  const refused = judged.some(({ severity }) => severity === 'error');
  const findings = [
    ...decoded,
    ...judged.map((finding) =>
      decoded.length > 0 || (refused && finding.severity !== 'error') ? { ...finding, unreached: true } : finding,
    ),
  ];
  return { accepted: decoded.length === 0 && !refused, findings };
}

/** Judges the Jobs and CronJobs among the items of a `kind: List`; paths are from each item's root. */
export function judgeItems(root: ManifestNode): JudgedItem[] {
  const items = isList(root) ? nodeAt(root, ['items']) : undefined;
  if (items?.kind !== 'sequence') return [];
  return items.items.flatMap((item, index) => {
    const judged = judgeDocument(item);
    return judged === null ? [] : [{ ...judged, item: index, root: item }];
  });
}

function judgeObject(kind: BatchKind, object: Job | CronJob): readonly ApiFinding[] {
  const report = new Report();
  if (kind === 'Job') checkJob(object as Job, report);
  else checkCronJob(object as CronJob, report);
  return report.findings;
}

/**
 * Tells which complaints merely follow from an earlier one: a field that did not decode, or stands there under a
 * misspelled name, is not missing besides.
 */
function echoesOf(decoded: readonly Finding[]): (path: FieldPath) => boolean {
  const lost = decoded.flatMap(({ type, path, fixes = [] }) => {
    if (type === 'Decoding') return [formatPath(path)];
    const renames = fixes.flatMap(({ edits }) => edits).filter((edit) => edit.kind === 'rename');
    return renames.map(({ name }) => formatPath([...path.slice(0, -1), name]));
  });
  return (path) => {
    const field = formatPath(path);
    return lost.some((each) => field === each || field.startsWith(`${each}.`) || field.startsWith(`${each}[`));
  };
}

/** Finds the place of what the server reports at a path that no manifest has. */
function placed({ shownAt, ...finding }: ApiFinding, root: ManifestNode): Finding {
  return shownAt === undefined ? finding : { ...finding, span: spanOf(root, shownAt) };
}
