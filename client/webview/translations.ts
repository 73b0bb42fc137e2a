import * as l10n from '@vscode/l10n';

// Imported before all else: tables of texts are made as their files are loaded. In English there is nothing to read.
const contents: unknown = JSON.parse(document.getElementById('translations')?.textContent ?? 'null');
if (contents !== null) l10n.config({ contents: contents as Record<string, string> });
