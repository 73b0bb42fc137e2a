import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import type { DiagnosisInput } from '../diagnosis/facts.ts';
import { recordingOf, type RecordingFile } from '../timeline/recording.ts';
import { summarizeTimeline } from '../timeline/summary.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { fenced, lineOf } from './markdown.ts';
import { MASK, maskObject, maskText } from './mask.ts';
import { eventsOf, maskTimeline, podsOf, section } from './run-markdown.ts';

/** The log of one container, or why it could not be had. */
export interface IncidentLog {
  readonly pod: string;
  readonly container: string;
  readonly text: string;
  /** Why it is incomplete or absent. */
  readonly note?: string;
}

export interface IncidentInput extends DiagnosisInput {
  readonly timeline: Timeline;
  readonly findings: readonly Diagnosis[];
  readonly logs: readonly IncidentLog[];
  /** Rights that were missing, and what else could not be had: one sentence each. */
  readonly missing: readonly string[];
  /** The kubeconfig's context, where there was one. */
  readonly context?: string | undefined;
}

/** One Markdown file and one recording, both with what may be a secret masked. */
export interface Incident {
  readonly markdown: string;
  readonly recording: RecordingFile;
  /** Paths in the Job of what was masked. */
  readonly masked: readonly string[];
}

/** All that is known of a Job, to be kept before its evidence is gone. */
export function incidentOf(input: IncidentInput): Incident {
  const { timeline, findings, logs, job } = input;
  const { value: object, masked } = maskObject({ apiVersion: 'batch/v1', kind: 'Job', ...job });
  const { status, ...manifest } = object;
  const safe = maskTimeline(timeline);
  const sections = [
    headOf(input, masked),
    section('Why', whyOf(findings)),
    section('Pods', podsOf(safe, 'the recording has them all')),
    section('Events', eventsOf(safe.events)),
    section('Conditions and counts', fenced('json', JSON.stringify(status ?? {}, undefined, 2))),
    section('Manifest', fenced('json', JSON.stringify(manifest, undefined, 2))),
    section('Logs', logsOf(logs)),
  ];
  return { markdown: `${sections.join('\n\n')}\n`, recording: recordingOf(safe, manifest), masked };
}

function headOf(input: IncidentInput, masked: readonly string[]): string {
  const { timeline, job, now, context, missing, logs } = input;
  const { namespace, name, uid } = job.metadata;
  const masks = [
    ...masked.map((path) => `- \`${path}\` of the Job`),
    ...(logs.some(({ text }) => maskText(text) !== text)
      ? ['- parts of the logs that look like passwords or tokens']
      : []),
  ];
  return [
    `# Job ${lineOf(namespace === undefined ? name : `${namespace}/${name}`)}`,
    lineOf(maskText(summarizeTimeline(timeline).sentence)),
    [
      `- Saved: ${new Date(now).toISOString()}`,
      ...(context === undefined ? [] : [`- Context: ${lineOf(context)}`]),
      `- Created: ${job.metadata.creationTimestamp ?? 'unknown'}`,
      `- UID: ${lineOf(uid)}`,
    ].join('\n'),
    masks.length === 0
      ? `Nothing in it looked like a secret. What Secrets hold was not asked for.`
      : `Masked with \`${MASK}\`, because it may be secret (what Secrets hold was not asked for):\n\n${masks.join('\n')}`,
    ...(missing.length === 0
      ? []
      : [`Missing from this report:\n\n${missing.map((text) => `- ${lineOf(text)}`).join('\n')}`]),
  ].join('\n\n');
}

function whyOf(findings: readonly Diagnosis[]): string {
  return findings
    .map(({ severity, summary, suggestion, field, rule, evidence }) =>
      [
        `- **${severity}**: ${lineOf(maskText(summary))} (\`${rule}\`)`,
        ...evidence.map(
          ({ object, field: read, text, at }) =>
            `  - ${lineOf(object)} \`${read}\`: ${lineOf(maskText(text))}${at === undefined ? '' : ` (${at})`}`,
        ),
        ...(suggestion === undefined
          ? []
          : [`  - Suggestion: ${lineOf(suggestion)}${field === undefined ? '' : ` (\`${field}\`)`}`]),
      ].join('\n'),
    )
    .join('\n');
}

function logsOf(logs: readonly IncidentLog[]): string {
  if (logs.length === 0) return 'None could be had.';
  return logs
    .map(({ pod, container, text, note }) =>
      [
        `### ${lineOf(pod)}, container ${lineOf(container)}`,
        ...(note === undefined ? [] : [lineOf(note)]),
        ...(text === '' ? [] : [fenced('', maskText(text))]),
      ].join('\n\n'),
    )
    .join('\n\n');
}
