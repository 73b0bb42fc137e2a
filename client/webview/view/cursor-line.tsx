import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import { plural } from '../model/duration.ts';
import { isMeant } from '../model/lifecycle.ts';

/** What the field at the editor's cursor has decided in this run, and the way to the first time. */
export function CursorLine(props: {
  readonly timeline: Timeline;
  readonly cursor: string | null;
  readonly onPlayhead: (t: number) => void;
}): JSX.Element | null {
  const { timeline, cursor } = props;
  // Scrubbing draws this many times a second, and a large run has many explanations.
  const decided = useMemo(
    () => timeline.explanations.filter(({ field }) => isMeant({ field: field ?? null }, cursor)),
    [timeline, cursor],
  );
  const [first] = decided;
  if (cursor === null || first === undefined) return null;
  return (
    <p class="cursor-line" aria-live="polite">
      <code>{cursor}</code>{' '}
      {plural(decided.length, l10n.t('has decided {0} thing here.'), l10n.t('has decided {0} things here.'))}{' '}
      <button type="button" class="link" title={first.text} onClick={() => props.onPlayhead(first.t)}>
        {l10n.t('Show the first')}
      </button>
    </p>
  );
}
