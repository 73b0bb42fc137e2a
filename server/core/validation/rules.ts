import { addressOf } from '../kubernetes/docs-pages.ts';
import type { Severity } from './finding.ts';

/** What a page, a setting or a report says about a rule. Advice rules have the same fields and live in core/advice. */
export interface Rule {
  /** Stable id: settings, suppress comments and links name it. */
  readonly id: string;
  readonly title: string;
  /** Why it matters, in a few plain sentences. */
  readonly why: string;
  readonly severity: Severity;
  /** Heading under which the page lists it. */
  readonly group: string;
  /** True when at least some of its findings carry a fix. */
  readonly fixable?: boolean;
}

/** The heading of a rule on that page: `api/required` -> `api-required`. */
export function anchorOf(id: string): string {
  return id.replaceAll('/', '-');
}

/** The page of a rule. */
export function docsOf(id: string): string {
  return addressOf({ page: 'rules', anchor: anchorOf(id) });
}

const REFUSED = 'The API server refuses it';
const UNREADABLE = 'The API server cannot read it';
const TOLERATED = 'The API server takes it, with a remark';
const CHECKING = 'About the checking itself';

/** What the API server itself would say, by rule. */
export const API_RULES: readonly Rule[] = [
  {
    id: 'api/required',
    title: 'A field is missing',
    why: 'The API has no default for this field, so somebody has to decide. The finding stands at the nearest place that the manifest has.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/invalid',
    title: 'A value is not possible',
    why: 'The value has the right type, but the API refuses it: out of range, malformed, or in conflict with another field. The message says what it wants instead.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/not-supported',
    title: 'A value is none of those allowed',
    why: 'The field takes one of a few words, in exactly this spelling. Upper and lower case count.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/duplicate',
    title: 'Two of a list are the same',
    why: 'Items of this list are told apart by this field, so each value may occur once.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/forbidden',
    title: 'A field may not be set here',
    why: 'The field exists, but not together with others of this object, or not in a Job. Usually one of the two has to go.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/too-long',
    title: 'A text is too long',
    why: 'Names become parts of other names (of pods, host names, labels), and annotations are stored with the object: both have an upper bound, counted in bytes.',
    severity: 'error',
    group: REFUSED,
  },
  {
    id: 'api/too-many',
    title: 'A list has too many items',
    why: 'The API bounds this list, because the controller walks it for every pod.',
    severity: 'error',
    group: REFUSED,
  },
  {
    id: 'api/not-found',
    title: 'Something is referred to that is not there',
    why: 'A name in one place of the manifest has to be defined in another, such as the volume that a mount names.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/type-invalid',
    title: 'A value has the wrong form',
    why: 'The API decodes the value and then finds that it is not of the kind that this field takes.',
    severity: 'error',
    group: REFUSED,
  },
  {
    id: 'api/removed-version',
    title: 'An API version that is gone',
    why: 'This group and version was removed from Kubernetes. The same object exists in a newer version, mostly with the same fields.',
    severity: 'error',
    group: REFUSED,
    fixable: true,
  },
  {
    id: 'api/version',
    title: 'Not in the chosen Kubernetes version',
    why: 'A field, a value or a feature that the chosen version does not have yet, or keeps behind a feature gate that is off unless somebody switched it on. A field that the version does not know is refused; one behind a gate that is off is dropped without a word, which is a warning. The message names the version that brings it. Without a chosen version the newest one known is meant, and this rule says nothing.',
    severity: 'error',
    group: REFUSED,
  },
  {
    id: 'api/immutable',
    title: 'A change that an existing Job does not take',
    why: 'Said by `lint --against`. Most of a Job is fixed when it is created: the pod template, completions (but for Indexed Jobs, together with parallelism), the selector and the policies. While a Job is suspended and none of its pods runs, node selector, tolerations, scheduling gates, node affinity, and labels, annotations and resources of its pods may change. Everything else needs a new Job: another name, or deleting the old one.',
    severity: 'error',
    group: REFUSED,
  },
  {
    id: 'api/unknown-field',
    title: 'A field that the API does not have',
    why: 'Misspelled, in the wrong place, or from another version. Without strict validation the server drops such a field in silence, and the Job runs without what you wrote.',
    severity: 'error',
    group: UNREADABLE,
    fixable: true,
  },
  {
    id: 'api/duplicate-key',
    title: 'A key is written twice',
    why: 'YAML allows a key once in a mapping. Where a reader tolerates it, the last one counts and the first has no effect.',
    severity: 'error',
    group: UNREADABLE,
    fixable: true,
  },
  {
    id: 'api/wrong-type',
    title: 'A value of the wrong type',
    why: 'Text where a number belongs, a mapping where a list belongs. Often YAML is the culprit: `yes`, `on` and `0777` are no text unless they are in quotes.',
    severity: 'error',
    group: UNREADABLE,
    fixable: true,
  },
  {
    id: 'api/syntax',
    title: 'Text that is no YAML',
    why: 'The server reads nothing of a document with a syntax error. What could be understood is checked all the same.',
    severity: 'error',
    group: UNREADABLE,
  },
  {
    id: 'api/warning',
    title: 'A warning of the API server',
    why: 'The object is accepted, and the server answers with a `Warning:` header: something is deprecated, has no effect, or will not do what it looks like.',
    severity: 'warning',
    group: TOLERATED,
    fixable: true,
  },
];

/** What is said about the checking itself. */
export const NOTE_RULES: readonly Rule[] = [
  {
    id: 'note/partial',
    title: 'Part of an object',
    why: 'A kustomization names this file as a patch, so it holds only the fields that it changes. What a whole object would need is not asked for, and what the fields mean together is not judged; fields that do not exist and values of a wrong type are still found.',
    severity: 'hint',
    group: CHECKING,
  },
  {
    id: 'note/unknown-ignore',
    title: 'Ignore comment that names no rule',
    why: 'A comment `# jobwright-ignore` is followed by the rules that it silences, such as `advice/left-unset` or `advice/*`, with commas between them. A name that no rule has silences nothing.',
    severity: 'hint',
    group: CHECKING,
  },
  {
    id: 'note/unused-ignore',
    title: 'Ignore comment without effect',
    why: 'Nothing that the comment would silence is said where it stands: the matter was mended, or the comment stands elsewhere. At the end of a line it speaks of that line, alone on a line of the next one, and above everything else of a document of the whole document.',
    severity: 'hint',
    group: CHECKING,
  },
];
