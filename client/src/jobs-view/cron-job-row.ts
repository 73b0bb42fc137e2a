import * as l10n from '@vscode/l10n';
import { sayDuration } from '../../../server/core/kubernetes/duration-words.ts';
import { nextRuns, sayTime } from '../../../server/core/kubernetes/next-runs.ts';
import { jobState } from '../../../server/core/timeline/job-state.ts';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { stampMilliseconds } from '../../../server/core/timeline/observed-time.ts';
import { ago, BAD, type Row } from './row.ts';

/**
 * @param jobs its Jobs, the youngest first
 * @param listed whether CronJobs could be listed: one that is missing from the list was deleted
 */
export function cronJobRow(
  name: string,
  cronJob: ObservedCronJob | null,
  jobs: readonly ObservedJob[],
  listed: boolean,
  now: number,
): Row {
  if (cronJob === null) {
    const why = listed ? l10n.t('deleted; its Jobs are left') : l10n.t('only its Jobs may be seen');
    return { label: name, description: why, icon: { name: 'calendar' }, tooltip: [`CronJob ${name}: ${why}.`] };
  }
  const { spec, status, metadata } = cronJob;
  const suspended = spec?.suspend === true;
  const last = stampMilliseconds(status?.lastScheduleTime);
  const success = stampMilliseconds(status?.lastSuccessfulTime);
  const since = last ?? stampMilliseconds(metadata.creationTimestamp) ?? now;
  const next = nextRuns(spec ?? {}, now, 1, since);
  const at = next?.at[0];
  const failed = jobs[0] !== undefined && jobState(jobs[0]) === 'Failed';
  const succeeded =
    success === null ? l10n.t('no success yet') : l10n.t('last success {0}', ago((now - success) / 1000));
  const comes =
    next === null
      ? l10n.t('its schedule cannot be read')
      : at === undefined
        ? l10n.t('never runs')
        : l10n.t('next in {0}', sayDuration(Math.floor(at - now / 1000)));
  return {
    label: name,
    description: [
      spec?.schedule ?? '',
      suspended ? 'Suspended' : comes,
      ...(failed ? [l10n.t('the last run failed')] : []),
      succeeded,
    ].join(' · '),
    icon: { name: 'calendar', ...(failed ? { color: BAD } : {}) },
    tooltip: [
      suspended
        ? l10n.t('CronJob {0}/{1}: Suspended, no run is started', metadata.namespace ?? '', name)
        : `CronJob ${metadata.namespace ?? ''}/${name}`,
      `${spec?.schedule ?? ''}, ${spec?.timeZone ?? l10n.t('on the clock of the controller, mostly UTC')}`,
      ...(at === undefined || next === null || suspended
        ? []
        : [l10n.t('Next run: {0} ({1})', sayTime(at, next.zone), next.zone)]),
      success === null
        ? l10n.t('No run has succeeded yet.')
        : l10n.t('Last success: {0}', status?.lastSuccessfulTime ?? ''),
      l10n.t('Running now: {0}', status?.active?.length ?? 0),
    ],
  };
}
