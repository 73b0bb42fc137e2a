import type { Result } from '../../../client/cluster/problem.ts';
import type { JobNode } from '../../../client/src/jobs-view/job-node.ts';
import type { ListedContext, OpenContext } from '../../../client/src/jobs-view/jobs-host.ts';
import { JobsModel } from '../../../client/src/jobs-view/jobs-model.ts';

/** The tree as a person sees it: what is open is drawn again whenever the model says so, as VS Code does. */
export class Tree {
  readonly model: JobsModel;
  readonly rows = new Map<JobNode | undefined, readonly JobNode[]>();
  opened = 0;
  /** Namespaces that were added, by context; another tree may begin with them, as another window does. */
  readonly remembered: Map<string, readonly string[]>;
  /** How long a row may take to come, in milliseconds. */
  patience = 5_000;
  redraws = 0;
  #redrawing: Promise<unknown> = Promise.resolve();

  constructor(
    open: () => Promise<Result<OpenContext> | null>,
    contexts: Result<readonly ListedContext[]>,
    remembered = new Map<string, readonly string[]>(),
  ) {
    this.remembered = remembered;
    this.model = new JobsModel(
      {
        added: {
          of: (context) => this.remembered.get(context) ?? [],
          keep: (context, names) => void this.remembered.set(context, names),
        },
        contexts: () => Promise.resolve(contexts),
        open: () => {
          this.opened++;
          return open();
        },
      },
      (nodes) => {
        this.redraws++;
        for (const node of nodes ?? [undefined])
          if (this.rows.has(node)) this.#redrawing = this.#redrawing.then(() => this.open(node));
          else if (node !== undefined) this.model.row(node);
      },
    );
    this.model.visible = true;
  }

  async open(node?: JobNode): Promise<readonly JobNode[]> {
    const children = await this.model.children(node);
    this.rows.set(node, children);
    for (const child of children) {
      this.model.row(child);
      if (this.rows.has(child)) await this.open(child);
    }
    return children;
  }

  close(node: JobNode): void {
    this.rows.delete(node);
    this.model.collapsed(node);
  }

  /** Labels and descriptions, indented by depth. */
  text(node?: JobNode, depth = 0): string[] {
    return (this.rows.get(node) ?? []).flatMap((child) => {
      const { label, description } = this.model.row(child);
      return [
        `${'  '.repeat(depth)}${label}${description === '' ? '' : `: ${description}`}`,
        ...this.text(child, depth + 1),
      ];
    });
  }

  find(label: string, kind?: JobNode['kind']): Promise<JobNode> {
    const isIt = (node: JobNode): boolean =>
      this.model.row(node).label === label && (kind === undefined || node.kind === kind);
    return this.#until(`a row ${label}`, () => [...this.rows.values()].flat().find(isIt));
  }

  async shows(...patterns: RegExp[]): Promise<void> {
    await this.#until(`rows ${patterns.join(' ')}`, () =>
      patterns.every((pattern) => this.text().some((line) => pattern.test(line))) ? true : undefined,
    );
  }

  async gone(pattern: RegExp): Promise<void> {
    await this.#until(`no row ${String(pattern)}`, () =>
      this.text().some((line) => pattern.test(line)) ? undefined : true,
    );
  }

  async #until<T>(what: string, look: () => T | undefined): Promise<T> {
    const end = performance.now() + this.patience;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (performance.now() > end) throw new Error(`not in time: ${what}; shown:\n${this.text().join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
