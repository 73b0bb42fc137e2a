import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import type { PanelFinding } from '../../../server/src/protocol/panel.ts';

const signs = { error: '✕', warning: '▲', information: '' } as const;

/** Why a live Job is where it is, now: the findings of its diagnosis, with what to change. */
export function Reasons({
  why,
  onReveal,
}: {
  readonly why: readonly PanelFinding[];
  /** Null where there is no manifest to show. */
  readonly onReveal: ((field: string) => void) | null;
}): JSX.Element {
  return (
    <section class="card details reasons">
      <h2>{l10n.t('Why, as of now')}</h2>
      {why.map(({ severity, summary, suggestion, field }, position) => (
        <p key={position} class={`why ${severity === 'error' ? 'grave' : severity === 'warning' ? 'warning' : ''}`}>
          {signs[severity]} {summary}{' '}
          {field === undefined ? null : onReveal === null ? (
            <code>{field}</code>
          ) : (
            <button
              type="button"
              class="link"
              title={l10n.t('Show this field in the manifest')}
              onClick={() => onReveal(field)}
            >
              {field}
            </button>
          )}
          {suggestion === undefined ? null : <span class="suggestion">{suggestion}</span>}
        </p>
      ))}
    </section>
  );
}
