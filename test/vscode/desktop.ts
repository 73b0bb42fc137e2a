import { loaded } from './mocha.ts';
import { runLoaded } from './run.ts';
import './suite/diagnostics.ts';
import './suite/documents.ts';
import './suite/hover.ts';
import './suite/completion.ts';
import './suite/authoring.ts';
import './suite/simulate.ts';
import './suite/export.ts';
import './suite/panel.ts';
import './suite/watch.ts';
import './suite/actions.ts';
import './suite/demo.ts';
import './suite/live-runs.ts';
import './suite/jobs-view.ts';

/** Entry for VS Code's test host. */
export function run(): Promise<void> {
  return runLoaded(loaded);
}
