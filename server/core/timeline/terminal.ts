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

const LEAST_WIDTH = 40;
const MARGIN = 12;
/** Room for `peak 100000` behind the curve. */
const PEAK_WIDTH = 14;
const DEFAULT_ROWS = 40;
const BARS = ' ▁▂▃▄▅▆▇█';
/** What each sign of a row means, and which pods show it. */
const SIGNS: readonly (readonly [text: string, test: (pod: PodRun) => boolean])[] = [
  ['· pending', ({ created, started }) => started === null || started > created],
  ['━ running', ({ started }) => started !== null],
  ['╌ terminating', ({ deleting }) => deleting !== null],
  ['✓ succeeded', ({ phase }) => phase === 'Succeeded'],
  ['✗ failed', ({ phase }) => phase === 'Failed'],
];
const COLOURS = { green: '\u001b[32m', red: '\u001b[31m', yellow: '\u001b[33m', dim: '\u001b[2m', none: '\u001b[0m' };

/** Draws a timeline for a terminal: what happens over time, the conditions, why it ends. Ends with a line break. */
export function drawTerminal(timeline: Timeline, options: TerminalOptions): string {
  const width = Math.max(LEAST_WIDTH, options.width);
  const { outcome, sentence } = summarizeTimeline(timeline);
  const tone = outcome === 'Complete' ? 'green' : outcome === 'Failed' ? 'red' : 'yellow';
  const paint = painter(options.colour);
  const sections = [
    wrap(`${timeline.name}  ${sentence}`, width).map((line) => paint(tone, line)),
    [drawTerminalRows(timeline, options)],
    conditionLines(timeline, width),
    reasonLines(timeline, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The pods of a timeline alone: an axis, a row for each as far as there is room, and what the signs mean. */
export function drawTerminalRows(timeline: Timeline, options: TerminalOptions): string {
  const width = Math.max(LEAST_WIDTH, options.width);
  const until = axisEnd(timeline);
  const paint = painter(options.colour);
  const rows = rowsOf(timeline, until, options);
  const columns = width - MARGIN - (rows === null ? PEAK_WIDTH : 0);
  const lines = [
    paint('dim', axisLine(until, columns)),
    ...(rows === null
      ? [densityLine(timeline.pods, until, columns)]
      : rows.map(({ name, pods }) => `${label(name)}${podRow(pods, until, columns, paint)}`)),
    ...backoffLine(timeline, until, columns, paint),
  ];
  if (rows !== null) lines.push(...legendOf(timeline, width).map((line) => paint('dim', line)));
  return lines.join('\n');
}

interface Row {
  readonly name: string;
  readonly pods: readonly PodRun[];
}

/** A row for each pod, or as few as hold them all; null where even these are too many. */
function rowsOf(
  { pods }: Timeline,
  until: number,
  { rows = DEFAULT_ROWS, rowName = podLabel }: TerminalOptions,
): readonly Row[] | null {
  if (pods.length <= rows) return pods.map((pod) => ({ name: rowName(pod), pods: [pod] }));
  if (mostLiving(pods, until) > rows) return null;
  const lanes = packLanes(pods, until);
  return lanes.length > rows ? null : lanes.map((lane, at) => ({ name: `row ${at}`, pods: lane }));
}

function painter(colour: boolean): Paint {
  return (name, text) => (colour && text !== '' ? `${COLOURS[name]}${text}${COLOURS.none}` : text);
}

/** What those signs mean that can stand in the rows. */
function legendOf({ pods }: Timeline, width: number): string[] {
  const signs = SIGNS.filter(([, test]) => pods.some(test)).map(([text]) => text);
  return wrap(signs.join(', '), width);
}

/** When no pod was made because failures had to be waited out, for the Job as a whole. */
function backoffLine({ waits }: Timeline, until: number, columns: number, paint: Paint): string[] {
  const whole = waits.filter(({ index, from, until: end }) => index === null && end > from);
  if (whole.length === 0) return [];
  const cells = new Array<string>(columns).fill(' ');
  for (const wait of whole) cells.fill('┄', column(wait.from, until, columns), column(wait.until, until, columns) + 1);
  return [`${label('backoff')}${paint('dim', cells.join('').trimEnd())}`];
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
function densityLine(pods: readonly PodRun[], until: number, columns: number): string {
  const most = new Array<number>(columns).fill(0);
  const counts = livingPods(pods, until);
  counts.forEach(({ t, n }, at) => {
    const next = counts[at + 1];
    const to = next === undefined ? columns - 1 : column(next.t, until, columns);
    for (let cell = column(t, until, columns); cell <= to; cell++) most[cell] = Math.max(most[cell]!, n);
  });
  const peak = Math.max(1, ...most);
  const bars = most.map((n) => BARS[n === 0 ? 0 : Math.max(1, Math.round((n / peak) * (BARS.length - 1)))]!);
  return `${label('pods')}${bars.join('').trimEnd()}  peak ${peak}`;
}

/** The conditions in the order in which they came; a long one goes on below. */
function conditionLines(timeline: Timeline, width: number): string[] {
  const lines: string[] = [];
  let known: readonly string[] = [];
  for (const { t, status } of timeline.statuses) {
    if ('deleted' in status) {
      lines.push(`${label(sayDuration(t))}the Job is deleted`);
      continue;
    }
    for (const condition of status.conditions ?? [])
      if (!known.includes(condition))
        wrap(conditionInWords(condition), width - MARGIN).forEach((line, at) =>
          lines.push(`${label(at === 0 ? sayDuration(t) : '')}${line}`),
        );
    known = status.conditions ?? [];
  }
  return lines;
}

/** `Type=Status:Reason` as people write it. */
function conditionInWords(condition: string): string {
  const [, type = '', status = '', reason = ''] = /^([^=]*)=([^:]*):(.*)$/.exec(condition) ?? [];
  return `${type}${status === 'True' ? '' : ` is ${status}`}${reason === '' ? '' : ` (${reason})`}`;
}

/** Why it ended, or what it waits for. */
function reasonLines(timeline: Timeline, width: number): string[] {
  const why = timeline.explanations.findLast(
    ({ about }) =>
      about.kind === 'condition' && (about.type === 'FailureTarget' || about.type === 'SuccessCriteriaMet'),
  );
  if (why === undefined) return [];
  return [...wrap(`Why: ${why.text}${why.field === undefined || why.field === '' ? '' : ` (${why.field})`}`, width)];
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
  return (line === '' ? lines : [...lines, line]).map((each) => each.trimEnd());
}
