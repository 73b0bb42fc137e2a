import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { formatCount, formatDuration } from '../model/duration.ts';
import { lastStatus, statusAt } from '../model/status-at.ts';
import { summarise } from '../model/summary.ts';

/** The plan beside what happened: the open manifest, simulated with its scenario file. */
export function PlanCard(props: {
  readonly planned: Timeline;
  readonly actual: Timeline;
  /** Where the plan comes from. */
  readonly from: string;
  /** The playhead, in seconds; infinite where it follows the end. */
  readonly t: number;
  /** Whether its pods are drawn in the picture, too. */
  readonly drawn: boolean;
}): JSX.Element {
  const { planned, actual, from } = props;
  const t = Math.min(props.t, actual.end === null ? actual.until : Infinity);
  const [plan, run] = [summarise(planned), summarise(actual)];
  const ended = run.tone !== 'running';
  const rows: readonly (readonly [string, string, string])[] = [
    [l10n.t('End'), endOf(plan), ended ? endOf(run) : l10n.t('goes on')],
    [
      l10n.t('Time'),
      formatDuration(plan.seconds),
      ended ? formatDuration(run.seconds) : l10n.t('{0} so far', formatDuration(run.seconds)),
    ],
    [l10n.t('Succeeded by now'), succeededAt(planned, t), succeededAt(actual, t)],
    ['Pods', formatCount(plan.pods), formatCount(run.pods)],
    [l10n.t('Failures'), formatCount(plan.failures), formatCount(run.failures)],
    [l10n.t('Retries'), formatCount(plan.retries), formatCount(run.retries)],
    [l10n.t('Peak'), formatCount(plan.peak), formatCount(run.peak)],
  ];
  return (
    <section class="card details">
      <h2>{l10n.t('Plan and actual')}</h2>
      <table class="plan">
        <thead>
          <tr>
            <td />
            <th scope="col">{l10n.t('Plan')}</th>
            <th scope="col">{l10n.t('Actual')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, wanted, is]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{wanted}</td>
              <td class={wanted === is ? '' : 'differs'}>{is}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        {props.drawn
          ? l10n.t('The plan is {0}, simulated. Dashed outlines show where its pods would be.', from)
          : l10n.t('The plan is {0}, simulated.', from)}
      </p>
    </section>
  );
}

function endOf({ headline, reason }: ReturnType<typeof summarise>): string {
  return reason === '' ? headline : `${headline}, ${reason}`;
}

function succeededAt(timeline: Timeline, t: number): string {
  const status = t === Infinity ? lastStatus(timeline) : statusAt(timeline, t);
  return status === null || status === 'deleted' ? '0' : formatCount(status.succeeded);
}
