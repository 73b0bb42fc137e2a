import { assert } from 'chai';
import * as vscode from 'vscode';
import { eventually } from './eventually.ts';
import { stage } from './stage.ts';

/** One theme of each kind: what screenshots are called by it, and what the page says of it. */
export const THEMES = [
  { name: 'light', theme: 'Default Light Modern', kind: 'vscode-light' },
  { name: 'dark', theme: 'Default Dark Modern', kind: 'vscode-dark' },
  { name: 'high-contrast', theme: 'Default High Contrast', kind: 'vscode-high-contrast' },
  { name: 'high-contrast-light', theme: 'Default High Contrast Light', kind: 'vscode-high-contrast-light' },
] as const;

/** Takes a screenshot of the panel as it is in every kind of theme; the accessibility checker finds nothing serious. */
export async function seenInEveryTheme(name: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('workbench');
  try {
    for (const { name: kindName, theme, kind } of THEMES) {
      await configuration.update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await eventually(`the theme ${theme} in the panel`, async () =>
        (await stage.panelAttribute('body', 'data-vscode-theme-kind')) === kind ? true : null,
      );
      await stage.screenshot(`${name}-${kindName}`);
      assert.equal(JSON.stringify(await seriousFindings()), '[]', theme);
    }
  } finally {
    await configuration.update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
  }
}

/** What the accessibility checker calls serious or critical in the panel. */
export async function seriousFindings(): Promise<readonly object[]> {
  return (await stage.panelAccessibility()).filter(({ impact }) => impact === 'serious' || impact === 'critical');
}
