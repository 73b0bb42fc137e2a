import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TargetChange } from '../../../server/core/timeline/timeline.ts';
import { formatDuration } from '../model/duration.ts';
import { type RunScope, type ScenarioEdits, withAction } from '../model/scenario-edits.ts';
import { NumberButton } from './number-button.tsx';

/** What a person could do to the Job at the playhead; the scenario is edited without writing any. */
export function PlayheadActions(props: {
  /** Seconds. */
  readonly t: number;
  /** The Job has ended by then: nothing can be done to it any more. */
  readonly over: boolean;
  readonly target: TargetChange | null;
  readonly scope: RunScope | null;
  readonly edits: ScenarioEdits;
  readonly onEdits: (edits: ScenarioEdits) => void;
}): JSX.Element {
  const { t, target, edits, onEdits, scope } = props;
  const suspended = target?.suspend === true;
  const [parallelism, setParallelism] = useState<number | null>(null);
  const wanted = parallelism ?? (target?.parallelism ?? 1) + 1;
  if (props.over) {
    return (
      <p class="muted">
        {l10n.t(
          'The Job has ended by {0}. Move the playhead back to suspend or scale it at an earlier moment.',
          formatDuration(t),
        )}
      </p>
    );
  }
  return (
    <fieldset class="fate">
      <legend>{l10n.t('What if at {0} somebody …', formatDuration(t))}</legend>
      <button
        type="button"
        class="button"
        onClick={() => onEdits(withAction(edits, { at: t, suspend: !suspended }, scope))}
      >
        {suspended ? l10n.t('resumes the Job') : l10n.t('suspends the Job')}
      </button>
      <NumberButton
        text={l10n.t('scales parallelism to')}
        label={l10n.t('Parallelism')}
        least={0}
        most={100_000}
        whole
        value={wanted}
        onValue={setParallelism}
        act={() => onEdits(withAction(edits, { at: t, parallelism: wanted }, scope))}
      />
    </fieldset>
  );
}
