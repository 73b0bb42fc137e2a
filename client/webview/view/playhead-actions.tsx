import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { TargetChange } from '../../../server/core/timeline/timeline.ts';
import { formatDuration } from '../model/duration.ts';
import { type ScenarioEdits, withAction } from '../model/scenario-edits.ts';

/** What a person could do to the Job at the playhead; the scenario is edited without writing any. */
export function PlayheadActions(props: {
  /** Seconds. */
  readonly t: number;
  readonly target: TargetChange | null;
  readonly edits: ScenarioEdits;
  readonly onEdits: (edits: ScenarioEdits) => void;
}): JSX.Element {
  const { t, target, edits, onEdits } = props;
  const suspended = target?.suspend === true;
  const [parallelism, setParallelism] = useState<number | null>(null);
  const wanted = parallelism ?? (target?.parallelism ?? 1) + 1;
  return (
    <fieldset class="fate">
      <legend>What if at {formatDuration(t)} somebody …</legend>
      <button type="button" class="button" onClick={() => onEdits(withAction(edits, { at: t, suspend: !suspended }))}>
        {suspended ? 'resumes the Job' : 'suspends the Job'}
      </button>
      <span class="joined">
        <button type="button" class="button" onClick={() => onEdits(withAction(edits, { at: t, parallelism: wanted }))}>
          scales parallelism to
        </button>
        <input
          type="number"
          aria-label="Parallelism"
          min={0}
          max={100_000}
          value={wanted}
          onInput={(event) => {
            const value = event.currentTarget.valueAsNumber;
            if (Number.isInteger(value) && value >= 0) setParallelism(value);
          }}
        />
      </span>
    </fieldset>
  );
}
