import type { JSX } from 'preact';
import { formatDuration, plural } from '../model/duration.ts';
import type { PanelNotice } from '../../../server/src/protocol/panel.ts';
import type { PanelModel } from '../model/panel-model.ts';
import { Notice } from './notice.tsx';

function staleNotice(since: number, live: boolean): PanelNotice {
  if (!live) {
    const text = 'Nobody observed what came after, so nothing is drawn there.';
    return { tone: 'stale', title: `The recording knows nothing after ${formatDuration(since)}.`, text };
  }
  return {
    tone: 'stale',
    title: `Stale since ${formatDuration(since)}.`,
    text: 'The connection to the cluster is gone; trying again. What is shown may be old.',
    actions: [{ id: 'watch', label: 'Connect Now' }],
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
            title: 'The API server would refuse this manifest',
            text: `(${plural(model.request.errors, 'error')}). It is simulated as far as it can be read.`,
            actions: [{ id: 'problems', label: 'Show problems' }],
          }}
        />
      )}
    </>
  );
}
