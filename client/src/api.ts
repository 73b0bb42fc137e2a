import type { ExportedApi } from './extension-api.ts';
import type { TimelinePanel } from './panel/panel.ts';

/** What the extension's `activate` gives to other extensions, and to the tests in the workbench. */
export interface JobwrightApi extends ExportedApi {
  /** Settles once the language server answers; that is only after a text with a Job, CronJob or List was opened. */
  readonly ready: Promise<void>;
  readonly panel: TimelinePanel;
}
