import { imageProblem, parseImage } from '../kubernetes/image-reference.ts';
import type { FieldPath } from '../manifest/path.ts';
import { isImageToBe } from './placeholder.ts';
import type { Advice, AdviceRule } from './rule.ts';

export const IMPOSSIBLE_IMAGE: AdviceRule = {
  id: 'advice/impossible-image',
  title: 'Image reference that nothing can pull',
  why: 'The API server takes any text as an image. One that is no reference, such as a repository with capital letters or a tag with a space, is refused only on the node (InvalidImageName): the pod stays pending, and without a deadline the Job never fails.',
  severity: 'warning',
  group: 'correctness',
  fixable: true,
  judgeJob({ job }) {
    const pod = job.spec?.template?.spec;
    return (['containers', 'initContainers'] as const).flatMap((list) =>
      (pod?.[list] ?? []).flatMap(({ image = '' }, at) => {
        const path = ['spec', 'template', 'spec', list, at, 'image'];
        return judge(image, path);
      }),
    );
  },
};

function judge(image: string, path: FieldPath): Advice[] {
  // White space around it is refused by the server itself.
  if (image === '' || image !== image.trim() || isImageToBe(image)) return [];
  const problem = imageProblem(image);
  if (problem === null) return [];
  const small = smallLetters(image);
  const mends = small !== image && imageProblem(small) === null;
  return [
    {
      path,
      message: `${image} is no image reference: ${problem}. The pod would stay pending (InvalidImageName).`,
      fixes: mends ? [{ title: `Change it to ${small}`, edits: [{ kind: 'set', path, value: small }] }] : [],
    },
  ];
}

/** The repository in small letters, host, tag and digest as they are. */
function smallLetters(image: string): string {
  const { host, parts, tag, digest } = parseImage(image);
  const path = parts.join('/').toLowerCase();
  return `${host === null ? '' : `${host}/`}${path}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}
