import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { PanelRunAction } from '../../../server/src/protocol/panel.ts';

/** What can be done with a run that really happened: its logs, a recording, … */
export function RunActions(props: {
  readonly actions: readonly PanelRunAction[];
  readonly onAction: (id: string) => void;
}): JSX.Element | null {
  if (props.actions.length === 0) return null;
  return (
    <nav class="run-actions" aria-label={l10n.t('This run')}>
      {props.actions.map(({ id, label, text }) => (
        <button key={id} type="button" class="button" title={text} onClick={() => props.onAction(id)}>
          {label}
        </button>
      ))}
    </nav>
  );
}
