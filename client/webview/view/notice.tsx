import type { JSX } from 'preact';
import type { PanelNotice } from '../../../server/src/protocol/panel.ts';
import { Icon } from './icons.tsx';

/** One clear sentence with what to do next: alone where there is no picture, above it where there is. */
export function Notice(props: {
  readonly notice: PanelNotice;
  readonly alone: boolean;
  readonly onAction: (id: string) => void;
}): JSX.Element {
  const { tone, title, text, actions } = props.notice;
  const bad = tone === 'error' || tone === 'stale';
  return (
    <div class={`notice tone-${tone} ${props.alone ? 'alone' : 'above'}`} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'loading' ? <span class="busy" aria-hidden="true" /> : bad ? <Icon name="warning" /> : null}
      <div>
        {props.alone ? <h1>{title}</h1> : <strong>{title}</strong>} <p>{text}</p>
      </div>
      {actions === undefined || actions.length === 0 ? null : (
        <span class="actions">
          {actions.map(({ id, label }, position) => (
            <button
              key={id}
              type="button"
              class={position === 0 ? 'button strong' : 'button'}
              onClick={() => props.onAction(id)}
            >
              {label}
            </button>
          ))}
        </span>
      )}
    </div>
  );
}
