import * as l10n from '@vscode/l10n';
import type { ObservedCronJob } from '../../../server/core/timeline/observed-shapes.ts';
import { plural } from '../plural.ts';
import { kindPath, sayObject, type ObjectAddress, type Planned, type RawObject } from './change.ts';
import { nameWithEnding } from './job-name.ts';

/** Kubernetes' own default history limits. */
const HISTORY = { successful: 3, failed: 1 };

/**
 * The Job that `kubectl create job --from=cronjob/NAME` makes: the template as it is, with an annotation that says that
 * a person made it, owned by the CronJob. (kubectl/pkg/cmd/create/create_job.go, createJobFromCronJob.)
 *
 * @param raw the CronJob as the server sent it
 */
export function manualJob({ namespace, name }: ObjectAddress, uid: string, raw: RawObject, jobName: string): RawObject {
  const template = (raw['spec'] as { readonly jobTemplate?: RawObject } | undefined)?.jobTemplate ?? {};
  const { labels, annotations } = (template['metadata'] ?? {}) as Readonly<Record<string, RawObject | undefined>>;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName,
      namespace,
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...annotations },
      ...(labels === undefined ? {} : { labels }),
      // Without blockOwnerDeletion, which would take a right of its own.
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name, uid, controller: true }],
    },
    spec: template['spec'] ?? {},
  };
}

/**
 * Runs a CronJob now, beside its schedule.
 *
 * @param raw the CronJob as the server sent it
 * @param suffix makes the new Job's name unique: a few lower-case letters and digits
 */
export function planRunNow(address: ObjectAddress, cronJob: ObservedCronJob, raw: RawObject, suffix: string): Planned {
  const { spec, status, metadata } = cronJob;
  const jobName = nameWithEnding(address.name, `-manual-${suffix}`);
  const job = manualJob(address, metadata.uid, raw, jobName);
  const made: ObjectAddress = { kind: 'Job', namespace: address.namespace, name: jobName };
  const running = status?.active?.length ?? 0;
  const policy = spec?.concurrencyPolicy ?? 'Allow';
  const beside =
    running === 0 ? '' : ` ${plural(running, l10n.t('{0} run is active now.'), l10n.t('{0} runs are active now.'))}`;
  const { successfulJobsHistoryLimit: kept = HISTORY.successful, failedJobsHistoryLimit: failed = HISTORY.failed } =
    spec ?? {};
  return {
    title: l10n.t('Run {0} now', sayObject(address)),
    detail: [
      l10n.t('Creates {0}, as kubectl create job --from=cronjob/{1} does.', sayObject(made), address.name),
      ...(policy === 'Allow'
        ? beside === ''
          ? []
          : [beside.trim()]
        : [
            l10n.t(
              'concurrencyPolicy {0} does not count it: it neither waits for a run of the schedule nor holds the next one back.',
              policy,
            ) + beside,
          ]),
      l10n.t(
        'It takes a place in the CronJob’s history ({0} successful, {1} failed): an older Job may be deleted for it.',
        kept,
        failed,
      ),
      ...(spec?.suspend === true ? [l10n.t('The CronJob is suspended; this run takes place all the same.')] : []),
    ],
    button: l10n.t('Run Now'),
    changes: [{ method: 'POST', path: kindPath('Job', address.namespace), body: job }],
    done: l10n.t('{0} is created', sayObject(made)),
    undo: { changes: 'created', done: l10n.t('{0} is deleted again', sayObject(made)) },
  };
}
