import type * as vscode from 'vscode';

/** The texts that the language server looks at. */
export const SELECTOR = [{ language: 'yaml' }, { language: 'json' }, { language: 'jsonc' }] as const;

/** True for a text in a language that manifests are written in. */
export function mayBeManifest({ languageId }: vscode.TextDocument): boolean {
  return SELECTOR.some(({ language }) => language === languageId);
}

/** A `kind:` that may hold a Job, in YAML or JSON style. */
const KIND = /["']?\bkind["']?\s*:\s*["']?(?:Job|CronJob|JobSet|List)\b/;
const SCENARIO = /\.jobwright\.ya?ml$/i;
/** As much of a text as is looked through. */
const LONGEST = 20_000_000;

/** True for a scenario file, by its name. */
export function isScenario({ path }: vscode.Uri): boolean {
  return SCENARIO.test(path);
}

/** True when a document may hold a Job, CronJob, JobSet or List, or is a scenario: then the language server is worth starting. */
export function mayHoldJobs(document: vscode.TextDocument): boolean {
  if (!mayBeManifest(document)) return false;
  return isScenario(document.uri) || KIND.test(document.getText().slice(0, LONGEST));
}

/** The same, of the lines that a change touched: a keystroke does not cost a look through the whole text. */
export function changeMayBringJobs({ document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  if (!mayBeManifest(document)) return false;
  return contentChanges.some(
    ({ range, text }) =>
      KIND.test(text) || KIND.test(document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text),
  );
}
