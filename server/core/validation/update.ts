import { defaultCronJob, defaultJob } from '../kubernetes/defaults.ts';
import type { CronJob, Job, JobSpec, PodSpec, PodTemplateSpec } from '../kubernetes/generated/types.ts';
import { changedPaths, meansTheSame } from '../kubernetes/normal-form.ts';
import { SHAPES } from '../kubernetes/generated/shapes.ts';
import type { Shape } from '../kubernetes/shape.ts';
import { NEWEST, type KubernetesVersion } from '../kubernetes/versions.ts';
import type { FieldPath } from '../manifest/path.ts';
import { mergeChange } from '../manifest/merge-change.ts';
import { checkCronJob } from './cron-job.ts';
import type { BatchKind } from './identity.ts';
import { checkJobSpec } from './job-spec.ts';
import { checkLastPodName, withGeneratedSelector } from './job.ts';
import { checkLabelSelector, selectorMatches } from './label-selector.ts';
import { checkMetadata } from './metadata.ts';
import { Report, type ApiFinding } from './report.ts';
import { sayInstead } from './update-words.ts';

export const IMMUTABLE_RULE = 'api/immutable';

const SPEC: FieldPath = ['spec'];
const TEMPLATE: FieldPath = ['spec', 'template'];
const TEMPLATE_SHAPE: Shape = { type: 'object', ref: 'PodTemplateSpec' };

/** Fields that a Job keeps from its creation on; completions and the pod template have rules of their own. */
const IMMUTABLE_FIELDS = [
  'selector',
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
] as const satisfies readonly (keyof JobSpec)[];

/**
 * What the API server answers when a manifest is applied over the Job that was created from an earlier one: the errors
 * of the result, and what may not change. Fields that only the server set stay as they are. A Job whose earlier manifest
 * says `suspend: true` counts as suspended without active pods; then more of its template may change.
 *
 * (pkg/apis/batch/validation ValidateJobUpdate, pkg/registry/batch/job strategy.)
 */
export function judgeUpdate(before: Job, after: Job, version: KubernetesVersion = NEWEST): ApiFinding[] {
  const live = withGeneratedSelector(defaultJob(before));
  const next = defaultJob(mergeChange(live, before, after));
  const report = new Report();
  checkMetadata(next.metadata, report);
  checkJobSpec(next.spec ?? {}, SPEC, report);
  checkKeptSelector(next.spec ?? {}, report);
  checkLastPodName(next.spec ?? {}, next.metadata?.name ?? '', report);
  return [...report.findings, ...immutableFindings(live, next, after, version)];
}

/** The same for a CronJob: all of it may change, and what was always wrong may stay. */
export function judgeCronJobUpdate(before: CronJob, after: CronJob): ApiFinding[] {
  const live = defaultCronJob(before);
  const next = defaultCronJob(mergeChange(live, before, after));
  const report = new Report();
  checkCronJob(next, report);
  const zoneBefore = live.spec?.schedule?.includes('TZ') === true;
  const findings = report.findings.filter(({ path, type, message }) => {
    const field = path.map(String).join('.');
    // The limit of the name, and a zone in the schedule, matter when they are new.
    if (field === 'metadata.name') return !message.includes('must be no more than 52');
    if (field === 'spec.schedule') return !zoneBefore || !message.includes('TZ in schedule, use timeZone');
    return !(field === 'spec.timeZone' && live.spec?.timeZone === next.spec?.timeZone) || type === 'Warning';
  });
  if (!zoneBefore || next.spec?.schedule?.includes('TZ') !== true || next.spec.timeZone === undefined) return findings;
  const both = new Report();
  both.invalid(
    [...SPEC, 'schedule'],
    next.spec.schedule,
    'cannot use both timeZone field and TZ or CRON_TZ in schedule',
  );
  return [...findings, ...both.findings];
}

/** Either of them, by kind. */
export function judgeObjectUpdate(
  kind: BatchKind,
  before: Job | CronJob,
  after: Job | CronJob,
  version: KubernetesVersion = NEWEST,
): ApiFinding[] {
  return kind === 'Job'
    ? judgeUpdate(before as Job, after as Job, version)
    : judgeCronJobUpdate(before as CronJob, after as CronJob);
}

function checkKeptSelector(spec: JobSpec, report: Report): void {
  const place = [...SPEC, 'selector'];
  if (spec.selector === undefined) report.required(place);
  checkLabelSelector(spec.selector, place, report);
  const labels = spec.template?.metadata?.labels ?? {};
  if (selectorMatches(spec.selector, labels) === false)
    report.invalid([...TEMPLATE, 'metadata', 'labels'], labels, '`selector` does not match template `labels`');
}

function immutableFindings(live: Job, next: Job, after: Job, version: KubernetesVersion): ApiFinding[] {
  const was = live.spec ?? {};
  const is = next.spec ?? {};
  const findings: ApiFinding[] = [];
  const name = after.metadata?.name ?? '';
  const refuse = (path: FieldPath, changed: FieldPath, says: string): unknown =>
    findings.push({
      rule: IMMUTABLE_RULE,
      type: 'FieldValueInvalid',
      severity: 'error',
      path,
      shownAt: changed,
      ...sayInstead({ path, changed, says, name, suspended: was.suspend === true, version }),
    });
  if (is.completionMode === 'Indexed') {
    if (is.completions !== undefined && is.completions !== was.completions && is.completions !== is.parallelism)
      refuse(
        [...SPEC, 'completions'],
        [...SPEC, 'completions'],
        'can only be modified in tandem with spec.parallelism',
      );
  } else if (is.completions !== was.completions)
    refuse([...SPEC, 'completions'], [...SPEC, 'completions'], 'field is immutable');
  for (const field of IMMUTABLE_FIELDS) {
    const shape = SHAPES['JobSpec']!.fields[field]!;
    if (!meansTheSame(was[field], is[field], shape)) refuse([...SPEC, field], [...SPEC, field], 'field is immutable');
  }
  const template = templateRefusal(was, is, version);
  if (template !== null) refuse(template.path, template.changed, 'field is immutable');
  return findings;
}

/** Where the server refuses a change of the template, and the innermost field that changed; null when it takes it. */
function templateRefusal(was: JobSpec, is: JobSpec, { minor }: KubernetesVersion) {
  const suspended = was.suspend === true;
  const resources = suspended && minor >= RESOURCES_SINCE;
  const allowed = suspended ? withNewDirectives(was.template ?? {}, is.template ?? {}) : (was.template ?? {});
  if (!resources) {
    const [changed] = changedPaths(allowed, is.template ?? {}, TEMPLATE_SHAPE);
    return changed === undefined ? null : { path: TEMPLATE, changed: [...TEMPLATE, ...changed] };
  }
  // While resources may change, the server looks at nothing of the template but its spec.
  const path = [...TEMPLATE, 'spec'];
  const kept = withNewResources(allowed.spec ?? {}, is.template?.spec ?? {});
  const [changed] = changedPaths(kept, is.template?.spec ?? {}, { type: 'object', ref: 'PodSpec' });
  return changed === undefined ? null : { path, changed: [...path, ...changed] };
}

/** Minor of the version that first takes new resources of a suspended Job's containers. */
const RESOURCES_SINCE = 36;

/** The old template with what a suspended Job may change for the scheduler taken from the new one. */
function withNewDirectives(was: PodTemplateSpec, is: PodTemplateSpec): PodTemplateSpec {
  const { nodeSelector, tolerations, schedulingGates, affinity } = is.spec ?? {};
  const kept = was.spec?.affinity;
  const nodeAffinity = affinity?.nodeAffinity;
  const mixed = kept === undefined && affinity === undefined ? undefined : { ...kept, nodeAffinity };
  // An affinity of which nothing but its node part was there may go as a whole.
  const emptied = affinity === undefined && Object.values(mixed ?? {}).every((value) => value === undefined);
  return {
    ...was,
    metadata: { ...was.metadata, labels: is.metadata?.labels, annotations: is.metadata?.annotations },
    spec: { ...was.spec, nodeSelector, tolerations, schedulingGates, affinity: emptied ? undefined : mixed },
  };
}

/** The old pod with the resources of the new one's containers, where those are the same in number and name. */
function withNewResources(was: PodSpec, is: PodSpec): PodSpec {
  const taken = (field: 'containers' | 'initContainers') => {
    const [old, fresh] = [was[field] ?? [], is[field] ?? []];
    if (old.length !== fresh.length) return was[field];
    return old.map((container, at) =>
      container.name === fresh[at]?.name ? { ...container, resources: fresh[at]?.resources } : container,
    );
  };
  return { ...was, containers: taken('containers'), initContainers: taken('initContainers') };
}
