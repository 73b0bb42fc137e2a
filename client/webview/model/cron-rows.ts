import * as l10n from '@vscode/l10n';
import type { CronJob } from '../../../server/core/kubernetes/generated/types.ts';
import { zoneOffset } from '../../../server/core/kubernetes/time-zone.ts';
import type { CronRun, CronTimeline } from '../../../server/core/timeline/cron-timeline.ts';
import { dateLanguage } from './date-language.ts';
import { formatDuration } from './duration.ts';
import { nextSlots } from './cron-horizon.ts';

/** One scheduled time and what became of it. Times in seconds since the CronJob's creation. */
export interface CronRow {
  readonly slot: number;
  /** Position among the runs, and the run; null for a slot that made no Job. */
  readonly run: { readonly at: number; readonly run: CronRun } | null;
  readonly tone: 'succeeded' | 'failed' | 'running' | 'skipped' | 'gone';
  /** What became of it, in a few words. */
  readonly text: string;
  /** How many other Jobs were on when this one began. */
  readonly overlaps: number;
}

/** A Job made this much after its slot is called late, in seconds. */
const LATE = 5;
/** Rows beyond this would be a wall. */
export const MOST_ROWS = 200;

/** Every slot that came, with the Job that it made, in order. */
export function cronRows(cronJob: CronJob, zone: string, cron: CronTimeline): readonly CronRow[] {
  const start = Date.parse(cron.origin) / 1000;
  const made = new Map(cron.runs.map((run, at) => [Math.round(run.slot), { at, run }]));
  const slots = new Set(made.keys());
  for (const slot of nextSlots(cronJob, zone, start, MOST_ROWS)) {
    if (slot - start > cron.until) break;
    slots.add(Math.round(slot - start));
  }
  return [...slots]
    .sort((a, b) => a - b)
    .slice(0, MOST_ROWS)
    .map((slot, at, all) =>
      rowOf(slot, made.get(slot) ?? null, cron, whySkipped(cronJob, cron, slot, all[at + 1] ?? Infinity)),
    );
}

/** What became of a slot without a Job, as far as events tell. */
function whySkipped({ spec }: CronJob, { events, origin }: CronTimeline, slot: number, next: number): string {
  const missed = new Date(Date.parse(origin) + slot * 1000).toUTCString().replace('GMT', '+0000');
  if (events.some(({ reason, message }) => reason === 'MissSchedule' && message.endsWith(missed)))
    return l10n.t('skipped, its starting deadline passed');
  if (events.some(({ reason, t }) => reason === 'JobAlreadyActive' && t >= slot && t < next))
    return l10n.t('skipped, the Job before still ran');
  return spec?.suspend === true ? l10n.t('no Job, it is suspended') : l10n.t('no Job');
}

function rowOf(slot: number, made: CronRow['run'], cron: CronTimeline, skipped: string): CronRow {
  if (made === null) return { slot, run: null, tone: 'skipped', text: skipped, overlaps: 0 };
  const { run } = made;
  const overlaps = cron.runs.filter(
    (other) => other !== run && other.created < run.created && (endOfRun(other) ?? Infinity) > run.created,
  ).length;
  const late = run.created - slot;
  const parts = [outcomeOf(run, cron)];
  if (late >= LATE) parts.push(l10n.t('{0} late', formatDuration(late)));
  if (overlaps > 0) parts.push(overlaps === 1 ? l10n.t('overlaps one') : l10n.t('overlaps {0}', overlaps));
  return { slot, run: made, tone: toneOf(run), text: parts.join(', '), overlaps };
}

/** When a run was over, in seconds since the CronJob's creation; null while it goes on. */
export function endOfRun({ ended, deleted }: CronRun): number | null {
  return ended ?? deleted;
}

function toneOf({ end, deleted }: CronRun): CronRow['tone'] {
  if (end === null) return deleted === null ? 'running' : 'gone';
  return end.startsWith('Complete') ? 'succeeded' : 'failed';
}

function outcomeOf(run: CronRun, { explanations }: CronTimeline): string {
  const end = endOfRun(run);
  const lasted = formatDuration(end === null ? 0 : end - run.created);
  if (run.end === null && run.deleted !== null) {
    const replaced = explanations.some(({ text }) =>
      text.startsWith(`Job ${run.name} is deleted unfinished: the next`),
    );
    return replaced ? l10n.t('replaced after {0}', lasted) : l10n.t('deleted after {0}', lasted);
  }
  if (run.end === null) return l10n.t('still running');
  const [type = '', reason = ''] = run.end.split(':');
  return type === 'Complete' ? l10n.t('complete after {0}', lasted) : l10n.t('failed after {0}, {1}', lasted, reason);
}

/** A moment (seconds since 1970) as a wall clock in a zone: `Thu 1 Jan, 03:30 GMT+1`. */
export function wallClock(seconds: number, zone: string): string {
  try {
    return new Intl.DateTimeFormat(dateLanguage(), {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(seconds * 1000);
  } catch {
    return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  }
}

/** A moment (seconds since 1970) as the time of day in a zone: `03:30`. */
export function wallTime(seconds: number, zone: string): string {
  const local = seconds + zoneOffset(zone)(seconds);
  return new Date(local * 1000).toISOString().slice(11, 16);
}
