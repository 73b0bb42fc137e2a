import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Timeline } from '../../../server/core/timeline/timeline.ts';
import type { PinnedRun } from '../../../server/src/protocol/panel.ts';
import { compareFigures, comparePods, differenceInWords } from '../model/compare.ts';
import { Tool } from './toolbar.tsx';

/** The pinned run and the one that is drawn, figure by figure; what differs is marked. */
export function Comparison(props: {
  readonly pinned: PinnedRun;
  readonly timeline: Timeline;
  readonly onUnpin: () => void;
}): JSX.Element {
  const { pinned, timeline } = props;
  const figures = useMemo(() => compareFigures(pinned.timeline, timeline), [pinned, timeline]);
  const pods = useMemo(() => comparePods(pinned.timeline, timeline), [pinned, timeline]);
  const same = pods.changed + pods.added + pods.gone === 0 && figures.every(({ differs }) => !differs);
  return (
    <section class="comparison" aria-label={l10n.t('Comparison with the pinned run')}>
      <h2 class="closable">
        <span>{l10n.t('Against the pinned run: {0}{1}', pinned.title, same ? l10n.t(' – no difference') : '')}</span>
        <Tool icon="close" label={l10n.t('Let the pinned run go')} act={props.onUnpin} />
      </h2>
      <div class="comparison-box" role="region" tabIndex={0} aria-label={l10n.t('Figures of both runs')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{l10n.t('Run')}</th>
              {figures.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{l10n.t('pinned ┄')}</th>
              {figures.map(({ name, pinned: value }) => (
                <td key={name}>{value}</td>
              ))}
            </tr>
            <tr>
              <th scope="row">{l10n.t('now')}</th>
              {figures.map(({ name, now, differs }) => (
                <td key={name} class={differs ? 'differs' : ''}>
                  {differs ? '≠ ' : ''}
                  {now}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {pods.changed + pods.added + pods.gone === 0 ? null : (
        <p class="muted">
          {l10n.t('{0}. Dashed outlines show where the pinned run’s pods were.', differenceInWords(pods))}
        </p>
      )}
    </section>
  );
}
