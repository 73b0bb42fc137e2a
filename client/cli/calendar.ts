import { readFile } from 'node:fs/promises';
import { calendarOf, type Calendar, type CalendarEntry } from '../../server/core/forecast/calendar.ts';
import { countOf } from '../../server/core/forecast/words.ts';
import { sayDuration } from '../../server/core/kubernetes/duration-words.ts';
import { sayTime } from '../../server/core/kubernetes/next-runs.ts';
import { isTimeZone } from '../../server/core/kubernetes/time-zone.ts';
import {
  readCronJob,
  readJob,
  type ObservedCronJob,
  type ObservedJob,
} from '../../server/core/timeline/observed-shapes.ts';
import { readArguments } from './arguments.ts';
import { connectTo, sayProblem, type ClusterChoice } from './cluster-options.ts';
import { CALENDAR_OPTIONS } from './command-table.ts';
import { decodeText } from './decode-text.ts';
import { CommandError, DONE, type Command, type Io } from './io.ts';
import { plain } from './plain.ts';
import { itemsOf, kindOf, parseObjects } from './why-input.ts';

/** What a calendar is made from, and whose it is. */
interface Found {
  readonly cronJobs: readonly ObservedCronJob[];
  readonly jobs: readonly ObservedJob[];
  readonly now: number;
  readonly whose: string;
}

/** Says when the CronJobs of a namespace run next, which start together, and the most pods at once. */
export const run: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, CALENDAR_OPTIONS);
  if (positionals.length > 1) throw new CommandError('calendar reads one thing: -, a file, or the cluster');
  const zone = values.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(zone)) throw new CommandError(`--zone ${zone}: a time zone such as Europe/Berlin was expected`);
  const hours = Number(values.hours);
  if (!Number.isInteger(hours) || hours < 1 || hours > MOST_HOURS)
    throw new CommandError(`--hours ${values.hours}: a number from 1 to ${MOST_HOURS} was expected`);
  const [file] = positionals;
  const found = file === undefined ? await readLive(values, io) : await readObjects(file, io);
  const calendar = calendarOf({ ...found, hours });
  await io.write(
    values.format === 'json' ? `${JSON.stringify(calendar, undefined, 2)}\n` : asText(calendar, found.whose, zone),
  );
  return DONE;
};

const MOST_HOURS = 24 * 31;

async function readObjects(file: string, io: Io): Promise<Found> {
  let text: string;
  try {
    text = decodeText(file === '-' ? await io.read() : await readFile(file));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new CommandError(code === 'ENOENT' ? `${file}: no such file` : `cannot read ${file} (${code})`);
  }
  const source = file === '-' ? 'standard input' : file;
  const items = itemsOf(parseObjects(text, source, WANTED));
  const read = <T>(kind: string, as: (raw: unknown) => T | null): T[] =>
    items.filter((item) => kindOf(item) === kind).flatMap((item) => as(item) ?? []);
  const cronJobs = read('CronJob', readCronJob);
  if (cronJobs.length === 0) throw new CommandError(`${source} holds no CronJob; expected is ${WANTED}`);
  return { cronJobs, jobs: read('Job', readJob), now: Date.now(), whose: source };
}

const WANTED = 'kubectl get cronjobs,jobs -o json';

async function readLive(choice: ClusterChoice, io: Io): Promise<Found> {
  const { readNamespace } = await import('../cluster/cluster.ts');
  const { connection, reference } = await connectTo('', choice, io);
  try {
    const { namespace } = reference;
    const read = await readNamespace(connection, namespace, new AbortController().signal);
    if (!read.ok) throw new CommandError(sayProblem(read.problem));
    for (const problem of read.value.problems) await io.complain(`jobwright: ${plain(sayProblem(problem))}\n`);
    return { ...read.value, now: connection.transport.now(), whose: `${namespace} on ${connection.context}` };
  } finally {
    connection.close();
  }
}

function asText(calendar: Calendar, whose: string, zone: string): string {
  const { entries, from, until, peak, collisions, cut } = calendar;
  if (entries.length === 0) return `There are no CronJobs in ${plain(whose)}.\n`;
  const runs = entries.reduce((sum, entry) => sum + entry.runs.length, 0);
  const head = [
    `${countOf(entries.length, 'CronJob', 'CronJobs')} of ${whose}; in the next ${Math.round((until - from) / 3600)} h ${cut ? 'more than ' : ''}${countOf(runs, 'run', 'runs')}. Times are of ${zone}.`,
    ...(peak === null
      ? []
      : [`At most ${countOf(peak.pods, 'pod', 'pods')} at once, ${sayTime(peak.at, zone)}: ${peak.names.join(', ')}.`]),
  ];
  const together = collisions.map(
    ({ names, times, pods }) =>
      `${names.join(', ')}: ${countOf(pods, 'pod', 'pods')}, ${sayTime(times[0] ?? 0, zone)}${times.length === 1 ? '' : ` and ${times.length - 1} more`}`,
  );
  const lines = [...head, '', ...columns([HEADINGS, ...entries.map((entry) => cells(entry, from, zone))])].map(plain);
  const below =
    together.length === 0 ? [] : ['', 'Start within the same minute:', ...together.map((one) => `  ${plain(one)}`)];
  return `${[...lines, ...below].join('\n')}\n`;
}

const HEADINGS = ['NEXT', 'IN', 'CRONJOB', 'SCHEDULE', 'ZONE', 'RUNS', 'PODS', 'USUALLY', 'LAST SUCCESS'];

function cells(entry: CalendarEntry, from: number, zone: string): string[] {
  const { name, schedule, next, suspended, readable, runs, pods, usual, lastSuccess, late } = entry;
  const never = suspended ? 'suspended' : readable ? 'never' : 'unreadable';
  return [
    next === null ? never : sayTime(next, zone),
    next === null ? '' : sayDuration(next - from),
    name,
    schedule,
    entry.zone,
    String(runs.length),
    String(pods),
    usual === null ? '' : sayDuration(Math.round(usual)),
    lastSuccess === null ? '' : `${sayDuration(Math.floor(lastSuccess))} ago${late ? ', late' : ''}`,
  ];
}

/** Rows with their cells below each other. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, place) => Math.max(...rows.map((row) => row[place]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, place) => cell.padEnd(widths[place] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
