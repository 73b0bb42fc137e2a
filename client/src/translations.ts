import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';

// Imported before all else: tables of texts are made as their files are loaded. In English there is no bundle.
if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
