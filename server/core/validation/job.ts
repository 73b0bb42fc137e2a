import { defaultJob } from '../kubernetes/defaults.ts';
import type { Job, JobSpec } from '../kubernetes/generated/types.ts';
import { dnsLabelProblems, labelValueProblems } from '../kubernetes/names.ts';
import type { FieldPath } from '../manifest/path.ts';
import { checkJobSpec } from './job-spec.ts';
import { checkLabelSelector, selectorMatches, type Labels } from './label-selector.ts';
import { checkMetadata, effectiveName } from './metadata.ts';
import type { Report } from './report.ts';
import { warnOfJob } from './warnings/job-warnings.ts';

const SPEC: FieldPath = ['spec'];
const TEMPLATE_LABELS: FieldPath = ['spec', 'template', 'metadata', 'labels'];
/** Labels that the server puts on a Job's pods, and which of the two facts each holds. */
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];
const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const SELECTOR_LABEL = 'batch.kubernetes.io/controller-uid';
/** Stands for the uid that the server will choose; no manifest can know it. */
const UID = '00000000-0000-4000-8000-000000000000';

/** A Job on create (`spec.` paths are the Job's own). */
export function checkJob(job: Job, report: Report): void {
  const { metadata, spec = {} } = defaultJob(job);
  const name = effectiveName(metadata);
  checkMetadata(metadata, report);
  // Labels taken over from the template are one map with it, so that the server's own additions show up here too;
  // where it makes the name from generateName, it works on a copy.
  if (labelsAreTemplates(job))
    report.names(['metadata', 'labels'], name, labelValueProblems(name), { shownAt: ['metadata', 'name'] });
  checkJobSpec(spec, SPEC, report);
  if (spec.manualSelector === true) checkManualSelector(spec, report);
  else checkGeneratedSelector(spec, name, report);
  checkLastPodName(spec, name, report);
  warnOfJob(metadata, spec, SPEC, report);
}

function labelsAreTemplates(job: Job): boolean {
  const { name = '', labels = {} } = job.metadata ?? {};
  const { manualSelector, template } = job.spec ?? {};
  return (
    name !== '' &&
    manualSelector !== true &&
    Object.keys(labels).length === 0 &&
    template?.metadata?.labels !== undefined
  );
}

function checkManualSelector(spec: JobSpec, report: Report): void {
  if (spec.selector === undefined) report.required([...SPEC, 'selector']);
  checkLabelSelector(spec.selector, [...SPEC, 'selector'], report);
  checkSelectorMatches(spec, spec.template?.metadata?.labels, report);
}

/** Without manualSelector the server adds its own labels and selector, and minds what was there before. */
function checkGeneratedSelector(spec: JobSpec, name: string, report: Report): void {
  const given = spec.template?.metadata?.labels ?? {};
  const expected: Record<string, string> = {};
  for (const label of NAME_LABELS) expected[label] = name;
  for (const label of UID_LABELS) expected[label] = UID;
  const labels: Labels = { ...expected, ...given };
  for (const [label, value] of Object.entries(expected))
    if (labels[label] !== value)
      report.invalid([...TEMPLATE_LABELS, { key: label }], labels, `must be '${value}'`, {
        fixes: [
          {
            title: `Remove the label ${label}`,
            edits: [{ kind: 'remove', path: [...TEMPLATE_LABELS, { key: label }] }],
            preferred: true,
          },
        ],
      });
  if (NAME_LABELS.some((label) => labels[label] === name))
    report.names(['spec', 'template', 'labels'], name, labelValueProblems(name), {
      shownAt: ['metadata', 'name'],
    });
  const matchLabels = { [SELECTOR_LABEL]: UID, ...spec.selector?.matchLabels };
  const { matchExpressions } = spec.selector ?? {};
  const selector = matchExpressions === undefined ? { matchLabels } : { matchLabels, matchExpressions };
  checkLabelSelector(spec.selector, [...SPEC, 'selector'], report);
  if (selectorMatches(selector, expected) === false)
    report.invalid([...SPEC, 'selector'], selector, '`selector` not auto-generated', {
      fixes: [
        { title: 'Remove the selector', edits: [{ kind: 'remove', path: [...SPEC, 'selector'] }], preferred: true },
      ],
    });
  checkSelectorMatches({ ...spec, selector }, labels, report);
}

function checkSelectorMatches(spec: JobSpec, labels: Labels | undefined, report: Report): void {
  if (selectorMatches(spec.selector, labels ?? {}) !== false) return;
  report.invalid(TEMPLATE_LABELS, labels, '`selector` does not match template `labels`');
}

/** An Indexed Job's pods carry name and index in their host name, which has to be a DNS label. */
export function checkLastPodName(spec: JobSpec, name: string, report: Report): void {
  const { completionMode, completions = 0 } = spec;
  if (completionMode !== 'Indexed' || completions <= 0) return;
  const last = `${name}-${completions - 1}`;
  if (dnsLabelProblems(last).length > 0)
    report.invalid(['metadata', 'name'], name, `will not able to create pod with invalid DNS label: ${last}`);
}

/** The Job with the labels and the selector that the server adds on create, unless manualSelector says not to. */
export function withGeneratedSelector(job: Job): Job {
  const spec = job.spec ?? {};
  if (spec.manualSelector === true) return job;
  const name = effectiveName(job.metadata);
  const labels: Record<string, string> = {};
  for (const label of NAME_LABELS) labels[label] = name;
  for (const label of UID_LABELS) labels[label] = UID;
  const { template, selector } = spec;
  return {
    ...job,
    spec: {
      ...spec,
      selector: { ...selector, matchLabels: { [SELECTOR_LABEL]: UID, ...selector?.matchLabels } },
      template: {
        ...template,
        metadata: { ...template?.metadata, labels: { ...labels, ...template?.metadata?.labels } },
      },
    },
  };
}
