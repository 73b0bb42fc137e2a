import * as l10n from '@vscode/l10n';
import type { JSX } from 'preact';
import { EXPORT_FORMATS, type ExportFormat } from '../../../server/src/protocol/panel.ts';
import { EXPORTS } from '../model/export.ts';

/** The run as a file or as text for elsewhere. */
export function ExportActions(props: { readonly onExport: (format: ExportFormat) => void }): JSX.Element {
  return (
    <nav class="run-actions export" aria-label={l10n.t('Export')}>
      {EXPORT_FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          class="button"
          title={EXPORTS[format].title}
          onClick={() => props.onExport(format)}
        >
          {EXPORTS[format].label}
        </button>
      ))}
    </nav>
  );
}
