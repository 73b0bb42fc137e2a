import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { cronReasons } from '../model/cron-reasons.ts';
import { wallClock } from '../model/cron-rows.ts';
import { formatCount, plural } from '../model/duration.ts';

const REASONS = 12;

/** Why the CronJob did what it did, with the field that decided it; nothing where all went by the schedule. */
export function CronReasons(props: {
  readonly cron: CronTimeline;
  readonly start: number;
  readonly zone: string;
  readonly onReveal: ((field: string) => void) | null;
}): JSX.Element | null {
  const { cron, start, zone, onReveal } = props;
  const reasons = useMemo(() => cronReasons(cron), [cron]);
  if (reasons.length === 0) return null;
  return (
    <section class="card">
      <h2>{l10n.t('Why')}</h2>
      {reasons.slice(0, REASONS).map(({ first: { t, text, field }, times }, position) => (
        <p key={position} class="why">
          <span class="muted">{wallClock(start + t, zone)}</span> {text}{' '}
          {field === undefined ? null : onReveal === null ? (
            <code>{field}</code>
          ) : (
            <button type="button" class="link" onClick={() => onReveal(field)}>
              {field}
            </button>
          )}
          {times === 1 ? null : <span class="muted"> {l10n.t('So {0} times in all.', formatCount(times))}</span>}
        </p>
      ))}
      {reasons.length > REASONS ? (
        <p class="muted">
          {l10n.t('and {0}.', plural(reasons.length - REASONS, l10n.t('{0} more reason'), l10n.t('{0} more reasons')))}
        </p>
      ) : null}
    </section>
  );
}
