import * as l10n from '@vscode/l10n';
import { sayDuration } from '../../../server/core/kubernetes/duration-words.ts';
import type { MessageNode } from './job-node.ts';

/** What a row of the view shows. All of it is text, never markup. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  /** One paragraph each. */
  readonly tooltip: readonly string[];
}

/** A codicon and a colour of the theme. */
export interface Icon {
  readonly name: string;
  readonly color?: string;
}

/** Colours of the theme. */
export const GOOD = 'testing.iconPassed';
export const BAD = 'testing.iconFailed';
export const WARNING = 'list.warningForeground';
export const WORKING = 'charts.blue';

/** `2 h 3 min ago`. */
export function ago(seconds: number): string {
  return l10n.t('{0} ago', sayDuration(Math.floor(seconds)));
}

/** Of a thing of which only its name is known. */
export function plainRow(label: string): Row {
  return { label, description: '', icon: { name: 'blank' }, tooltip: [label] };
}

/** What is missing and what to do, as a row. */
export function messageRow({ text, detail, icon = 'info' }: MessageNode): Row {
  return { label: text, description: '', icon: { name: icon }, tooltip: [detail ?? text] };
}
