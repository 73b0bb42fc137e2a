import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SeenBefore } from '../../cluster/cluster.ts';
import type { LiveSource } from '../panel/panel.ts';

type Address = Omit<LiveSource, 'kind'>;

/** So many runs are remembered after their panels were closed. */
const MOST = 20;

/** The runs that were watched in this window, as last seen: what can be recorded also when the Job is gone. */
export class SeenRuns {
  readonly #runs = new Map<string, { readonly address: Address; readonly seen: SeenBefore }>();

  /** Takes in what a watch sees. */
  see({ context, namespace, name }: Address, seen: SeenBefore): void {
    const address = { context, namespace, name };
    const key = JSON.stringify(address);
    this.#runs.delete(key);
    this.#runs.set(key, { address, seen });
    for (const oldest of this.#runs.keys()) {
      if (this.#runs.size <= MOST) return;
      this.#runs.delete(oldest);
    }
  }

  of({ context, namespace, name }: Address): SeenBefore | null {
    return this.#runs.get(JSON.stringify({ context, namespace, name }))?.seen ?? null;
  }

  /** The only run, or the one that the person picks; undefined when there is none or they gave up. */
  async choose(placeHolder: string): Promise<Address | undefined> {
    const runs = [...this.#runs.values()].reverse();
    if (runs.length < 2) return runs[0]?.address;
    const picked = await vscode.window.showQuickPick(
      runs.map(({ address }) => ({
        label: address.name,
        description: l10n.t('{0} on {1}', address.namespace, address.context),
        address,
      })),
      { placeHolder },
    );
    return picked?.address;
  }
}
