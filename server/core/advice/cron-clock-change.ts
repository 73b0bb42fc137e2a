import { parseCron, type FieldSchedule } from '../kubernetes/cron.ts';
import { isTimeZone, zoneOffset } from '../kubernetes/time-zone.ts';
import type { AdviceRule } from './rule.ts';

/** The year by whose clock changes a zone is judged: rules change seldom, and advice needs no clock. */
const YEAR_START = Date.UTC(2026, 0, 1) / 1000;
const HOUR = 3600;
const HOURS_OF_YEAR = 365 * 24;

export const CRON_CLOCK_CHANGE: AdviceRule = {
  id: 'advice/cron-clock-change',
  title: 'Schedule within the hour of a clock change',
  why: 'When clocks go forward an hour is left out, and what is due in it does not run that day. When they go back an hour comes twice, and so does what is due in it. Another hour, or the time zone Etc/UTC, avoids both.',
  severity: 'information',
  group: 'reliability',
  fixable: false,
  judgeCronJob({ spec }) {
    const zone = spec?.timeZone;
    const cron = parseCron(spec?.schedule ?? '');
    if (zone === undefined || !isTimeZone(zone) || 'problem' in cron || cron.kind !== 'fields') return [];
    // What runs every few hours anyway does not mind.
    if (cron.hour.values.size > 3) return [];
    const { skipped, repeated } = clockChanges(zone);
    const never = firstWithin(cron, skipped);
    const twice = firstWithin(cron, repeated);
    if (never === null && twice === null) return [];
    const parts = [
      ...(never === null ? [] : [`${never} does not exist on the day when clocks go forward, so that run is left out`]),
      ...(twice === null ? [] : [`${twice} comes twice when they go back, and so does the run`]),
    ];
    return [{ path: ['spec', 'schedule'], message: `In ${zone} ${parts.join('; ')}.` }];
  },
};

/** Minutes of the day, from and until, that a zone leaves out or repeats. */
interface ClockChanges {
  readonly skipped: readonly (readonly [from: number, until: number])[];
  readonly repeated: readonly (readonly [from: number, until: number])[];
}

const KNOWN = new Map<string, ClockChanges>();

function clockChanges(zone: string): ClockChanges {
  const known = KNOWN.get(zone);
  if (known !== undefined) return known;
  const offset = zoneOffset(zone);
  const skipped: [number, number][] = [];
  const repeated: [number, number][] = [];
  // Clocks change twice a year at most: look day by day, then hour by hour where the offset differs.
  for (let hour = 0; hour < HOURS_OF_YEAR; hour += 24) {
    if (offset(YEAR_START + hour * HOUR) === offset(YEAR_START + (hour + 24) * HOUR)) continue;
    for (let at = hour; at < hour + 24; at++) {
      const before = offset(YEAR_START + at * HOUR);
      const after = offset(YEAR_START + (at + 1) * HOUR);
      if (before === after) continue;
      const change = YEAR_START + (at + 1) * HOUR;
      const minute = (shift: number): number => Math.floor((((change + shift) % 86_400) + 86_400) % 86_400) / 60;
      if (after > before) skipped.push([minute(before), minute(before) + (after - before) / 60]);
      else repeated.push([minute(after), minute(after) + (before - after) / 60]);
    }
  }
  const changes = { skipped, repeated };
  KNOWN.set(zone, changes);
  return changes;
}

/** The first time of day (`02:30`) of a schedule that lies within one of the stretches, or null. */
function firstWithin({ hour, minute }: FieldSchedule, stretches: ClockChanges['skipped']): string | null {
  for (const h of hour.values)
    for (const m of minute.values)
      if (stretches.some(([from, until]) => h * 60 + m >= from && h * 60 + m < until))
        return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
  return null;
}
