/** One requirement of a label selector as the API's query spells it. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent';
  /** Empty for `exists` and `absent`. */
  readonly values: readonly string[];
}

/** A selector that was understood, or what is wrong with it. */
export type LabelQuery =
  | { readonly ok: true; readonly requirements: readonly LabelRequirement[] }
  | { readonly ok: false; readonly problem: string };

const KEY = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?`;
const VALUE = String.raw`[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?`;
const FORMS: readonly (readonly [form: RegExp, read: (match: RegExpExecArray) => LabelRequirement])[] = [
  [
    new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`),
    ([, key = '', operator, values = '']) => ({
      key,
      operator: operator === 'in' ? 'in' : 'notin',
      values: values.split(',').map((value) => value.trim()),
    }),
  ],
  [
    new RegExp(`^(${KEY})\\s*(==|=|!=)\\s*(${VALUE})?$`),
    ([, key = '', operator, value = '']) => ({ key, operator: operator === '!=' ? 'notin' : 'in', values: [value] }),
  ],
  [new RegExp(`^!\\s*(${KEY})$`), ([, key = '']) => ({ key, operator: 'absent', values: [] })],
  [new RegExp(`^(${KEY})$`), ([, key = '']) => ({ key, operator: 'exists', values: [] })],
];

/** Longer than any selector that a person writes; a bound for the expressions above. */
const LONGEST = 1_000;

/**
 * Reads a label selector as `kubectl -l` takes it: `app=report,tier!=web,env in (a, b),!canary`. Nothing but white space
 * selects everything.
 */
export function parseLabelQuery(text: string): LabelQuery {
  if (text.length > LONGEST) return { ok: false, problem: 'The selector is too long.' };
  if (text.trim() === '') return { ok: true, requirements: [] };
  const requirements: LabelRequirement[] = [];
  // Commas inside parentheses belong to the set.
  for (const term of text.split(/,(?![^(]*\))/).map((part) => part.trim())) {
    const read = FORMS.map(([form, make]) => {
      const match = form.exec(term);
      return match === null ? null : make(match);
    }).find((each) => each !== null);
    if (read === undefined) {
      const shown = term === '' ? 'a part of it is empty' : `“${term}” is none of them`;
      return { ok: false, problem: `Write key=value, key!=value, key in (a, b), key or !key, with commas: ${shown}.` };
    }
    requirements.push(read);
  }
  return { ok: true, requirements };
}

/** Whether labels meet every requirement. As in the API, `!=` and `notin` also take what has no such label. */
export function matchesLabels(
  requirements: readonly LabelRequirement[],
  labels: Readonly<Record<string, string>> | undefined,
): boolean {
  return requirements.every(({ key, operator, values }) => {
    const value = labels?.[key];
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'notin':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      case 'absent':
        return value === undefined;
    }
  });
}
