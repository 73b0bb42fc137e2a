import * as l10n from '@vscode/l10n';

/** Sets what each English text of this bundle is in the reader's language. Without it all is English. */
export function speak(translations: Readonly<Record<string, string>>): void {
  l10n.config({ contents: { ...translations } });
}
