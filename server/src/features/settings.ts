import type { PodSecurityLevel } from '../../core/advice/pod-security.ts';
import { parseVersion } from '../../core/kubernetes/versions.ts';
import { readSeverities, type SeverityTable } from '../../core/validation/severity.ts';
import type { FormerObject } from './former-objects.ts';
import type { KeysFor } from './known-keys.ts';

/** Which inlay hints are shown. */
export interface HintChoice {
  /** What holds because a field is left out, and pods that are capped. */
  readonly defaults: boolean;
  /** The next run of a schedule. */
  readonly schedule: boolean;
  /** The longest time. */
  readonly worstCase: boolean;
}

/** What a person chose, as the features use it. Read from the section `jobwright` of the editor's settings. */
export interface Settings {
  /** False: no feature answers. */
  readonly enable: boolean;
  /** `1.37`, or empty for the newest known. */
  readonly kubernetesVersion: string;
  /** False: only what the API server itself would say. */
  readonly advice: boolean;
  /** What is said with another severity than usual, or not at all. */
  readonly severity: SeverityTable;
  /** True: what an apply over the Jobs of the last commit would refuse is said too. */
  readonly compareWithLastCommit: boolean;
  /** What namespaces enforce that are not in the text; null where that is not known, or nothing. */
  readonly podSecurity: PodSecurityLevel | null;
  readonly inlayHints: HintChoice;
  /** True for a text that holds parts of objects only (a kustomization's patch). Nobody chooses this: it follows from the file. */
  readonly partial: boolean;
  /** True for a scenario file. Nobody chooses this either. */
  readonly scenario: boolean;
  /** What the objects of a text were in the last commit, where that is known. Nobody chooses this either. */
  readonly former?: FormerObject;
  /** What is known of ConfigMaps and Secrets near the text. Nobody chooses this either. */
  readonly keys?: KeysFor;
}

export const DEFAULT_SETTINGS: Settings = {
  enable: true,
  kubernetesVersion: '',
  advice: true,
  severity: {},
  compareWithLastCommit: false,
  podSecurity: null,
  inlayHints: { defaults: true, schedule: true, worstCase: true },
  partial: false,
  scenario: false,
};

/** Takes what is of the right type from a settings section of any shape; the rest stays at its default. */
export function readSettings(section: unknown): Settings {
  const advice = fieldOf(section, 'advice');
  const hints = fieldOf(section, 'inlayHints');
  const all = DEFAULT_SETTINGS.inlayHints;
  return {
    enable: booleanOr(fieldOf(section, 'enable'), DEFAULT_SETTINGS.enable),
    kubernetesVersion: stringOr(fieldOf(section, 'kubernetesVersion'), DEFAULT_SETTINGS.kubernetesVersion),
    advice: booleanOr(fieldOf(advice, 'enable'), DEFAULT_SETTINGS.advice),
    severity: readSeverities(fieldOf(section, 'severity')),
    compareWithLastCommit: booleanOr(fieldOf(section, 'compareWithLastCommit'), DEFAULT_SETTINGS.compareWithLastCommit),
    podSecurity: readLevel(fieldOf(section, 'podSecurity')) ?? null,
    inlayHints: {
      defaults: booleanOr(fieldOf(hints, 'defaults'), all.defaults),
      schedule: booleanOr(fieldOf(hints, 'schedule'), all.schedule),
      worstCase: booleanOr(fieldOf(hints, 'worstCase'), all.worstCase),
    },
    partial: false,
    scenario: false,
  };
}

/** A Pod Security level, null for one that refuses nothing; undefined for what is none. */
export function readLevel(value: unknown): PodSecurityLevel | null | undefined {
  if (value === 'baseline' || value === 'restricted') return value;
  return value === 'privileged' ? null : undefined;
}

/** The settings for the cluster that is attached: its version counts where none was chosen, and it is known. */
export function withCluster(settings: Settings, version: string | null): Settings {
  const known = version !== null && parseVersion(version) !== null;
  return settings.kubernetesVersion === '' && known ? { ...settings, kubernetesVersion: version } : settings;
}

/** A field of a value that may be anything. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function booleanOr(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
