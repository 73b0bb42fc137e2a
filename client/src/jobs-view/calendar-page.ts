import * as l10n from '@vscode/l10n';
import { type Calendar, type CalendarEntry, type Collision, SLOTS } from '../../../server/core/forecast/calendar.ts';
import { sayCron } from '../../../server/core/kubernetes/cron-words.ts';
import { sayDuration } from '../../../server/core/kubernetes/duration-words.ts';
import { sayTime } from '../../../server/core/kubernetes/next-runs.ts';
import { zoneOffset } from '../../../server/core/kubernetes/time-zone.ts';
import { escapeMarkup } from '../../../server/core/timeline/markup.ts';
import { ago } from './row.ts';

/** What the page is about, and for whom. */
export interface CalendarPlace {
  readonly context: string;
  readonly namespace: string;
  /** The display language, as VS Code names it. */
  readonly language: string;
  /** The reader's time zone. */
  readonly zone: string;
  /** What could not be seen, in one sentence; empty for nothing. */
  readonly limit: string;
  /** Unguessable, fresh for each page. */
  readonly nonce: string;
}

/** Text as markup. */
const say = escapeMarkup;

const MOST_ENTRIES = 200;
const MOST_COLLISIONS = 25;
const LISTED_TIMES = 4;
const WIDTH = 480;
const ROW = 16;
const LOAD = 48;
const HOUR = 3600;
/** A label every so many hours. */
const LABELS = 3;
const LABEL_WIDTH = 14;

/** The calendar of a namespace as a page without scripts. Everything that comes from the cluster is escaped. */
export function calendarPage(calendar: Calendar, place: CalendarPlace): string {
  const { context, namespace, nonce, language } = place;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const title = l10n.t('CronJobs of {0} on {1}', namespace, context);
  return `<!DOCTYPE html>
<html lang="${say(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main>
<h1>${say(title)}</h1>
${[place.limit, ...summary(calendar, place)]
  .filter((text) => text !== '')
  .map((text) => `<p>${say(text)}</p>`)
  .join('\n')}
${calendar.entries.length === 0 ? '' : tableOf(calendar, place)}
${collisionsOf(calendar, place)}
${calendar.entries.length === 0 ? '' : `<p class="note">${say(note())}</p>`}
</main></body>
</html>`;
}

const note = (): string =>
  l10n.t(
    'Runs are counted from the schedules as the CronJob controller reads them; a schedule without a zone is taken for UTC, as most controllers run. How long a run takes is what the runs that are still there took; one of which nothing is known counts for a minute.',
  );

function summary({ entries, from, until, peak, cut }: Calendar, { namespace, zone, limit }: CalendarPlace): string[] {
  if (entries.length === 0)
    return limit === '' ? [l10n.t('There are no CronJobs in the namespace {0}.', namespace)] : [];
  const suspended = entries.filter((entry) => entry.suspended).length;
  const runs = entries.reduce((sum, entry) => sum + entry.runs.length, 0);
  const hours = Math.round((until - from) / HOUR);
  const all = entries.length === 1 ? l10n.t('1 CronJob') : l10n.t('{0} CronJobs', entries.length);
  const counted = suspended === 0 ? `${all}.` : l10n.t('{0}, {1} suspended.', all, suspended);
  const coming = cut
    ? l10n.t('In the next {0} hours: more than {1} runs.', hours, runs)
    : runs === 1
      ? l10n.t('In the next {0} hours: 1 run.', hours)
      : l10n.t('In the next {0} hours: {1} runs.', hours, runs);
  if (peak === null) return [`${counted} ${coming}`];
  const [at, names] = [sayTime(peak.at, zone), listed(peak.names)];
  return [
    `${counted} ${coming}`,
    peak.pods === 1
      ? l10n.t('At most 1 pod at once, {0} on your clock: {1}.', at, names)
      : l10n.t('At most {0} pods at once, {1} on your clock: {2}.', peak.pods, at, names),
  ];
}

function tableOf(calendar: Calendar, place: CalendarPlace): string {
  const shown = calendar.entries.slice(0, MOST_ENTRIES);
  const more = calendar.entries.length - shown.length;
  return `<table class="calendar">
<thead>${headOf([
    'CronJob',
    l10n.t('The next hours ({0})', place.zone),
    l10n.t('Next run'),
    l10n.t('Runs'),
    l10n.t('Pods'),
    l10n.t('Usually takes'),
    l10n.t('Last success'),
  ])}</thead>
<tbody>
<tr class="load"><th scope="row">${say(l10n.t('Pods at once'))}</th><td>${loadOf(calendar)}${axisOf(calendar, place.zone)}</td><td></td><td></td><td>${calendar.peak?.pods ?? 0}</td><td></td><td></td></tr>
${shown.map((entry) => entryRow(entry, calendar, place)).join('\n')}
</tbody></table>${more === 0 ? '' : `<p>${say(l10n.t('{0} more are not shown.', more))}</p>`}`;
}

function entryRow(entry: CalendarEntry, calendar: Calendar, { zone }: CalendarPlace): string {
  const { name, schedule, suspended, runs, pods, usual, lastSuccess, late } = entry;
  const words = sayCron(schedule);
  const success =
    lastSuccess === null
      ? `<span class="weak">${say(l10n.t('none known'))}</span>`
      : late
        ? `<span class="late">${say(l10n.t('{0}, late', ago(lastSuccess)))}</span>`
        : `<span>${say(ago(lastSuccess))}</span>`;
  return `<tr${suspended ? ' class="weak"' : ''}><th scope="row">${say(name)}<small>${say(schedule)}${words === null ? '' : `<br>${say(words)}`}</small></th><td>${stripOf(entry, calendar, zone)}</td><td>${nextOf(entry, zone, calendar.from)}</td><td>${runs.length}</td><td>${pods}</td><td>${usual === null ? `<span class="weak">${say(l10n.t('unknown'))}</span>` : say(sayDuration(Math.round(usual)))}</td><td>${success}</td></tr>`;
}

function nextOf({ next, suspended, readable, zone: own }: CalendarEntry, zone: string, from: number): string {
  if (suspended) return say(l10n.t('suspended'));
  if (!readable) return say(l10n.t('its schedule cannot be read'));
  if (next === null) return say(l10n.t('never'));
  const there = sayTime(next, own);
  const here = sayTime(next, zone);
  const clock = here === there ? '' : `<small>${say(l10n.t('{0} on your clock', here))}</small>`;
  return `${say(`${there} ${own}`)}${clock}<small>${say(l10n.t('in {0}', sayDuration(next - from)))}</small>`;
}

/** Runs as bars over the hours; those too close to tell apart are one bar. */
function stripOf({ name, runs }: CalendarEntry, { from, until }: Calendar, zone: string): string {
  const x = (at: number): number => ((Math.min(at, until) - from) / (until - from)) * WIDTH;
  const bars: { begin: number; end: number }[] = [];
  for (const run of runs) {
    const [begin, end] = [x(run.at), Math.max(x(run.until), x(run.at) + 2)];
    const last = bars.at(-1);
    if (last !== undefined && begin - last.end < 1) last.end = Math.max(last.end, end);
    else bars.push({ begin, end });
  }
  const times = runs.slice(0, LISTED_TIMES).map(({ at }) => sayTime(at, zone));
  const told = runs.length === 0 ? l10n.t('no run') : `${times.join(', ')}${runs.length > times.length ? ', …' : ''}`;
  return picture(
    ROW,
    l10n.t('Runs of {0}: {1}', name, told),
    bars
      .map(
        ({ begin, end }) =>
          `<rect class="run" x="${round(begin)}" y="3" width="${round(end - begin)}" height="${ROW - 6}"/>`,
      )
      .join(''),
  );
}

function loadOf({ load, peak }: Calendar): string {
  const most = Math.max(1, peak?.pods ?? 0);
  const width = WIDTH / SLOTS;
  const bars = load.map((pods, slot) => {
    const height = (pods / most) * LOAD;
    return pods === 0
      ? ''
      : `<rect class="pods" x="${round(slot * width)}" y="${round(LOAD - height)}" width="${round(width - 0.5)}" height="${round(height)}"/>`;
  });
  return picture(LOAD, l10n.t('At most {0} pods at once', most), bars.join(''));
}

function axisOf({ from, until }: Calendar, zone: string): string {
  const offset = zoneOffset(zone);
  const labels: string[] = [];
  for (let at = from - (from % HOUR) + HOUR; at < until; at += HOUR) {
    const hour = new Date((at + offset(at)) * 1000).getUTCHours();
    if (hour % LABELS !== 0) continue;
    const x = round(((at - from) / (until - from)) * WIDTH);
    if (x > WIDTH - LABEL_WIDTH) continue;
    labels.push(`<text x="${x}" y="11">${String(hour).padStart(2, '0')}</text>`);
  }
  return `<svg viewBox="0 0 ${WIDTH} 14" class="axis" aria-hidden="true">${labels.join('')}</svg>`;
}

function picture(height: number, label: string, content: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${say(label)}">${content}</svg>`;
}

function collisionsOf({ entries, collisions }: Calendar, { zone }: CalendarPlace): string {
  if (entries.length < 2) return '';
  if (collisions.length === 0)
    return `<h2>${say(l10n.t('Same minute'))}</h2><p>${say(l10n.t('No two of them start within the same minute.'))}</p>`;
  const shown = collisions.slice(0, MOST_COLLISIONS);
  const more = collisions.length - shown.length;
  return `<h2>${say(l10n.t('Same minute'))}</h2>
<table><thead>${headOf([l10n.t('Start together'), l10n.t('Pods'), l10n.t('When ({0})', zone)])}</thead><tbody>
${shown.map((collision) => collisionRow(collision, zone)).join('\n')}
</tbody></table>${more === 0 ? '' : `<p>${say(l10n.t('{0} more are not shown.', more))}</p>`}`;
}

function collisionRow({ names, times, pods }: Collision, zone: string): string {
  const first = times.slice(0, LISTED_TIMES).map((at) => sayTime(at, zone));
  const rest = times.length - first.length;
  return `<tr><th scope="row">${say(listed(names))}</th><td>${pods}</td><td>${say(rest === 0 ? first.join(', ') : l10n.t('{0} and {1} more', first.join(', '), rest))}</td></tr>`;
}

const LISTED_NAMES = 6;

function headOf(names: readonly string[]): string {
  return `<tr>${names.map((name) => `<th scope="col">${say(name)}</th>`).join('')}</tr>`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED_NAMES).join(', ');
  return names.length > LISTED_NAMES ? l10n.t('{0} and {1} more', shown, names.length - LISTED_NAMES) : shown;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

const STYLE = `
body { font: var(--vscode-font-size, 13px) var(--vscode-font-family, sans-serif); color: var(--vscode-foreground); }
main { max-width: 1200px; margin: 0 auto; padding: 8px 16px 32px; }
h1 { font-size: 1.4em; font-weight: 600; }
h2 { font-size: 1.1em; font-weight: 600; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; font-weight: normal; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); }
thead th { color: var(--vscode-descriptionForeground); white-space: nowrap; }
tbody th { font-weight: 600; min-width: 9em; }
.calendar td:nth-child(3) { min-width: 14em; }
small { display: block; font-weight: normal; color: var(--vscode-descriptionForeground); }
svg { display: block; width: 100%; min-width: 320px; background: var(--vscode-editorWidget-background); outline: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); }
.calendar td:nth-child(2) { width: 45%; }
.axis { background: none; outline: none; }
.axis text { font-size: 9px; fill: var(--vscode-descriptionForeground); }
.run { fill: var(--vscode-charts-blue); }
.pods { fill: var(--vscode-charts-purple); }
.weak, .note { color: var(--vscode-descriptionForeground); }
.late { color: var(--vscode-errorForeground); font-weight: 600; }
`;
