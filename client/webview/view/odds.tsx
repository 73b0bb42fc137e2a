import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCount, formatDuration, plural } from '../model/duration.ts';
import { shareOf } from '../odds-answer.ts';
import { runOdds } from '../odds-run.ts';
import type { Histogram, OddsAnswer, Simulated } from '../simulation-messages.ts';
import { Tool } from './toolbar.tsx';

const DEFAULT_RUNS = 200;
const MOST_RUNS = 100_000;

type Result = Extract<OddsAnswer, { readonly type: 'odds' }>;

/** Many runs of one Job with different luck: how likely each end is, how long it takes, how many pods it needs. */
export function Odds(props: {
  readonly simulated: Simulated;
  /** True for a CronJob, of which one Job is meant. */
  readonly oneJob: boolean;
  readonly onReveal: ((field: string) => void) | null;
  readonly onClose: () => void;
}): JSX.Element {
  const { simulated } = props;
  const [runs, setRuns] = useState(DEFAULT_RUNS);
  const [done, setDone] = useState<number | null>(null);
  const [result, setResult] = useState<{ readonly answer: Result; readonly of: Simulated } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = useRef<(() => void) | null>(null);
  const stop = (): void => {
    cancel.current?.();
    cancel.current = null;
    setDone(null);
  };
  const start = (): void => {
    stop();
    setProblem(null);
    setDone(0);
    cancel.current = runOdds({ type: 'odds', ...simulated, runs }, (answer) => {
      if (answer.type === 'oddsProgress') {
        setDone(answer.done);
        return;
      }
      setDone(null);
      if (answer.type === 'odds') setResult({ answer, of: simulated });
      else setProblem(answer.problem);
    });
  };
  // Opening is asking; closing stops what is under way.
  useEffect(() => {
    start();
    return () => cancel.current?.();
  }, []);
  const outdated = result !== null && result.of !== simulated;
  return (
    <section class="odds" aria-label={l10n.t('Odds')} aria-busy={done !== null}>
      <h2 class="closable">
        <span>{l10n.t('Odds{0}', props.oneJob ? l10n.t(' of one Job') : '')}</span>
        <Tool icon="close" label={l10n.t('Close the odds')} act={props.onClose} />
      </h2>
      <div class="odds-controls">
        <label class="amount">
          {l10n.t('Runs')}
          <input
            type="number"
            min={1}
            max={MOST_RUNS}
            step={1}
            value={runs}
            onChange={(event) => {
              const value = Math.round(event.currentTarget.valueAsNumber);
              if (value >= 1 && value <= MOST_RUNS) setRuns(value);
              else event.currentTarget.value = String(runs);
            }}
          />
        </label>
        {done === null ? (
          <button type="button" class="button" onClick={start}>
            {l10n.t('Run')}
          </button>
        ) : (
          <>
            <progress max={runs} value={done} aria-label={l10n.t('Runs made')} />
            <span class="muted">{l10n.t('{0} of {1}', formatCount(done), formatCount(runs))}</span>
            <button type="button" class="button" onClick={stop}>
              {l10n.t('Cancel')}
            </button>
          </>
        )}
        {outdated && done === null ? (
          <span class="warning">{l10n.t('▲ The Job or its scenario changed since.')}</span>
        ) : null}
      </div>
      {problem === null ? null : <p role="alert">{problem}</p>}
      {result === null ? null : <Outcome {...result.answer} onReveal={props.onReveal} />}
    </section>
  );
}

function Outcome({
  odds,
  histogram,
  onReveal,
}: Result & { readonly onReveal: ((field: string) => void) | null }): JSX.Element {
  const sure = odds.ends.length === 1 && histogram.counts.length === 1;
  return (
    <div class="odds-result" role="status">
      <ul class="ends">
        {odds.ends.map(({ outcome, reason, count }) => (
          <li key={`${outcome} ${reason}`} class={`end tone-${toneOf(outcome)}`}>
            <span class="share">{shareOf(count, odds)}</span>
            <span>
              {outcome} <code>{reason}</code>
            </span>
            <span class="track" aria-hidden="true">
              <span style={{ width: `${(count / odds.runs) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      <table class="quantiles">
        <thead>
          <tr>
            <th />
            <th scope="col">{l10n.t('Median')}</th>
            <th scope="col">95 %</th>
            <th scope="col">{l10n.t('Worst')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{l10n.t('Time')}</th>
            <td>{formatDuration(odds.seconds.p50)}</td>
            <td>{formatDuration(odds.seconds.p95)}</td>
            <td>{formatDuration(odds.seconds.worst)}</td>
          </tr>
          <tr>
            <th scope="row">Pods</th>
            <td>{formatCount(odds.pods.p50)}</td>
            <td>{formatCount(odds.pods.p95)}</td>
            <td>{formatCount(odds.pods.worst)}</td>
          </tr>
        </tbody>
      </table>
      {histogram.counts.length > 1 ? <Bars histogram={histogram} /> : null}
      <p class="muted foot">
        {l10n.t(
          '{0}, seed {1}. {2}',
          plural(odds.runs, l10n.t('{0} run'), l10n.t('{0} runs')),
          odds.seed,
          sure ? l10n.t('All the same: nothing in the scenario is left to chance.') : '',
        )}
        {odds.decidedBy.length === 0 ? null : (
          <>
            {' '}
            {l10n.t('Failures decided by')}{' '}
            {odds.decidedBy.map(({ field, count }, position) => (
              <span key={field}>
                {position > 0 ? ', ' : ''}
                {onReveal === null ? (
                  <code>{field}</code>
                ) : (
                  <button type="button" class="link" onClick={() => onReveal(field)}>
                    {field}
                  </button>
                )}{' '}
                ({formatCount(count)})
              </span>
            ))}
            .
          </>
        )}
      </p>
    </div>
  );
}

/** The times to finish as a few bars; their numbers stand in the table beside it. */
function Bars({ histogram }: { readonly histogram: Histogram }): JSX.Element {
  const { counts, from, until } = histogram;
  const most = Math.max(...counts);
  return (
    <figure class="histogram">
      <svg
        viewBox={`0 0 ${counts.length * 8} 48`}
        preserveAspectRatio="none"
        role="img"
        aria-label={l10n.t('Times to finish from {0} to {1}', formatDuration(from), formatDuration(until))}
      >
        {counts.map((count, bar) => {
          const height = count === 0 ? 0 : Math.max(1.5, (count / most) * 48);
          return <rect key={bar} x={bar * 8 + 0.5} y={48 - height} width={7} height={height} />;
        })}
      </svg>
      <figcaption>
        <span>{formatDuration(from)}</span>
        <span class="muted">{l10n.t('time to finish')}</span>
        <span>{formatDuration(until)}</span>
      </figcaption>
    </figure>
  );
}

function toneOf(outcome: string): string {
  return outcome === 'Complete' ? 'succeeded' : outcome === 'Failed' ? 'failed' : 'unfinished';
}
