import type * as vscode from 'vscode';
import type { AddedNamespaces } from './jobs-host.ts';

const KEY = 'jobwright.addedNamespaces';
/** So many of a context are remembered, the latest ones. */
const MOST = 50;

/** Names of namespaces that people added by hand, by context; kept for all windows. Nothing else of a cluster is. */
export function rememberedNamespaces(state: vscode.Memento): AddedNamespaces {
  const all = (): Readonly<Record<string, unknown>> => state.get<Readonly<Record<string, unknown>>>(KEY, {});
  return {
    of(context) {
      const names = all()[context];
      return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : [];
    },
    keep(context, names) {
      const others = Object.entries(all()).filter(([name]) => name !== context);
      const kept = names.length === 0 ? others : [...others, [context, names.slice(-MOST)]];
      void state.update(KEY, Object.fromEntries(kept));
    },
  };
}
