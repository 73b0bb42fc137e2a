import { countOf } from '../forecast/words.ts';
import type { PodSpec } from '../kubernetes/generated/types.ts';
import type { AdviceRule } from './rule.ts';

export const IMAGE_TAG: AdviceRule = {
  id: 'advice/image-tag',
  title: 'Image that may change between retries',
  why: 'The tag latest means whatever was pushed last: a retry, or tomorrow’s run, may run another program than the first attempt, and the image is fetched anew for every pod.',
  severity: 'hint',
  group: 'reliability',
  fixable: false,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    const loose = (['containers', 'initContainers'] as const).flatMap((list) =>
      (pod?.[list] ?? []).flatMap(({ image }, at) =>
        image !== undefined && isLatest(image)
          ? [{ image, path: ['spec', 'template', 'spec', list, at, 'image'] }]
          : [],
      ),
    );
    const [first] = loose;
    if (first === undefined) return [];
    const others = loose.length - 1;
    return [
      {
        path: first.path,
        message: `${first.image} means whatever was pushed last${others === 0 ? '' : ` (as ${countOf(others, 'other image does', 'other images do')})`}: a retry may run another program. A version or digest does not change.`,
      },
    ];
  },
};

/** Images without tag or digest, each once; at most three. */
export function untaggedImages(pod: PodSpec | undefined): readonly string[] {
  const images = [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])].flatMap(({ image }) => image ?? []);
  return [...new Set(images.filter((image) => tagOf(image) === ''))].slice(0, 3);
}

function isLatest(image: string): boolean {
  return tagOf(image) === 'latest';
}

/** The tag, empty where there is none; null for a digest, and for variables of templates, which are no images yet. */
function tagOf(image: string): string | null {
  if (image === '' || image.includes('@') || /[${}<>]/.test(image)) return null;
  const name = image.slice(image.lastIndexOf('/') + 1);
  const colon = name.lastIndexOf(':');
  return colon < 0 ? '' : name.slice(colon + 1);
}
