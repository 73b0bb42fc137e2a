import { countOf } from '../forecast/words.ts';
import { parseImage } from '../kubernetes/image-reference.ts';
import type { FieldPath } from '../manifest/path.ts';
import { isImageToBe } from './placeholder.ts';
import type { AdviceRule, JobSubject } from './rule.ts';

export const IMAGE_TAG: AdviceRule = {
  id: 'advice/image-tag',
  title: 'Image that may change between retries',
  why: 'The tag latest means whatever was pushed last: a retry, or tomorrow’s run, may run another program than the first attempt. Unless imagePullPolicy says otherwise the image is asked for anew by every pod; with IfNotPresent each node keeps what it fetched first, so that nodes may differ.',
  severity: 'hint',
  group: 'reliability',
  fixable: false,
  judgeJob(subject) {
    const later = laterPod(subject);
    const loose = pulledImages(subject).filter(({ image }) => tagOf(image) === 'latest');
    const [first] = loose;
    if (first === undefined || later === null) return [];
    const others = new Set(loose.map(({ image }) => repositoryOf(image))).size - 1;
    const meaning = first.kept ? 'whatever a node fetched first' : 'whatever was pushed last';
    const also = others === 0 ? '' : ` (as ${countOf(others, 'other image does', 'other images do')})`;
    return [
      {
        path: first.path,
        message: `${first.image} means ${meaning}${also}: ${later} may run another program. A version or digest does not change.`,
      },
    ];
  },
};

/** Images without tag or digest, each once; at most three. None where no later pod could run another. */
export function untaggedImages(subject: Pick<JobSubject, 'job' | 'cronJob' | 'forecast'>): readonly string[] {
  if (laterPod(subject) === null) return [];
  const images = pulledImages(subject).map(({ image }) => image);
  return [...new Set(images.filter((image) => tagOf(image) === ''))].slice(0, 3);
}

/** Which pod comes later and may run what another did not; null for a single pod that is tried once. */
export function laterPod({ cronJob, forecast }: Pick<JobSubject, 'cronJob' | 'forecast'>): string | null {
  const { work, parallelism, retries } = forecast;
  if (retries.limit > 0) return 'a retry';
  if (cronJob !== null) return 'the next run';
  return parallelism.peak > 1 || (work.kind !== 'queue' && work.completions > 1) ? 'another pod' : null;
}

/** The images that a registry is asked for, and whether a node keeps what it has of them (IfNotPresent). */
function pulledImages({ job }: Pick<JobSubject, 'job'>): { image: string; path: FieldPath; kept: boolean }[] {
  const pod = job.spec?.template?.spec;
  return (['containers', 'initContainers'] as const).flatMap((list) =>
    (pod?.[list] ?? []).flatMap(({ image, imagePullPolicy: policy }, at) =>
      image === undefined || policy === 'Never'
        ? []
        : [{ image, path: ['spec', 'template', 'spec', list, at, 'image'], kept: policy === 'IfNotPresent' }],
    ),
  );
}

/** The tag, empty where there is none; null for a digest, and for what is no image yet. */
function tagOf(image: string): string | null {
  if (image === '' || isImageToBe(image)) return null;
  const { tag, digest } = parseImage(image);
  return digest === null ? (tag ?? '') : null;
}

/** The same for `alpine` and `docker.io/library/alpine:3`. */
function repositoryOf(image: string): string {
  const { host, parts } = parseImage(image);
  const path = parts.join('/').replace(/^library\//, '');
  return host === null || host === 'docker.io' ? path : `${host}/${path}`;
}
