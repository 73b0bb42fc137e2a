import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import { calendarPage } from '../../../client/src/jobs-view/calendar-page.ts';
import { cronJobRow } from '../../../client/src/jobs-view/cron-job-row.ts';
import { jobRow } from '../../../client/src/jobs-view/job-row.ts';
import { indexRow, podRow } from '../../../client/src/jobs-view/pod-row.ts';
import type { Row } from '../../../client/src/jobs-view/row.ts';
import { endWords, watchedWords } from '../../../client/src/jobs-view/watched-words.ts';
import { calendarOf } from '../../../server/core/forecast/calendar.ts';
import type { Pod } from '../../../server/core/timeline/observed-objects.ts';
import type { ObservedCronJob, ObservedJob } from '../../../server/core/timeline/observed-shapes.ts';
import { pseudoTranslated, untranslated } from '../../pseudo-translation.ts';

const bundle = JSON.parse(readFileSync(new URL('../../../l10n/bundle.l10n.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const now = Date.parse('2026-03-01T12:00:00Z');
const metadata = { name: 'x', namespace: 'x', uid: 'u', creationTimestamp: '2026-03-01T11:00:00Z' };
const condition = (type: string): object => ({ type, status: 'True', reason: 'BackoffLimitExceeded', message: '' });

const jobs = [
  { spec: { completions: 4 }, status: { active: 2, succeeded: 1, startTime: '2026-03-01T11:10:00Z' } },
  { spec: {}, status: { active: 2, failed: 3, succeeded: 1, startTime: '2026-03-01T11:10:00Z' } },
  { spec: { completions: 4 }, status: { failed: 3, failedIndexes: '1-3', conditions: [condition('Failed')] } },
  {
    spec: { completions: 1 },
    status: {
      succeeded: 1,
      startTime: '2026-03-01T11:10:00Z',
      completionTime: '2026-03-01T11:20:00Z',
      conditions: [condition('Complete')],
    },
  },
  { spec: { suspend: true }, status: {} },
].map((job) => ({ metadata, ...job }) as unknown as ObservedJob);
const cronJobs = [
  { spec: { schedule: '0 * * * *' }, status: {} },
  { spec: { schedule: 'x', timeZone: 'UTC' }, status: { lastSuccessfulTime: '2026-03-01T11:10:00Z' } },
  { spec: { schedule: '0 0 31 2 *', suspend: true }, status: {} },
].map((cronJob) => ({ metadata, ...cronJob }) as unknown as ObservedCronJob);
const pod = {
  metadata,
  spec: { nodeName: 'x' },
  status: { phase: 'Running', containerStatuses: [{ name: 'x', restartCount: 2 }] },
} as unknown as Pod;

/** Kubernetes’ own words, and the names of status fields, stand as they are. */
const missing = (texts: readonly string[]): readonly string[] => texts.flatMap((text) => untranslated(text, ''));
const textsOf = ({ label, description, tooltip }: Row): readonly string[] =>
  [label, description, ...tooltip].flatMap((text) => text.split(' · '));

describe('the Jobs view in another language', () => {
  before(() => l10n.config({ contents: pseudoTranslated(bundle) }));
  after(() => l10n.config({ contents: {} }));

  test('says nothing in English of Jobs, CronJobs, indexes and pods', () => {
    const rows = [
      ...jobs.map((job) => jobRow(job, [], now)),
      ...cronJobs.map((cronJob) => cronJobRow('x', cronJob, jobs.slice(2, 3), true, now)),
      cronJobRow('x', null, [], false, now),
      podRow(pod, now),
      indexRow({ index: 1, state: null, pods: [] }, now),
      indexRow({ index: 1, state: 'Failed', pods: [pod, pod] }, now),
    ];
    assert.deepEqual(missing(rows.flatMap(textsOf)), []);
  });

  test('says nothing in English in the calendar of CronJobs', () => {
    const schedules = ['0 2 * * *', '0 2 * * *', '*/5 * * * *'].map((schedule, at) => ({
      metadata: { ...metadata, name: `x${at}`, resourceVersion: '1' },
      spec: { schedule, suspend: at === 2 },
    }));
    const place = { context: 'x', namespace: 'x', language: 'x', zone: 'UTC', limit: '', nonce: 'x' };
    const shown = [[], [...cronJobs, ...(schedules as unknown as readonly ObservedCronJob[])]].flatMap((each) => {
      const page = calendarPage(calendarOf({ cronJobs: each, jobs: [], now }), place);
      const labels = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label ?? '');
      return [...labels, ...page.replace(/<style[^]*?<\/style>/, '').split(/<[^>]*>/)];
    });
    assert.ok(shown.some((text) => text.includes('⟦Same minute⟧')));
    // Schedules in words and durations are the core’s.
    const core = /^(?:At|Every) |^\d+ (?:min|h|d)\b/;
    assert.deepEqual(missing(shown.filter((text) => !core.test(text))), []);
  });

  test('says nothing in English of what is watched, and how it ended', () => {
    const watched = [null, ...jobs].map((job) => ({ context: 'x', namespace: 'x', name: 'x', job, now }));
    const said = [watched, ...watched.map((each) => [each])].flatMap((each) => {
      const words = watchedWords(each);
      return words === null ? [] : [words.text.replace(/\$\([\w-]+\)/g, ''), ...words.tooltip.split('\n')];
    });
    const ends = jobs.flatMap((job) => endWords(job, now)?.text ?? []);
    assert.ok(ends.length === 2 && said.length > watched.length);
    assert.deepEqual(missing([...said, ...ends]), []);
  });
});
