import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';

/** What the shapes of the rows mean. */
export function Legend(): JSX.Element {
  return (
    <ul class="legend" aria-label={l10n.t('Legend of the rows')}>
      <li class="key-pending">
        <svg width="20" height="10" aria-hidden="true">
          <rect
            x="0.5"
            y="1.5"
            width="19"
            height="7"
            fill="currentColor"
            fill-opacity="0.16"
            stroke="currentColor"
            stroke-dasharray="2 2"
          />
        </svg>
        {l10n.t('pending')}
      </li>
      <li class="key-running">
        <svg width="20" height="10" aria-hidden="true">
          <rect y="1" width="13" height="8" fill="currentColor" />
          <path d="M14 0l5 5-5 5z" fill="currentColor" />
        </svg>
        {l10n.t('running')}
      </li>
      <li class="key-succeeded">
        <svg width="22" height="12" aria-hidden="true">
          <rect y="2" width="13" height="8" fill="currentColor" />
          <circle cx="16" cy="6" r="5.5" fill="currentColor" />
          <path class="cut" d="M13.4 6.2l1.8 2 3.2-4" fill="none" stroke-width="1.4" />
        </svg>
        {l10n.t('succeeded')}
      </li>
      <li class="key-failed">
        <svg width="22" height="12" aria-hidden="true">
          <path d="M0 10l6-8M4 10l6-8M8 10l6-8" stroke="currentColor" stroke-width="1.4" />
          <rect x="11" y="1" width="10" height="10" fill="currentColor" />
          <path class="cut" d="M13.5 3.5l5 5m0-5l-5 5" fill="none" stroke-width="1.4" />
        </svg>
        {l10n.t('failed')}
      </li>
      <li class="key-terminating">
        <svg width="20" height="10" aria-hidden="true">
          <rect x="0.5" y="1.5" width="19" height="7" fill="none" stroke="currentColor" />
          <path d="M2 2l5 6M7 2l5 6M12 2l5 6" stroke="currentColor" stroke-width="1.4" />
        </svg>
        {l10n.t('terminating')}
      </li>
      <li class="key-wait">
        <svg width="20" height="10" aria-hidden="true">
          <path d="M0 5h18" stroke="currentColor" stroke-dasharray="1 3" />
          <path d="M18.5 1v8" stroke="currentColor" />
        </svg>
        {l10n.t('backoff')}
      </li>
    </ul>
  );
}
