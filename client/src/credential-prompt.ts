import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { withoutLinks } from './watch-problem.ts';

/** What a plugin says about how it goes is no question to a person; what leads to a login is. */
const ASKS = /https?:\/\/|\bcode\b|\blog ?in\b|\bsign ?in\b|\bbrowser\b/i;

/** Shows what a context's credential plugin says to a person while it runs: open this address, type that code. */
export async function showPrompt(context: string, text: string): Promise<void> {
  const said = text.trim().replace(/\s+/g, ' ');
  if (!ASKS.test(said)) return;
  const address = /https?:\/\/[^\s"'<>]+/.exec(said)?.[0].replace(/[.,;:)]+$/, '');
  const open = l10n.t('Open the Address');
  const copy = l10n.t('Copy the Text');
  const buttons = [...(address === undefined ? [] : [open]), copy];
  const message = withoutLinks(l10n.t('Credentials for {0}: {1}', context, said));
  const answer = await vscode.window.showInformationMessage(message, ...buttons);
  if (answer === copy) await vscode.env.clipboard.writeText(said);
  if (answer === open && address !== undefined) await vscode.env.openExternal(vscode.Uri.parse(address));
}
