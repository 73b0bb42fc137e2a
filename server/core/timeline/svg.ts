import { escapeMarkup } from './markup.ts';
import { sayDuration } from '../kubernetes/duration-words.ts';
import { axisEnd, axisTicks } from './axis.ts';
import { livingPods, mostLiving, packLanes } from './lanes.ts';
import { summarizeTimeline } from './summary.ts';
import type { PodRun, Timeline } from './timeline.ts';
import { seenParts, unseenStretches } from './unseen.ts';

export interface SvgOptions {
  /** Pixels; 800 where not given. */
  readonly width?: number;
  /** Rows for pods at most; more pods share rows, and beyond that only their number is drawn. */
  readonly rows?: number;
  /** What a row of one pod is called; `pod 3`, `index 2` where not given. */
  readonly rowName?: (pod: PodRun) => string;
  /** What stands under the name; the timeline's summary where not given. */
  readonly sentence?: string;
}

const LEFT = 64;
const RIGHT = 16;
const TOP = 64;
const ROW = 16;
const BAR = 11;
const DEFAULT_ROWS = 60;
const DENSITY_HEIGHT = 120;
/** Colours that read on light and on dark ground alike. */
const COLOUR = {
  pending: '#9a9fa8',
  running: '#3b82c4',
  succeeded: '#2e9e5b',
  failed: '#d1493f',
  unfinished: '#c08a1e',
  terminating: '#8a6fb8',
  waiting: '#c08a1e',
  text: '#7a7f87',
  grid: '#9a9fa84d',
};

interface Canvas {
  readonly until: number;
  readonly width: number;
  /** What nobody observed: nothing is drawn there. */
  readonly gaps: ReturnType<typeof unseenStretches>;
}

function x(t: number, { until, width }: Canvas): number {
  return LEFT + (Math.min(Math.max(t, 0), until) / until) * (width - LEFT - RIGHT);
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Draws a timeline as an SVG picture of its own, fit for a README: no script, no outside font or style. */
export function drawSvg(timeline: Timeline, options: SvgOptions = {}): string {
  const width = Math.max(320, options.width ?? 800);
  const until = axisEnd(timeline);
  const canvas: Canvas = { until, width, gaps: unseenStretches(timeline, until) };
  const body = podRows(timeline, canvas, options);
  const waits = backoffRow(timeline, canvas, body.height);
  const drawn = body.height + (waits.length === 0 ? 0 : ROW);
  const height = TOP + drawn + 34;
  const summary = summarizeTimeline(timeline);
  const { sentence = summary.sentence } = options;
  const { outcome } = summary;
  const tone = outcome === 'Complete' ? COLOUR.succeeded : outcome === 'Failed' ? COLOUR.failed : COLOUR.unfinished;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="11">`,
    `<title>${escapeMarkup(`${timeline.name}: ${sentence}`)}</title>`,
    `<text x="${RIGHT}" y="20" font-size="14" font-weight="600" fill="${COLOUR.text}">${escapeMarkup(shortened(timeline.name, width / 9))}</text>`,
    `<text x="${RIGHT}" y="38" fill="${tone}">${escapeMarkup(shortened(sentence, (width - 2 * RIGHT) / 5.6))}</text>`,
    ...axis(canvas, drawn),
    ...gapMarks(canvas, drawn),
    ...body.parts,
    ...waits,
    ...endMark(timeline, canvas, drawn, tone),
    ...(body.dense ? [] : legend(timeline, waits.length > 0, height - 10)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function shortened(text: string, letters: number): string {
  const most = Math.floor(letters);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

function axis(canvas: Canvas, height: number): string[] {
  return axisTicks(canvas.until, Math.floor((canvas.width - LEFT - RIGHT) / 70)).flatMap((tick) => {
    const at = number(x(tick, canvas));
    const anchor = x(tick, canvas) > canvas.width - 40 ? 'end' : 'middle';
    return [
      `<line x1="${at}" y1="${TOP - 4}" x2="${at}" y2="${TOP + height}" stroke="${COLOUR.grid}"/>`,
      `<text x="${at}" y="${TOP - 7}" text-anchor="${anchor}" fill="${COLOUR.text}">${sayDuration(tick)}</text>`,
    ];
  });
}

interface Body {
  readonly parts: string[];
  readonly height: number;
  /** Only how many pods there are is drawn. */
  readonly dense: boolean;
}

function podRows({ pods }: Timeline, canvas: Canvas, { rows = DEFAULT_ROWS, rowName = podName }: SvgOptions): Body {
  const single = pods.length <= rows;
  if (!single && mostLiving(pods, canvas.until) > rows) return density(pods, canvas);
  const lanes = single ? pods.map((pod) => [pod]) : packLanes(pods, canvas.until);
  if (lanes.length > rows) return density(pods, canvas);
  const parts = lanes.flatMap((lane, row) => {
    const top = TOP + row * ROW + (ROW - BAR) / 2;
    const name = single ? escapeMarkup(rowName(lane[0]!)) : `row ${row}`;
    const text = `<text x="${LEFT - 6}" y="${number(top + BAR - 2)}" text-anchor="end" fill="${COLOUR.text}">${name}</text>`;
    return [text, ...lane.flatMap((pod) => podBars(pod, top, canvas))];
  });
  return { parts, height: Math.max(1, lanes.length) * ROW, dense: false };
}

function podName({ ordinal, index, attempt }: PodRun): string {
  if (index === null) return `pod ${ordinal}`;
  return attempt === 0 ? `index ${index}` : `${index}, try ${attempt}`;
}

function podBars(pod: PodRun, top: number, canvas: Canvas): string[] {
  const end = pod.finished ?? canvas.until;
  const stop = Math.min(pod.deleting ?? end, end);
  const start = Math.min(pod.started ?? stop, stop);
  const colour = pod.phase === 'Succeeded' ? COLOUR.succeeded : pod.phase === 'Failed' ? COLOUR.failed : COLOUR.running;
  const bar = (since: number, till: number, fill: string, opacity: number): string[] =>
    seenParts({ from: since, until: till }, canvas.gaps).map(({ from, until }) => {
      const width = x(until, canvas) - x(from, canvas);
      return `<rect x="${number(x(from, canvas))}" y="${number(top)}" width="${number(Math.max(width, 1))}" height="${BAR}" rx="2" fill="${fill}" fill-opacity="${opacity}"/>`;
    });
  return [
    ...bar(pod.created, start, COLOUR.pending, 0.6),
    ...bar(start, stop, colour, 1),
    ...bar(stop, end, COLOUR.terminating, 0.6),
  ];
}

function gapMarks(canvas: Canvas, height: number): string[] {
  return canvas.gaps.flatMap(({ from, until }) => {
    const [start, end] = [x(from, canvas), x(until, canvas)];
    const place = `x="${number(start)}" y="${TOP - 4}" width="${number(end - start)}" height="${height + 4}"`;
    const label = `<text x="${number((start + end) / 2)}" y="${TOP + height + 10}" text-anchor="middle" fill="${COLOUR.text}">not observed</text>`;
    return [`<rect ${place} fill="${COLOUR.grid}"/>`, ...(end - start > 70 ? [label] : [])];
  });
}

function density(pods: readonly PodRun[], canvas: Canvas): Body {
  const counts = livingPods(pods, canvas.until);
  const peak = counts.reduce((most, { n }) => Math.max(most, n), 1);
  const y = (n: number): number => TOP + DENSITY_HEIGHT - (n / peak) * DENSITY_HEIGHT;
  let path = `M${number(x(0, canvas))},${number(y(0))}`;
  for (const [at, highest] of highestPerPixel(counts, canvas))
    path += `L${at},${number(y(highest))}L${at + 1},${number(y(highest))}`;
  path += `L${number(x(canvas.until, canvas))},${number(y(0))}Z`;
  return {
    parts: [
      `<text x="${LEFT - 6}" y="${TOP + 10}" text-anchor="end" fill="${COLOUR.text}">${peak}</text>`,
      `<text x="${LEFT - 6}" y="${TOP + DENSITY_HEIGHT}" text-anchor="end" fill="${COLOUR.text}">pods</text>`,
      `<path d="${path}" fill="${COLOUR.running}" fill-opacity="0.7"/>`,
    ],
    height: DENSITY_HEIGHT,
    dense: true,
  };
}

/** The most pods in each pixel column: a step per pixel says all that can be seen. */
function highestPerPixel(
  counts: readonly { readonly t: number; readonly n: number }[],
  canvas: Canvas,
): Map<number, number> {
  const highest = new Map<number, number>();
  let level = 0;
  let pixel = Math.round(x(0, canvas));
  for (const { t, n } of counts) {
    const at = Math.round(x(t, canvas));
    for (; pixel < at; pixel++) highest.set(pixel, Math.max(highest.get(pixel) ?? 0, level));
    highest.set(at, Math.max(highest.get(at) ?? 0, level, n));
    level = n;
  }
  return highest;
}

function endMark({ end }: Timeline, canvas: Canvas, height: number, tone: string): string[] {
  if (end === null) return [];
  const at = number(x(end.t, canvas));
  return [
    `<line x1="${at}" y1="${TOP - 4}" x2="${at}" y2="${TOP + height}" stroke="${tone}" stroke-width="1.5" stroke-dasharray="4 3"/>`,
  ];
}

/** When no pod was made because failures had to be waited out, for the Job as a whole. */
function backoffRow({ waits }: Timeline, canvas: Canvas, above: number): string[] {
  const whole = waits.filter(({ index, from, until }) => index === null && until > from);
  if (whole.length === 0) return [];
  const y = TOP + above + ROW / 2;
  return [
    `<text x="${LEFT - 6}" y="${number(y + BAR / 2 - 2)}" text-anchor="end" fill="${COLOUR.text}">backoff</text>`,
    ...whole.map(
      ({ from, until }) =>
        `<line x1="${number(x(from, canvas) + 1)}" y1="${number(y)}" x2="${number(x(until, canvas) - 1)}" y2="${number(y)}" stroke="${COLOUR.waiting}" stroke-width="2"/>`,
    ),
  ];
}

/** What each colour means that is there. */
const LEGEND: readonly (readonly [name: string, colour: string, test: (pod: PodRun) => boolean])[] = [
  ['pending', COLOUR.pending, ({ created, started }) => started === null || started > created],
  ['succeeded', COLOUR.succeeded, ({ phase }) => phase === 'Succeeded'],
  ['failed', COLOUR.failed, ({ phase }) => phase === 'Failed'],
  [
    'not ended',
    COLOUR.running,
    ({ phase, started }) => phase !== 'Succeeded' && phase !== 'Failed' && started !== null,
  ],
  [
    'terminating',
    COLOUR.terminating,
    ({ deleting, finished }) => deleting !== null && deleting < (finished ?? Infinity),
  ],
];

function legend({ pods }: Timeline, waits: boolean, y: number): string[] {
  const shown: (readonly [name: string, colour: string])[] = LEGEND.flatMap(([name, colour, test]) =>
    pods.some(test) ? [[name, colour] as const] : [],
  );
  if (waits) shown.push(['backoff', COLOUR.waiting]);
  return shown.flatMap(([name, colour], at) => {
    const left = LEFT + at * 92;
    return [
      `<rect x="${left}" y="${y - 8}" width="9" height="9" rx="2" fill="${colour}"/>`,
      `<text x="${left + 13}" y="${y}" fill="${COLOUR.text}">${name}</text>`,
    ];
  });
}
