import type * as vscode from 'vscode';
import type { CronJob, Job } from '../../server/core/kubernetes/generated/types.ts';
import type { ReadTextResult } from '../../server/src/protocol/protocol.ts';
import type { Simulated, SimulationWishes } from '../api/simulate-object.ts';

/**
 * What Jobwright offers to other extensions (docs/api.md). Fields may be added; what is there keeps its meaning as long
 * as `apiVersion` stays the same.
 */
export interface ExportedApi {
  readonly apiVersion: 1;
  /** The Jobs of a text and the findings about them, with the settings of the editor. The text need not be open. */
  lint(text: string): Promise<ReadTextResult>;
  /** Plays each Job and CronJob of a text. Rejects with an `Error` that says what is wrong with the scenario. */
  simulate(text: string, wishes?: SimulationWishes): Promise<readonly Simulated[]>;
  /** A scenario file's text as the data that `simulate` takes. Rejects when it is no YAML. */
  readScenario(text: string): Promise<unknown>;
  /** Adds rules of one's own; their findings stand beside Jobwright's until the result is disposed of. */
  contributeRules(rules: readonly ContributedRule[]): vscode.Disposable;
}

/** A rule of another extension. */
export interface ContributedRule {
  /** `OWNER/NAME`, in small letters, digits and dashes; `api`, `advice` and `note` are Jobwright's own. */
  readonly id: string;
  readonly severity?: 'error' | 'warning' | 'information' | 'hint';
  /** Where more is to be read. */
  readonly docs?: string;
  /** Looks at one decoded object; what is missing in it did not decode. Must not change it, nor take long. */
  judge(
    kind: 'Job' | 'CronJob',
    object: Job | CronJob,
  ): readonly { readonly field: string; readonly message: string }[];
}

export type { CronJob, Job, ReadTextResult, Simulated, SimulationWishes };
