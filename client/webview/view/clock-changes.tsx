import type { JSX } from 'preact';
import { changeInWords, type ClockChange } from '../model/clock-changes.ts';
import { wallClock } from '../model/cron-rows.ts';
import { Icon } from './icons.tsx';

/** Where the clocks change, a line of a list says what becomes of the times around. */
export function ClockChanges(props: { readonly changes: readonly ClockChange[]; readonly zone: string }): JSX.Element {
  return (
    <>
      {props.changes.map((change) => (
        <li key={change.at} class="clock-change">
          <Icon name="unfinished" size={14} /> {wallClock(change.at, props.zone)}: {changeInWords(change)}
        </li>
      ))}
    </>
  );
}
