import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Job } from '../../../server/core/kubernetes/generated/types.ts';
import { DEMO_CONTEXT } from '../../demo/demo-context.ts';
import type * as demo from '../../demo/demo.ts';
import type { Reach } from '../cluster-access.ts';

/** The made-up cluster that plays now, if one does. */
export class DemoSession {
  #playing: { readonly module: typeof demo; readonly cluster: demo.DemoCluster } | null = null;
  readonly #started = new vscode.EventEmitter<void>();
  /** Another demo has begun. */
  readonly onStarted = this.#started.event;

  get plays(): boolean {
    return this.#playing !== null;
  }

  /** Begins to play a Job; the example where none is given. What played before is forgotten. */
  async start(job: Job | null, scenario: unknown): Promise<Reach & { readonly playing: demo.DemoCluster }> {
    const module = await import('../../demo/demo.ts');
    if (vscode.l10n.bundle !== undefined) module.speak(vscode.l10n.bundle);
    const cluster =
      job === null ? module.demoCluster(module.DEMO_JOB, module.DEMO_SCENARIO) : module.demoCluster(job, scenario);
    this.#playing = { module, cluster };
    this.#started.fire();
    return { cluster: module, connection: cluster.connect(), playing: cluster };
  }

  /** Null after a word to the person: nothing plays. */
  reach(): Reach | null {
    if (this.#playing !== null) return { cluster: this.#playing.module, connection: this.#playing.cluster.connect() };
    void vscode.window.showInformationMessage(
      l10n.t('Nothing plays on “{0}” any more: watch a demo Job first.', DEMO_CONTEXT),
    );
    return null;
  }
}
