import * as l10n from '@vscode/l10n';
import { messageNode } from './changeable.ts';
import type { ContextNode, JobNode, NamespaceNode } from './job-node.ts';
import { JOBS_COMMANDS, textOf, type JobsHost, type ListedContext, type OpenContext } from './jobs-host.ts';
import { NamespaceBranch } from './namespace-branch.ts';
import type { ClusterProblem } from '../../cluster/cluster.ts';
import type { Row } from './row.ts';

type ContextState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening'; readonly done: Promise<void> }
  | { readonly kind: 'declined' }
  | { readonly kind: 'problem'; readonly problem: ClusterProblem }
  | {
      readonly kind: 'open';
      readonly cluster: OpenContext;
      readonly listed: readonly string[];
      /** Why namespaces could not be listed. */
      readonly limit: ClusterProblem | null;
    };

/** A context of the tree: closed until a person opens it. */
export class ContextBranch {
  readonly node: ContextNode;
  info: ListedContext;
  readonly #host: JobsHost;
  readonly #namespaces = new Map<string, NamespaceBranch>();
  readonly #added: Set<string>;
  #state: ContextState = { kind: 'closed' };

  constructor(info: ListedContext, host: JobsHost) {
    this.node = { kind: 'context', context: info.name };
    this.info = info;
    this.#host = host;
    this.#added = new Set(host.added.of(info.name));
  }

  get cluster(): OpenContext | null {
    return this.#state.kind === 'open' ? this.#state.cluster : null;
  }

  get namespaces(): Iterable<NamespaceBranch> {
    return this.#namespaces.values();
  }

  namespace(name: string): NamespaceBranch | undefined {
    return this.#namespaces.get(name);
  }

  /**
   * Connects and asks for the namespaces, if that was not tried: rows are asked for again and again, and a person is to
   * be asked, and a cluster that is down to be knocked at, only when somebody wants it.
   */
  async open(): Promise<void> {
    if (this.#state.kind === 'closed') this.#state = { kind: 'opening', done: this.#connect() };
    if (this.#state.kind === 'opening') await this.#state.done;
  }

  async #connect(): Promise<void> {
    const opened = await this.#host.open(this.info.name);
    if (opened === null) this.#state = { kind: 'declined' };
    else if (!opened.ok) this.#state = { kind: 'problem', problem: opened.problem };
    else await this.#list(opened.value);
  }

  async #list(cluster: OpenContext): Promise<void> {
    const listed = await cluster.listNamespaces();
    if (listed.ok) this.#state = { kind: 'open', cluster, listed: listed.value, limit: null };
    else if (listed.problem.kind === 'forbidden' || listed.problem.kind === 'notFound')
      this.#state = { kind: 'open', cluster, listed: [], limit: listed.problem };
    else {
      cluster.close();
      this.#state = { kind: 'problem', problem: listed.problem };
    }
  }

  /**
   * Asks for the namespaces anew, or lets another attempt to connect be made.
   *
   * @param meant this context is meant, not all: then who declined before is asked again
   */
  async refresh(meant: boolean): Promise<void> {
    const { cluster } = this;
    if (cluster === null) {
      const { kind } = this.#state;
      if (kind === 'problem' || (kind === 'declined' && meant)) this.#state = { kind: 'closed' };
      return;
    }
    const listed = await cluster.listNamespaces();
    // It may have been closed meanwhile.
    if (this.cluster === cluster && listed.ok)
      this.#state = { kind: 'open', cluster, listed: listed.value, limit: null };
  }

  /** Lets go of the connection; nothing is asked until it is opened again. */
  close(): void {
    for (const branch of this.#namespaces.values()) branch.close();
    this.#namespaces.clear();
    if (this.#state.kind === 'open') this.#state.cluster.close();
    this.#state = { kind: 'closed' };
  }

  /** Shows a namespace that a person named, in other windows as well. */
  add(namespace: string): void {
    this.#added.add(namespace);
    this.#host.added.keep(this.info.name, [...this.#added]);
  }

  /** Shows it no more, unless it is listed. */
  remove(namespace: string): void {
    this.#added.delete(namespace);
    this.#host.added.keep(this.info.name, [...this.#added]);
    this.#namespaces.get(namespace)?.close();
    this.#namespaces.delete(namespace);
  }

  children(): JobNode[] {
    const state = this.#state;
    const retry = { id: JOBS_COMMANDS.retry, argument: this.node };
    switch (state.kind) {
      case 'closed':
      case 'opening':
        return [messageNode('opening', { text: l10n.t('Connecting …'), icon: 'loading~spin' })];
      case 'declined':
        return [
          messageNode('declined', { text: l10n.t('Not connected: click to connect.'), icon: 'plug', command: retry }),
        ];
      case 'problem':
        return [
          messageNode('problem', {
            text: state.problem.message,
            detail: l10n.t('{0} Click to try again.', textOf(state.problem)),
            icon: state.problem.kind === 'unreachable' ? 'debug-disconnect' : 'error',
            command: retry,
          }),
        ];
      case 'open': {
        const { cluster, listed, limit } = state;
        const own = cluster.namespace;
        const others = [...new Set([...listed, ...this.#added])].filter((name) => name !== own).sort();
        const nodes: JobNode[] = [own, ...others].map((name) => {
          const byHand = this.#added.has(name) && name !== own && !listed.includes(name);
          return this.#branch(name, cluster, byHand).node;
        });
        if (limit === null) return nodes;
        const text = l10n.t('Show another namespace…');
        const detail = l10n.t('{0} Namespaces that you name are shown all the same.', limit.message);
        return [
          ...nodes,
          messageNode('namespaces', {
            text,
            detail,
            icon: 'add',
            command: { id: JOBS_COMMANDS.addNamespace, argument: this.node },
          }),
        ];
      }
    }
  }

  row(): Row {
    const { name, current, server } = this.info;
    const state = this.#state;
    const words = [...(current ? ['current context'] : []), ...(state.kind === 'open' ? ['connected'] : [])];
    return {
      label: name,
      description: words.join(' · '),
      icon: { name: state.kind === 'open' ? 'vm-active' : state.kind === 'problem' ? 'vm-outline' : 'vm' },
      tooltip: [
        `Context ${name}`,
        server,
        state.kind === 'open' ? 'Connected.' : 'Nothing is sent before you open it.',
      ].filter((line) => line !== ''),
    };
  }

  #branch(name: string, cluster: OpenContext, byHand: boolean): NamespaceBranch {
    const known = this.#namespaces.get(name);
    if (known !== undefined) return known;
    const node: NamespaceNode = {
      kind: 'namespace',
      context: this.info.name,
      namespace: name,
      ...(byHand ? { added: true } : {}),
    };
    const branch = new NamespaceBranch(node, cluster.jobs);
    this.#namespaces.set(name, branch);
    return branch;
  }
}
