import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatDuration, plural } from '../model/duration.ts';
import type { PanelNotice } from '../../../server/src/protocol/panel.ts';
import type { PanelModel } from '../model/panel-model.ts';
import { Notice } from './notice.tsx';

function staleNotice(since: number, live: boolean): PanelNotice {
  if (!live) {
    const text = l10n.t('Nobody observed what came after, so nothing is drawn there.');
    return { tone: 'stale', title: l10n.t('The recording knows nothing after {0}.', formatDuration(since)), text };
  }
  return {
    tone: 'stale',
    title: l10n.t('Stale since {0}.', formatDuration(since)),
    text: l10n.t('The connection to the cluster is gone; trying again. What is shown may be old.'),
    actions: [{ id: 'watch', label: l10n.t('Connect Now') }],
  };
}

/** What is to be known before the picture is believed: a message of the host, an old picture, a refused manifest. */
export function Notices(props: {
  readonly model: PanelModel;
  /** Seconds; undefined while the picture is up to date. */
  readonly staleSince: number | undefined;
  readonly onAction: (id: string) => void;
}): JSX.Element {
  const { model, staleSince } = props;
  return (
    <>
      {model.notice === null ? null : <Notice notice={model.notice} alone={false} onAction={props.onAction} />}
      {staleSince === undefined || model.notice !== null ? null : (
        <Notice
          alone={false}
          onAction={props.onAction}
          notice={staleNotice(staleSince, model.source?.kind === 'live')}
        />
      )}
      {model.request === null || model.request.errors === 0 ? null : (
        <Notice
          alone={false}
          onAction={props.onAction}
          notice={{
            tone: 'stale',
            title: l10n.t('The API server would refuse this manifest'),
            text: l10n.t(
              '({0}). It is simulated as far as it can be read.',
              plural(model.request.errors, l10n.t('{0} error'), l10n.t('{0} errors')),
            ),
            actions: [{ id: 'problems', label: l10n.t('Show problems') }],
          }}
        />
      )}
    </>
  );
}
