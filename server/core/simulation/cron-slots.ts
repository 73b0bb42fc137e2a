import type { CronSchedule } from '../kubernetes/cron.ts';
import { nextRun } from '../kubernetes/cron-times.ts';

/** What the CronJob controller knows when it looks for the slot to run. Times are seconds since 1970, with fractions. */
export interface SlotQuestion {
  readonly times: ScheduleTimes;
  /** When the CronJob was created, in whole seconds. */
  readonly created: number;
  readonly lastSchedule: number | null;
  /** Null: unset, or not to be considered. */
  readonly startingDeadlineSeconds: number | null;
  readonly now: number;
}

export interface SlotAnswer {
  /** From where slots were looked for. */
  readonly earliest: number;
  /** The slot to run: the latest that has come; null when none has. */
  readonly slot: number | null;
  /** How many slots have come, by the rough count of the controller. */
  readonly missed: number;
  /** The schedule never runs, so nothing can be said. */
  readonly invalid: boolean;
}

/** A schedule that finds no time gives the beginning of time, as the server's library does. */
const NEVER = -62_135_596_800;
/** With more missed slots than this the controller warns. */
export const MANY_MISSED = 100;

/** The times of one schedule in one zone. */
export interface ScheduleTimes {
  /** The first time after a moment (seconds since 1970). */
  next(after: number): number;
}

/** Between two slots the controller asks for the same times again and again: so many answers are kept. */
const KEPT_ANSWERS = 64;

/** The times of a schedule. */
export function scheduleTimes(schedule: CronSchedule, zone: string): ScheduleTimes {
  const known = new Map<number, number>();
  return {
    next(after) {
      const second = Math.floor(after);
      let answer = known.get(second);
      if (answer === undefined) {
        answer = nextRun(schedule, second, zone) ?? NEVER;
        if (known.size >= KEPT_ANSWERS) known.clear();
        known.set(second, answer);
      }
      return answer;
    },
  };
}

/**
 * The most recent slot that has come since the last one that ran (or the CronJob's creation), within the starting
 * deadline. With several missed, the controller estimates their number from the distance of the first two, jumps near
 * the last and walks on from there: only the latest slot ever runs.
 */
export function mostRecentSlot(question: SlotQuestion): SlotAnswer {
  const { now, startingDeadlineSeconds, times } = question;
  let earliest = question.lastSchedule ?? question.created;
  if (startingDeadlineSeconds !== null) earliest = Math.max(earliest, now - startingDeadlineSeconds);
  const first = times.next(earliest);
  const second = times.next(first);
  if (now < first) return { earliest, slot: null, missed: 0, invalid: false };
  if (now < second) return { earliest, slot: first, missed: 0, invalid: false };
  const between = Math.round(second - first);
  if (between < 1) return { earliest, slot: null, missed: 0, invalid: true };
  const missed = Math.floor(Math.floor(now - first) / between) + 1;
  let slot: number | null = null;
  for (let at = times.next(first + (missed - 2) * between); at <= now && at > NEVER; at = times.next(at)) slot = at;
  return { earliest, slot, missed, invalid: false };
}

/** When to look again, in seconds since 1970: the slot after the most recent one, whatever the starting deadline. */
export function nextSlot(question: SlotQuestion): number {
  const { earliest, slot, missed, invalid } = mostRecentSlot({ ...question, startingDeadlineSeconds: null });
  const from = invalid ? question.now : (slot ?? (missed === 0 ? earliest : question.now));
  return question.times.next(from);
}
