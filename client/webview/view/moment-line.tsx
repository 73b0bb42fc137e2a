import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { JobStatus, TargetChange } from '../../../server/core/timeline/timeline.ts';
import { type CountName, countNames } from '../model/counts.ts';
import { formatCount } from '../model/duration.ts';

/** Lines as in the counts below the rows: the same dashes, so that they can be told without colour. */
const dashes: Readonly<Record<CountName, string>> = {
  active: '',
  ready: '2 3',
  succeeded: '',
  failed: '6 3',
  terminating: '2 2 6 2',
};

/** The counts at the playhead, which is also the legend of the lines. */
export function MomentLine({
  status,
  target,
}: {
  readonly status: JobStatus | null;
  readonly target: TargetChange | null;
}): JSX.Element {
  const goal = (name: CountName): string => {
    if (target === null) return '';
    if (name === 'active') return ` of ${formatCount(target.suspend ? 0 : target.parallelism)}`;
    return name === 'succeeded' && target.completions !== null ? ` of ${formatCount(target.completions)}` : '';
  };
  return (
    <dl class="moment">
      {countNames.map((name) => (
        <div key={name} class={`count count-${name}`}>
          <dt>
            <svg width="22" height="10" viewBox="0 0 22 10" aria-hidden="true">
              <line
                x1="1"
                x2="21"
                y1="5"
                y2="5"
                stroke="currentColor"
                stroke-width="2"
                stroke-dasharray={dashes[name]}
              />
            </svg>
            {name}
          </dt>
          <dd>
            <b>{formatCount(status?.[name] ?? 0)}</b>
            {goal(name)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The same as one sentence. */
export function momentText(status: JobStatus | 'deleted' | null): string {
  if (status === 'deleted') return l10n.t('the Job is deleted');
  if (status === null) return l10n.t('no status yet');
  return l10n.t(
    '{0} active, {1} ready, {2} succeeded, {3} failed, {4} terminating',
    ...countNames.map((name) => status[name] ?? 0),
  );
}
