/** Where the pages are published that every build carries in `docs`. */
export const DOCS_ADDRESS = 'https://github.com/jobwright/jobwright/blob/main/docs/';

/** A heading of a page: `guide` and `retries-and-time`. */
export interface DocsPlace {
  readonly page: string;
  /** As GitHub and VS Code's preview name headings. */
  readonly anchor: string;
}

/** Where it can be read on the web. */
export function addressOf({ page, anchor }: DocsPlace): string {
  return `${DOCS_ADDRESS}${page}.md${anchor === '' ? '' : `#${anchor}`}`;
}

/** The name of a heading within its page, as GitHub and VS Code's preview make it of the heading's words. */
export function anchorOfHeading(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** Where there is more to read about a field that Jobwright has words for. */
export function pageOfField(object: string, field: string): DocsPlace {
  const id = `${object}.${field}`;
  const chapter = Object.hasOwn(CHAPTERS, id) ? CHAPTERS[id] : undefined;
  return chapter === undefined
    ? { page: 'fields', anchor: anchorOfHeading(id) }
    : { page: 'guide', anchor: anchorOfHeading(chapter) };
}

/** Fields that the guide explains together with others, by its headings. */
export const CHAPTERS: Readonly<Record<string, string>> = {
  'JobSpec.completions': 'How many pods',
  'JobSpec.parallelism': 'How many pods',
  'JobSpec.completionMode': 'Each pod its own part',
  'JobSpec.backoffLimit': 'Retries and time',
  'JobSpec.backoffLimitPerIndex': 'Retries and time',
  'JobSpec.maxFailedIndexes': 'Retries and time',
  'JobSpec.activeDeadlineSeconds': 'Retries and time',
  'JobSpec.podFailurePolicy': 'Failures that are not alike',
};
