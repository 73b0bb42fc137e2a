import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { type CronRow, wallClock } from '../model/cron-rows.ts';

/** The calendar's text form, for screen readers. */
export function CronTable(props: {
  readonly rows: readonly CronRow[];
  readonly start: number;
  readonly zone: string;
}): JSX.Element {
  return (
    <div class="heard">
      <table>
        <caption>{l10n.t('Scheduled times and what became of them, {0}', props.zone)}</caption>
        <thead>
          <tr>
            <th scope="col">{l10n.t('Scheduled')}</th>
            <th scope="col">Job</th>
            <th scope="col">{l10n.t('Outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map(({ slot, run, text }) => (
            <tr key={slot}>
              <th scope="row">{wallClock(props.start + slot, props.zone)}</th>
              <td>{run?.run.name ?? l10n.t('none')}</td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
