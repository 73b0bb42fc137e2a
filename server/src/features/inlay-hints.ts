import { type InlayHint, InlayHintKind } from 'vscode-languageserver-protocol';
import { sayDuration } from '../../core/kubernetes/duration-words.ts';
import type { CronJob, JobSpec } from '../../core/kubernetes/generated/types.ts';
import { forecastJob, type Forecast } from '../../core/forecast/forecast.ts';
import { entryOf, nodeAt, type ScalarNode } from '../../core/manifest/tree.ts';
import type { Range } from '../protocol/protocol.ts';
import type { AnalysedObject, Analysis } from './analysis.ts';
import { jobOf } from './hover.ts';
import { nextRuns, sayTime } from '../../core/kubernetes/next-runs.ts';
import { positionAt } from './place.ts';
import type { HintChoice } from './settings.ts';

/** Hints for a stretch of a text, and how long they are true. */
export interface InlayHints {
  readonly hints: readonly InlayHint[];
  /** Milliseconds since 1970 at which one of them becomes false; null when none does by time alone. */
  readonly until: number | null;
}

/**
 * What follows from the text and does not stand in it: defaults that decide, pods that are capped, the next run, the
 * longest time. `now` is in milliseconds since 1970.
 */
export function inlayHintsOf(analysis: Analysis, range: Range, choice: HintChoice, now: number): InlayHints {
  const hints: InlayHint[] = [];
  const ends: number[] = [];
  for (const placed of analysis.documents) {
    const { line, document } = placed;
    if (line > range.end.line || line + document.lineStarts.length - 1 < range.start.line) continue;
    for (const object of document.objects)
      for (const { at, label, tooltip, until } of hintsOf(object, choice, now)) {
        const position = positionAt(placed, at);
        if (position.line < range.start.line || position.line > range.end.line) continue;
        hints.push({ position, label, tooltip, kind: InlayHintKind.Parameter, paddingLeft: true });
        if (until !== undefined) ends.push(until);
      }
  }
  return { hints, until: ends.length === 0 ? null : Math.min(...ends) };
}

interface Hint {
  /** Offset behind what it speaks of. */
  readonly at: number;
  readonly label: string;
  readonly tooltip: string;
  readonly until?: number;
}

function hintsOf(object: AnalysedObject, choice: HintChoice, now: number): readonly Hint[] {
  const { root, kind } = object;
  const path: readonly string[] = kind === 'Job' ? ['spec'] : ['spec', 'jobTemplate', 'spec'];
  const spec = entryOf(nodeAt(root, path.slice(0, -1)), 'spec');
  const hints: Hint[] = [];
  if (kind === 'CronJob' && choice.schedule) hints.push(...scheduleHint(object, now));
  if (spec?.value.kind !== 'mapping' || spec.value.flow === true || spec.value.aliasOf !== undefined) return hints;
  const job = jobOf(kind, object.object);
  const forecast = forecastJob(job);
  // Somebody else's controller decides: nothing of this is promised.
  if (forecast.foreignController !== null) return hints;
  const scalar = (field: keyof JobSpec): ScalarNode | undefined => {
    const node = nodeAt(spec.value, [field]);
    return node?.kind === 'scalar' && typeof node.value === 'number' && node.span.end > node.span.start
      ? node
      : undefined;
  };
  if (choice.defaults) {
    const left = leftOut(forecast, job.spec ?? {});
    if (left !== '')
      hints.push({ at: spec.keySpan.end + 1, label: left, tooltip: 'What holds because the manifest leaves it out.' });
    const asked = scalar('parallelism');
    const { peak, limit } = forecast.parallelism;
    if (asked !== undefined && limit === 'completions')
      hints.push({
        at: asked.span.end,
        label: `→ ${peak}`,
        tooltip: `There are never more pods than completions still missing: ${peak} at once.`,
      });
  }
  if (choice.worstCase) hints.push(...worstCaseHint(forecast, scalar));
  return hints;
}

/** Defaults worth knowing, as the fields that would say the same. */
function leftOut({ spec, retries }: Forecast, written: JobSpec): string {
  const fields: string[] = [];
  if (written.backoffLimit === undefined && written.backoffLimitPerIndex === undefined && retries.by !== 'index')
    fields.push(`backoffLimit: ${spec.backoffLimit ?? 6}`);
  if (written.podReplacementPolicy === undefined) fields.push(`podReplacementPolicy: ${spec.podReplacementPolicy}`);
  return fields.join(' · ');
}

function worstCaseHint(
  { worst, parallelism, retries }: Forecast,
  scalar: (field: keyof JobSpec) => ScalarNode | undefined,
): readonly Hint[] {
  if (parallelism.peak === 0) return [];
  const deadline = scalar('activeDeadlineSeconds');
  if (deadline !== undefined && worst.deadline !== null && worst.deadline >= 60)
    return [
      {
        at: deadline.span.end,
        label: `= ${sayDuration(worst.deadline)}`,
        tooltip: 'The longest that the Job can take, from its start.',
      },
    ];
  const limit = scalar(retries.by === 'index' ? 'backoffLimitPerIndex' : 'backoffLimit');
  if (limit === undefined || worst.deadline !== null) return [];
  if (worst.waits === null)
    return [{ at: limit.span.end, label: 'retried without end', tooltip: 'Nothing ends a Job that keeps failing.' }];
  if (worst.waits === 0) return [];
  return [
    {
      at: limit.span.end,
      label: `waits up to ${sayDuration(worst.waits)}`,
      tooltip: 'The most time between retries, all together; the run time of the pods comes on top.',
    },
  ];
}

function scheduleHint({ root, object }: AnalysedObject, now: number): readonly Hint[] {
  const node = nodeAt(root, ['spec', 'schedule']);
  const spec = (object as CronJob).spec ?? {};
  if (node?.kind !== 'scalar' || spec.suspend === true) return [];
  const runs = nextRuns(spec, now, 1);
  if (runs === null) return [];
  const [next] = runs.at;
  if (next === undefined) return [{ at: node.span.end, label: 'never', tooltip: 'No such time in five years.' }];
  // Every so often from its creation: when that was, the manifest does not say.
  if (spec.schedule?.trim().startsWith('@every') === true) return [];
  return [
    {
      at: node.span.end,
      label: `next ${sayTime(next, runs.zone)}`,
      tooltip: `The next run, on the clocks of ${runs.zone}.`,
      until: next * 1000,
    },
  ];
}
