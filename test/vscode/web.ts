import { loaded } from './mocha.ts';
import { runLoaded } from './run.ts';
import './suite/diagnostics.ts';
import './suite/documents.ts';
import './suite/hover.ts';
import './suite/authoring.ts';
import './suite/simulate.ts';
import './suite/export.ts';
import './suite/panel.ts';
import './suite/watch-in-browser.ts';
import './suite/demo.ts';

/** Entry for VS Code's web worker test host. */
export function run(): Promise<void> {
  return runLoaded(loaded);
}
