import { given } from './given.ts';

/** One finding of the accessibility checker. */
export interface AccessibilityFinding {
  readonly id: string;
  readonly impact: 'minor' | 'moderate' | 'serious' | 'critical' | null;
  readonly where: readonly string[];
}

/** Thrown when the workbench has no page that a test can look at (a desktop VS Code). */
export class NoPageError extends Error {}

async function act<T>(name: string, message: object = {}): Promise<T> {
  const answer = await fetch(`${given.stage}/${name}`, { method: 'POST', body: JSON.stringify(message) });
  const value: unknown = await answer.json();
  if (answer.status === 501) throw new NoPageError(String(value));
  if (!answer.ok) throw new Error(`${name} ${JSON.stringify(message)}: ${String(value)}`);
  return value as T;
}

/** What a person sees and touches: the page of the workbench, and the panel inside it. */
export const stage = {
  /** Stores `name`.png: under test/vscode/screenshots with UPDATE=1, otherwise under out/screenshots. */
  screenshot: (name: string) => act<string>('screenshot', { name: given.host === 'web' ? `web-${name}` : name }),
  resize: (width: number, height: number) => act<null>('resize', { width, height }),
  press: (key: string) => act<null>('press', { key }),
  type: (text: string) => act<null>('type', { text }),
  click: (selector: string, text?: string) => act<null>('click', { selector, text }),
  hover: (selector: string, text?: string) => act<null>('hover', { selector, text }),
  text: (selector: string) => act<readonly string[]>('text', { selector }),
  attributes: (selector: string, attribute: string) =>
    act<readonly (string | null)[]>('attributes', { selector, attribute }),
  /** Texts in whichever page inside the workbench has such elements. */
  frameText: (selector: string) => act<readonly string[]>('frameText', { selector }),
  frameAccessibility: (selector: string) => act<readonly AccessibilityFinding[]>('frameAccessibility', { selector }),
  panelText: (selector: string) => act<readonly string[]>('panelText', { selector }),
  panelClick: (selector: string) => act<null>('panelClick', { selector }),
  panelFill: (selector: string, text: string) => act<null>('panelFill', { selector, text }),
  panelSelect: (selector: string, value: string) => act<null>('panelSelect', { selector, value }),
  panelPress: (selector: string, key: string) => act<null>('panelPress', { selector, key }),
  panelAttribute: (selector: string, attribute: string) =>
    act<string | null>('panelAttribute', { selector, attribute }),
  /** Which share of an element's height can be seen without scrolling, from 0 to 1. */
  panelSeen: (selector: string) => act<number>('panelSeen', { selector }),
  panelAccessibility: () => act<readonly AccessibilityFinding[]>('panelAccessibility'),
  createJob: (namespace: string, job: object, scenario: object) => act<null>('createJob', { namespace, job, scenario }),
  createCronJob: (namespace: string, cronJob: object) => act<string>('createCronJob', { namespace, cronJob }),
  deleteJob: (namespace: string, name: string) => act<null>('deleteJob', { namespace, name }),
  log: (text: string) => act<null>('log', { text }),
  handIn: (tally: { passed: number; failures: { title: string; error: string }[]; skipped: string[] }) =>
    act<null>('tally', tally),
};

/** Runs what needs a page to look at; in a desktop VS Code, which has none, the test is skipped. */
export async function withPage(test: Mocha.Context, run: () => Promise<void>): Promise<void> {
  try {
    await stage.text('body');
  } catch (error) {
    if (error instanceof NoPageError) test.skip();
    throw error;
  }
  await run();
}
