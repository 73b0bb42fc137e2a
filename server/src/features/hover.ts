import type { CronJob, Job } from '../../core/kubernetes/generated/types.ts';
import { apiFieldAt, type ApiField, type FieldDoc } from '../../core/kubernetes/field-docs.ts';
import { addressOf, pageOfField } from '../../core/kubernetes/docs-pages.ts';
import { sayFacts } from '../../core/kubernetes/field-docs/facts.ts';
import { forecastJob } from '../../core/forecast/forecast.ts';
import type { Span } from '../../core/manifest/tree.ts';
import type { Range } from '../protocol/protocol.ts';
import type { AnalysedObject, Analysis } from './analysis.ts';
import { tellCronJob } from './hover-cron-job.ts';
import { JOB_TELLERS, type JobHover } from './hover-job.ts';
import { placeAt, type ManifestPlace } from './hover-place.ts';
import { tellQuantity } from './hover-resources.ts';
import { escapeMarkdown, inlineCode } from './markdown.ts';
import { meaningAt } from './values.ts';
import { documentAt, objectAt, offsetAt, rangeOf } from './place.ts';

/** A hover as LSP sends it. */
export interface HoverAnswer {
  readonly contents: { readonly kind: 'markdown'; readonly value: string };
  readonly range: Range;
}

export interface HoverOptions {
  /** The present, in milliseconds since 1970: where the next runs of a CronJob start. */
  readonly now: number;
  /** The IANA name of the reader's time zone; UTC where it is not known. */
  readonly zone?: string;
  /** The API's own words for a field that Jobwright has none for. */
  readonly apiDocs?: ApiDocs;
}

/** A field in the words of the Kubernetes API itself; null where they are not known. */
export type ApiDocs = (object: string, field: string) => ApiDoc | null;

export interface ApiDoc {
  readonly text: string;
  /** Of the API that says so: `1.36`. */
  readonly version: string;
}

/** The hover at a place of a text; null where there is nothing to say. Reads one document and judges nothing. */
export function hoverAt(
  analysis: Analysis,
  position: { readonly line: number; readonly character: number },
  options: HoverOptions,
): HoverAnswer | null {
  const placed = documentAt(analysis, position.line);
  const offset = offsetAt(placed, position);
  const object = objectAt(placed.document, offset);
  const hover = object === undefined ? null : hoverOf(object, offset, options);
  return hover === null
    ? null
    : { contents: { kind: 'markdown', value: hover.markdown }, range: rangeOf(placed, hover.span) };
}

/**
 * The hover at an offset (UTF-16, from the start of the object's document) of one Job or CronJob: the field in our words
 * and what it means for this very object. Null for what the API does not know or Jobwright has no words for.
 */
export function hoverOf(
  { root, kind, object }: Pick<AnalysedObject, 'root' | 'kind' | 'object'>,
  offset: number,
  options: HoverOptions,
): { readonly markdown: string; readonly span: Span } | null {
  const place = placeAt(root, offset);
  const field = place === null ? null : apiFieldAt(kind, place.path);
  if (place === null || field === null) return null;
  const told = tell(kind, object, field, place, options);
  // What a code means is part of what is told about it.
  const known = told.some((said) => said.startsWith('Exit code '))
    ? null
    : meaningAt({ root, kind, apiVersion: '', pathPrefix: [], item: null, jobName: null }, place.path, place.value);
  const apiDoc = field.doc === null ? (options.apiDocs?.(field.object, field.field) ?? null) : null;
  if (field.doc === null && told.length === 0 && known === null && apiDoc === null) return null;
  return { markdown: compose(field, place, known === null ? told : [...told, known], apiDoc), span: place.span };
}

function tell(
  kind: 'Job' | 'CronJob',
  object: Job | CronJob,
  field: ApiField,
  place: ManifestPlace,
  options: HoverOptions,
): readonly string[] {
  const id = `${field.object}.${field.field}`;
  if (kind === 'CronJob') {
    const told = tellCronJob(id, object as CronJob, { now: options.now, zone: options.zone ?? 'UTC' });
    if (told !== null) return told;
  }
  if (id === 'ObjectMeta.name' && place.path.length === 2) return tellName(kind, object);
  const value = place.value?.value ?? null;
  if (field.object === 'ResourceRequirements' && field.field !== 'claims') {
    const resource = place.path[field.depth];
    if (typeof resource !== 'string' || value === null || typeof value === 'boolean') return [];
    return tellQuantity(resource, value, forecastJob(jobOf(kind, object)).parallelism.peak);
  }
  const teller = Object.hasOwn(JOB_TELLERS, id) ? JOB_TELLERS[id] : undefined;
  if (teller === undefined) return [];
  const job = jobOf(kind, object);
  const hover: JobHover = {
    job,
    forecast: forecastJob(job),
    name: podNameStart(kind, object),
    rule: ruleOf(place),
    value,
  };
  return teller(hover);
}

/** The Job itself, or the one that a CronJob's template describes. */
export function jobOf(kind: 'Job' | 'CronJob', object: Job | CronJob): Job {
  if (kind === 'Job') return object as Job;
  const template = (object as CronJob).spec?.jobTemplate;
  return { metadata: template?.metadata, spec: template?.spec };
}

function podNameStart(kind: 'Job' | 'CronJob', object: Job | CronJob): string {
  const name = object.metadata?.name ?? '';
  return kind === 'CronJob' && name !== '' ? `${name}-<time>` : name;
}

/** What the controllers make of the name of a Job or CronJob. */
function tellName(kind: 'Job' | 'CronJob', object: Job | CronJob): readonly string[] {
  const name = object.metadata?.name ?? '';
  if (name === '') return [];
  if (kind === 'CronJob') return [`Its Jobs are named ${name}-<minutes since 1970>.`];
  const indexed = (object as Job).spec?.completionMode === 'Indexed';
  return [
    `Its pods are named ${name}${indexed ? '-0' : ''}-xxxxx (five random characters) and carry the label batch.kubernetes.io/job-name.`,
  ];
}

function ruleOf({ path }: ManifestPlace): number | null {
  const rule = path[path.indexOf('rules') + 1];
  return path.includes('rules') && typeof rule === 'number' ? rule : null;
}

function compose(field: ApiField, place: ManifestPlace, told: readonly string[], apiDoc: ApiDoc | null): string {
  const { doc } = field;
  const parts: string[] = [];
  parts.push(doc === null ? `**${field.field}**` : `**${field.field}**: ${doc.summary}`);
  const meaning = doc === null ? '' : sayValues(doc, place);
  if (meaning !== '') parts.push(meaning);
  const here = told.map((sentence) => escapeMarkdown(sentence));
  if (here.length === 1) parts.push(`Here: ${here[0] ?? ''}`);
  else if (here.length > 1) parts.push(`Here:\n${here.map((sentence) => `- ${sentence}`).join('\n')}`);
  if (doc?.detail !== undefined) parts.push(doc.detail);
  const facts = doc === null ? '' : sayFacts(doc);
  if (facts !== '') parts.push(`_${facts}_`);
  if (doc !== null) {
    const place = pageOfField(field.object, field.field);
    parts.push(`[${place.page === 'guide' ? 'More in the guide' : 'On the page of fields'}](${addressOf(place)})`);
  }
  if (apiDoc !== null)
    parts.push(escapeMarkdown(apiDoc.text), `_In the words of the Kubernetes ${apiDoc.version} API._`);
  return parts.join('\n\n');
}

/** On one of the values: what that means. On the key, or a value that is not known: what all of them mean. */
function sayValues({ values = {} }: FieldDoc, { value }: ManifestPlace): string {
  const chosen = value?.value;
  if (typeof chosen === 'string' && Object.hasOwn(values, chosen))
    return `${inlineCode(chosen)}: ${values[chosen] ?? ''}.`;
  return Object.entries(values)
    .map(([name, meaning]) => `- ${inlineCode(name)}: ${meaning}`)
    .join('\n');
}
