import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { wallClock } from '../model/cron-rows.ts';
import { plural } from '../model/duration.ts';

const REASONS = 12;

/** Why the CronJob did what it did, with the field that decided it; nothing where all went by the schedule. */
export function CronReasons(props: {
  readonly cron: CronTimeline;
  readonly start: number;
  readonly zone: string;
  readonly onReveal: ((field: string) => void) | null;
}): JSX.Element | null {
  const { cron, start, zone, onReveal } = props;
  // That a slot makes a Job is what the rows show already.
  // The controller gives the same reason each time it looks: once is enough.
  const telling = useMemo(
    () =>
      [...new Map(cron.explanations.toReversed().map((each) => [each.text, each])).values()]
        .toReversed()
        .filter(({ field }) => field !== 'spec.schedule'),
    [cron],
  );
  if (telling.length === 0) return null;
  return (
    <section class="card">
      <h2>{l10n.t('Why')}</h2>
      {telling.slice(0, REASONS).map(({ t, text, field }, position) => (
        <p key={position} class="why">
          <span class="muted">{wallClock(start + t, zone)}</span> {text}{' '}
          {field === undefined ? null : onReveal === null ? (
            <code>{field}</code>
          ) : (
            <button type="button" class="link" onClick={() => onReveal(field)}>
              {field}
            </button>
          )}
        </p>
      ))}
      {telling.length > REASONS ? (
        <p class="muted">
          {l10n.t('and {0}.', plural(telling.length - REASONS, l10n.t('{0} more reason'), l10n.t('{0} more reasons')))}
        </p>
      ) : null}
    </section>
  );
}
