import type { CodeLens, Command } from 'vscode-languageserver-protocol';
import { entryOf, nodeAt, type ManifestNode } from '../../core/manifest/tree.ts';
import type { ManifestAddress } from '../protocol/protocol.ts';
import type { AnalysedDocument, Analysis, PlacedDocument } from './analysis.ts';
import { textOf } from './identity.ts';
import { nextRuns, sayTime } from '../../core/kubernetes/next-runs.ts';
import { positionAt } from './place.ts';

export interface LensOptions {
  /** The client reaches clusters: it has the commands Watch and Apply. */
  readonly watch: boolean;
  /** The present, in milliseconds since 1970. */
  readonly now: number;
}

/** What one can do with each Job, on the line above it. */
export function codeLensesOf(analysis: Analysis, uri: string, options: LensOptions): readonly CodeLens[] {
  return analysis.documents.flatMap((placed) =>
    lensFactsOf(placed).flatMap(({ kind, item, start: offset, plan, inJobSet }) => {
      const start = positionAt(placed, offset);
      const address: ManifestAddress = { uri, document: placed.index, item };
      const apply: Command = { title: '⇪ Apply', command: 'jobwright.apply', arguments: [address] };
      const commands: Command[] = [{ title: '▷ Simulate', command: 'jobwright.simulate', arguments: [address] }];
      if (kind === 'CronJob') {
        if (options.watch) commands.push(apply);
        const next = plan === null ? null : sayNextRun(plan, options.now);
        // A lens without a command is plain text.
        if (next !== null) commands.push({ title: next, command: '' });
      } else if (options.watch) {
        commands.push({ title: '◉ Watch', command: 'jobwright.watch', arguments: [address] });
        // What is applied is the JobSet.
        if (!inJobSet) commands.push(apply);
      }
      return commands.map((command) => ({ range: { start, end: start }, command }));
    }),
  );
}

/** When a CronJob runs, as its manifest says it. */
interface Plan {
  readonly suspended: boolean;
  readonly schedule: string;
  readonly timeZone: string | undefined;
}

interface LensFacts {
  readonly kind: 'Job' | 'CronJob';
  readonly item: number | null;
  /** Offset in the document. */
  readonly start: number;
  readonly plan: Plan | null;
  readonly inJobSet: boolean;
}

/** What the lenses of a document say; remembered, so that an edit elsewhere in the stream reads nothing again. */
export function lensFactsOf({ document }: PlacedDocument): readonly LensFacts[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const facts = document.objects.map((object): LensFacts => ({
    kind: object.kind,
    item: object.item,
    start: object.span.start,
    plan: object.kind === 'CronJob' ? planOf(object.root) : null,
    inJobSet: object.inJobSet,
  }));
  remembered.set(document, facts);
  return facts;
}

const remembered = new WeakMap<AnalysedDocument, readonly LensFacts[]>();

function planOf(root: ManifestNode): Plan {
  const spec = entryOf(root, 'spec')?.value;
  const suspend = nodeAt(root, ['spec', 'suspend']);
  return {
    suspended: suspend?.kind === 'scalar' && suspend.value === true,
    schedule: textOf(spec, 'schedule'),
    timeZone: textOf(spec, 'timeZone') || undefined,
  };
}

/** `next run Thu 2026-01-01 03:30 (Europe/Berlin)`; null when the schedule or its zone cannot be read. */
function sayNextRun({ suspended, schedule, timeZone }: Plan, now: number): string | null {
  if (suspended) return 'suspended';
  // Every so often from its creation: when that was, the manifest does not say.
  if (schedule.trim().startsWith('@every')) return null;
  const runs = nextRuns({ schedule, timeZone }, now, 1);
  if (runs === null) return null;
  const [next] = runs.at;
  return next === undefined ? 'never runs' : `next run ${sayTime(next, runs.zone)} (${runs.zone})`;
}
