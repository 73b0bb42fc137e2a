/** A language made up for tests: every text stands in brackets, so that what has none was not translated. */
export function pseudoTranslated(bundle: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(bundle).map((text) => [text, `⟦${text}⟧`]));
}

/** Words of Kubernetes and of files, the same in every language, and the short names of units. */
const WORDS = new Set(
  (
    'Job CronJob Pod Jobs Pods JobSet Kubernetes Jobwright Complete Failed Running Suspended Succeeded Pending Unknown ' +
    'Deleted Terminating FailureTarget SuccessCriteriaMet True False Indexed NonIndexed Never OnFailure Forbid Allow ' +
    'Replace FailJob FailIndex Ignore Count JSON SVG PNG Markdown UTC Space Home End Left Right Up Down Shift Ctrl Esc ' +
    'Escape Enter Tab PageUp PageDown Z Y s min h d ms CPU GiB MB x'
  ).split(' '),
);
/** Dates come from `Intl`, in the language of the page. */
for (let day = 0; day < 365; day++)
  for (const part of ['month', 'weekday'] as const)
    WORDS.add(new Intl.DateTimeFormat('en-GB', { [part]: 'short' }).format(day * 86_400_000));
/** As `spec.completions`. */
const FIELD = /^(?:spec|status|metadata)(?:\.\w+)+$/;
/** As `BackoffLimitExceeded`. */
const REASON = /^(?:[A-Z][a-z]+){2,}$/;
const NESTED = /⟦[^⟦⟧]*⟧/g;

/**
 * What of a text that was shown in the made-up language is in no brackets and no data.
 * @param data everything that is shown as it is: names, and what the API or the core says
 */
export function untranslated(shown: string, data: string): readonly string[] {
  let rest = shown;
  while (NESTED.test(rest)) rest = rest.replace(NESTED, '\n');
  return rest
    .split('\n')
    .map((piece) => piece.replace(/^[\s\p{P}\p{S}\d]+|[\s\p{P}\p{S}\d]+$/gu, ''))
    .filter((piece) => piece !== '' && !FIELD.test(piece) && !data.includes(piece))
    .filter((piece) => piece.split(/[^\p{L}]+/u).some((word) => word !== '' && !WORDS.has(word) && !REASON.test(word)));
}
