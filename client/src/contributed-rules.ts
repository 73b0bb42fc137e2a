import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import type { ManifestsChangedParams, ManifestSummary } from '../../server/src/protocol/protocol.ts';
import type { ContributedRule } from './extension-api.ts';
import type { LanguageServer } from './language-server.ts';

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

const ID = /^(?!(?:api|advice|note)\/)[a-z0-9-]+\/[a-z0-9-]+$/;

/** Rules of other extensions, and their findings in the texts that are open. */
export class ContributedRules {
  readonly #server: LanguageServer;
  readonly #rules = new Set<ContributedRule>();
  readonly #known = new Map<string, readonly ManifestSummary[]>();
  readonly #shown = vscode.languages.createDiagnosticCollection('jobwright-contributed');
  readonly #listeners: vscode.Disposable;

  constructor(server: LanguageServer) {
    this.#server = server;
    this.#listeners = vscode.Disposable.from(
      this.#shown,
      server.onManifestsChanged((change) => this.#changed(change)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#known.delete(uri.toString());
        this.#shown.delete(uri);
      }),
    );
  }

  add(rules: readonly ContributedRule[]): vscode.Disposable {
    const wrong = rules.find(({ id }) => !ID.test(id));
    if (wrong !== undefined) throw new Error(`${wrong.id} is no id for a rule: it has to be OWNER/NAME.`);
    for (const rule of rules) this.#rules.add(rule);
    this.#judgeAll();
    return new vscode.Disposable(() => {
      for (const rule of rules) this.#rules.delete(rule);
      this.#judgeAll();
    });
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #changed({ uri, manifests }: ManifestsChangedParams): void {
    if (manifests.length === 0) this.#known.delete(uri);
    else this.#known.set(uri, manifests);
    void this.#judge(uri);
  }

  #judgeAll(): void {
    for (const uri of this.#known.keys()) void this.#judge(uri);
  }

  async #judge(uri: string): Promise<void> {
    const manifests = this.#known.get(uri);
    const place = vscode.Uri.parse(uri);
    if (manifests === undefined || this.#rules.size === 0) {
      this.#shown.delete(place);
      return;
    }
    const found = (await Promise.all(manifests.map((manifest) => this.#findingsOf(manifest)))).flat();
    // A later change has its own turn.
    if (this.#known.get(uri) === manifests) this.#shown.set(place, found);
  }

  async #findingsOf(address: ManifestSummary): Promise<readonly vscode.Diagnostic[]> {
    const manifest = await this.#server.manifest(address);
    if (manifest === null) return [];
    const found = [...this.#rules].flatMap((rule) =>
      judged(rule, address, manifest.object).map((one) => ({ ...one, rule })),
    );
    if (found.length === 0) return [];
    const ranges = await this.#server.fieldRanges({ ...address, fields: found.map(({ field }) => field) });
    return found.flatMap(({ field, message, rule }) => {
      const range = ranges[field];
      if (range === undefined) return [];
      const { start, end } = range;
      const diagnostic = new vscode.Diagnostic(
        new vscode.Range(start.line, start.character, end.line, end.character),
        message,
        SEVERITIES[rule.severity ?? 'warning'],
      );
      diagnostic.source = 'Jobwright';
      diagnostic.code = rule.docs === undefined ? rule.id : { value: rule.id, target: vscode.Uri.parse(rule.docs) };
      return diagnostic;
    });
  }
}

/** A rule that fails speaks about itself, and only about itself. */
function judged(
  rule: ContributedRule,
  { kind }: ManifestSummary,
  object: Job | CronJob,
): readonly { readonly field: string; readonly message: string }[] {
  try {
    return rule.judge(kind, object);
  } catch (error) {
    return [
      {
        field: 'kind',
        message: l10n.t('The rule {0} failed: {1}', rule.id, error instanceof Error ? error.message : String(error)),
      },
    ];
  }
}
