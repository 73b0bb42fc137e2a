import type { Job, CronJob } from '../../core/kubernetes/generated/types.ts';
import type { ManifestEdit } from '../../core/manifest/edit.ts';

/**
 * Every message between server and client beyond LSP. The server answers "which Job is here" with a few kilobytes and
 * never simulates; the panel's worker does.
 */

/** Where an editor shows something: 0-based lines, UTF-16 characters. */
export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Which Job or CronJob of a text is meant: the 0-based document, and the item when that document is a `List`. */
export interface ManifestAddress {
  readonly uri: string;
  readonly document: number;
  readonly item: number | null;
}

/** One Job or CronJob of a text, as the server understands it. */
export interface ManifestSummary extends ManifestAddress {
  readonly kind: 'Job' | 'CronJob';
  /** `metadata.name`, or `metadata.generateName` with `*`, or empty. */
  readonly name: string;
  readonly namespace: string | null;
  /** Of the whole object. */
  readonly range: Range;
  /** False when the API server would refuse it. */
  readonly accepted: boolean;
}

/** The decoded object itself; fields that did not decode are absent. */
export interface ManifestObject {
  readonly summary: ManifestSummary;
  /** LSP document version that it was read from. */
  readonly version: number;
  readonly object: Job | CronJob;
  /** The minor of the Kubernetes version that it is meant for. */
  readonly kubernetesMinor: number;
  /** How many findings of severity error the object has. */
  readonly errors: number;
}

/** Custom LSP requests and notifications: name -> params and result. */
export const ManifestsRequest = 'jobwright/manifests';
export interface ManifestsParams {
  readonly uri: string;
}
export type ManifestsResult = readonly ManifestSummary[];

export const ManifestRequest = 'jobwright/manifest';
export type ManifestResult = ManifestObject | null;

/** Ranges of fields of one object, for links between panel and text. Paths are written as the API server does. */
export const FieldRangesRequest = 'jobwright/fieldRanges';
export interface FieldRangesParams extends ManifestAddress {
  readonly fields: readonly string[];
}
export type FieldRangesResult = Readonly<Record<string, Range>>;

/** Writes edits by path into the text of one object: a fix that did not come from the text, but from a live Job. */
export const EditManifestRequest = 'jobwright/editManifest';
export interface EditManifestParams extends ManifestAddress {
  readonly edits: readonly ManifestEdit[];
}
/** What to replace in the text; empty where the edits cannot be written there. */
export type EditManifestResult = readonly { readonly range: Range; readonly newText: string }[];

/** The field at a place of a text: of which Job, and its path as the API server writes it. Null where there is none. */
export const FieldAtRequest = 'jobwright/fieldAt';
export interface FieldAtParams {
  readonly uri: string;
  readonly position: Position;
}
export type FieldAtResult = (ManifestAddress & { readonly field: string }) | null;

/** Reads a scenario file's text into data; what the data means, the panel's worker judges. */
export const ScenarioRequest = 'jobwright/scenario';
export interface ScenarioParams {
  readonly text: string;
}
export interface ScenarioResult {
  readonly value: unknown;
  /** What is wrong with the YAML, in sentences. */
  readonly problems: readonly string[];
}

/** Server -> client, after each analysis of a document that holds Jobs: its Jobs may have changed. */
export const ManifestsChangedNotification = 'jobwright/manifestsChanged';
export interface ManifestsChangedParams {
  readonly uri: string;
  readonly version: number;
  /** In order; of a very large stream only the first few hundred. */
  readonly manifests: readonly ManifestSummary[];
  /** The version that they are checked for, whoever chose it: `1.34`. */
  readonly kubernetesVersion: string;
}

/** Client -> server: the lines of a text that a person can see; they are judged first. 0-based, both ends inclusive. */
export const VisibleLinesNotification = 'jobwright/visibleLines';
export interface VisibleLinesParams {
  readonly uri: string;
  readonly ranges: readonly { readonly first: number; readonly last: number }[];
}

/**
 * Client -> server: the version of the cluster that somebody watches, as it says it itself; null when nobody does any
 * more. It counts where the setting `kubernetesVersion` is empty.
 */
export const ClusterVersionNotification = 'jobwright/clusterVersion';
export interface ClusterVersionParams {
  readonly version: string | null;
}

/**
 * Server -> client, only where `initializationOptions.formerText` is true and the setting `compareWithLastCommit` is on:
 * the text of a file in its repository's last commit. Null where there is none.
 */
export const FormerTextRequest = 'jobwright/formerText';
export interface FormerTextParams {
  readonly uri: string;
}
export interface FormerTextResult {
  readonly text: string | null;
}

/** Client -> server: what it answered about this text, or without `uri` about any, may not hold any more. */
export const FormerTextChangedNotification = 'jobwright/formerTextChanged';
export interface FormerTextChangedParams {
  readonly uri?: string;
}

/** Reads a text that need not be open in an editor, with the settings of the editor. */
export const ReadTextRequest = 'jobwright/readText';
export interface ReadTextParams {
  readonly text: string;
}
/** One thing to be said about a text, as `jobwright lint --format json` says it. */
export interface ReadFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  /** The API server's own path, such as `spec.podFailurePolicy.rules[0].action`; empty for what concerns the text. */
  readonly field: string;
  readonly range: Range;
}
export interface ReadTextResult {
  /** Its Jobs and CronJobs, in order. */
  readonly objects: readonly ManifestObject[];
  readonly findings: readonly ReadFinding[];
}

/** The command that checks every file of the workspace, as `workspace/executeCommand` names it. */
export const CHECK_WORKSPACE = 'jobwright.server.checkWorkspace';

/** What a check of the workspace found. */
export interface WorkspaceCheck {
  /** Files that hold Jobs. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}
