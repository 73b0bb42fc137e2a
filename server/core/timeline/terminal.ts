import { sayDuration } from '../kubernetes/duration-words.ts';
import { axisEnd, axisTicks } from './axis.ts';
import { livingPods, mostLiving, packLanes } from './lanes.ts';
import { summarizeTimeline } from './summary.ts';
import type { PodRun, Timeline } from './timeline.ts';

export interface TerminalOptions {
  /** Columns to draw in; at least 40. */
  readonly width: number;
  /** Use the terminal's colours. */
  readonly colour: boolean;
  /** Rows for pods at most; more pods share rows, and beyond that only their number is drawn. */
  readonly rows?: number;
  /** What a row of one pod is called; `pod 3`, `idx 2/1` where not given. */
  readonly rowName?: (pod: PodRun) => string;
}

const MARGIN = 12;
/** Room for `peak 100000` behind the curve. */
const PEAK_WIDTH = 14;
const DEFAULT_ROWS = 40;
const BARS = ' ▁▂▃▄▅▆▇█';
const LEGEND = '· pending, ━ running, ╌ terminating, ✓ succeeded, ✗ failed';
const COLOURS = { green: '\u001b[32m', red: '\u001b[31m', yellow: '\u001b[33m', dim: '\u001b[2m', none: '\u001b[0m' };

/** Draws a timeline for a terminal: what happens over time, the conditions, why it ends. Ends with a line break. */
export function drawTerminal(timeline: Timeline, options: TerminalOptions): string {
  const width = Math.max(40, options.width);
  const columns = width - MARGIN;
  const until = axisEnd(timeline);
  const paint = (colour: keyof typeof COLOURS, text: string): string =>
    options.colour ? `${COLOURS[colour]}${text}${COLOURS.none}` : text;
  const { outcome, sentence } = summarizeTimeline(timeline);
  const tone = outcome === 'Complete' ? 'green' : outcome === 'Failed' ? 'red' : 'yellow';
  const lines = [
    ...wrap(`${timeline.name}  ${sentence}`, width).map((line) => paint(tone, line)),
    '',
    paint('dim', axisLine(until, columns)),
    ...podLines(timeline, until, columns, options, paint),
  ];
  if (timeline.pods.length > 0) lines.push(...wrap(LEGEND, width).map((line) => paint('dim', line)));
  lines.push('', ...conditionLines(timeline).map((line) => line.slice(0, width)), ...reasonLines(timeline, width));
  return `${lines.join('\n')}\n`;
}

type Paint = (colour: keyof typeof COLOURS, text: string) => string;

function column(t: number, until: number, columns: number): number {
  return Math.min(columns - 1, Math.max(0, Math.floor((t / until) * (columns - 1))));
}

function axisLine(until: number, columns: number): string {
  const line = new Array<string>(columns).fill(' ');
  let free = 0;
  for (const tick of axisTicks(until, Math.floor(columns / 10))) {
    const label = sayDuration(tick);
    const at = Math.min(column(tick, until, columns), columns - label.length);
    if (at < free) continue;
    for (let offset = 0; offset < label.length; offset++) line[at + offset] = label[offset]!;
    free = at + label.length + 1;
  }
  return ' '.repeat(MARGIN) + line.join('').trimEnd();
}

function podLines(
  { pods }: Timeline,
  until: number,
  columns: number,
  { rows = DEFAULT_ROWS, rowName = podLabel }: TerminalOptions,
  paint: Paint,
): string[] {
  if (pods.length <= rows) return pods.map((pod) => `${label(rowName(pod))}${podRow([pod], until, columns, paint)}`);
  if (mostLiving(pods, until) > rows) return densityLines(pods, until, columns);
  const lanes = packLanes(pods, until);
  if (lanes.length <= rows)
    return lanes.map((lane, at) => `${label(`row ${at}`)}${podRow(lane, until, columns, paint)}`);
  return densityLines(pods, until, columns);
}

function podLabel({ ordinal, index, attempt }: PodRun): string {
  if (index === null) return `pod ${ordinal}`;
  return attempt === 0 ? `idx ${index}` : `idx ${index}/${attempt}`;
}

function label(text: string): string {
  return text.slice(0, MARGIN - 1).padEnd(MARGIN);
}

function podRow(pods: readonly PodRun[], until: number, columns: number, paint: Paint): string {
  const cells = new Array<string>(columns).fill(' ');
  for (const pod of pods) {
    const ended = pod.phase === 'Succeeded' || pod.phase === 'Failed' || pod.finished !== null;
    const from = column(pod.created, until, columns);
    const to = column(pod.finished ?? until, until, columns);
    const started = pod.started === null ? Infinity : column(pod.started, until, columns);
    const deleting = pod.deleting === null ? Infinity : column(pod.deleting, until, columns);
    for (let at = from; at <= to; at++)
      cells[at] = at >= deleting ? paint('dim', '╌') : at >= started ? paint('green', '━') : paint('yellow', '·');
    if (ended) cells[to] = pod.phase === 'Succeeded' ? paint('green', '✓') : paint('red', '✗');
  }
  return cells.join('').trimEnd();
}

/** Too many for rows: how many pods live at each moment, as bars. */
function densityLines(pods: readonly PodRun[], until: number, width: number): string[] {
  const columns = width - PEAK_WIDTH;
  const most = new Array<number>(columns).fill(0);
  const counts = livingPods(pods, until);
  counts.forEach(({ t, n }, at) => {
    const next = counts[at + 1];
    const to = next === undefined ? columns - 1 : column(next.t, until, columns);
    for (let cell = column(t, until, columns); cell <= to; cell++) most[cell] = Math.max(most[cell]!, n);
  });
  const peak = Math.max(1, ...most);
  const bars = most.map((n) => BARS[n === 0 ? 0 : Math.max(1, Math.round((n / peak) * (BARS.length - 1)))]!);
  return [`${label('pods')}${bars.join('').trimEnd()}  peak ${peak}`];
}

function conditionLines(timeline: Timeline): string[] {
  const lines: string[] = [];
  let known: readonly string[] = [];
  for (const { t, status } of timeline.statuses) {
    if ('deleted' in status) {
      lines.push(`${label(sayDuration(t))}the Job is deleted`);
      continue;
    }
    for (const condition of status.conditions ?? [])
      if (!known.includes(condition)) lines.push(`${label(sayDuration(t))}${condition}`);
    known = status.conditions ?? [];
  }
  return lines;
}

/** Why it ended, or what it waits for. */
function reasonLines(timeline: Timeline, width: number): string[] {
  const why = timeline.explanations.findLast(
    ({ about }) =>
      about.kind === 'condition' && (about.type === 'FailureTarget' || about.type === 'SuccessCriteriaMet'),
  );
  if (why === undefined) return [];
  return [
    '',
    ...wrap(`Why: ${why.text}${why.field === undefined || why.field === '' ? '' : ` (${why.field})`}`, width),
  ];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
