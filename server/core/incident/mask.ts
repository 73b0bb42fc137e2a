/** What a masked value reads as. */
export const MASK = '•••';

/** Data with what may be a secret masked, and the paths of what was masked. */
export interface Masked<T> {
  readonly value: T;
  /** Server-style paths: `spec.template.spec.containers[0].env[1].value`. */
  readonly masked: readonly string[];
}

/** Names of variables, flags and annotations whose values are nobody's business. */
const SECRET_NAME =
  /pass(?:wor[dt]|phrase|wd)?|secret|token|credential|api[-_]?key|private[-_]?key|access[-_]?key|auth(?!or)|bearer|cookie|session[-_]?id|dsn|connection[-_]?string/i;

/** Texts that are secrets wherever they stand; the first group, where there is one, stays. */
const SECRET_TEXTS: readonly RegExp[] = [
  // user:password@ in an address.
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s/@]+(?=@)/gi,
  /(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}/gi,
  // JSON web tokens, keys of well-known services, PEM blocks.
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** `--password=x`, `token: x`, `API_KEY="x"`: the name and what joins it to the value stay. */
const NAMED_VALUE = /([-\w.]*)(\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s"',;&]+)/g;

/** A text (an argument, a line of a log, a message) with what looks like a secret masked. */
export function maskText(text: string): string {
  let masked = text;
  for (const pattern of SECRET_TEXTS)
    masked = masked.replace(
      pattern,
      (_whole: string, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${MASK}`,
    );
  return masked.replace(NAMED_VALUE, (whole: string, name: string, joint: string, value: string) =>
    SECRET_NAME.test(name) && !value.includes(MASK) ? `${name}${joint}${MASK}` : whole,
  );
}

/** A field that repeats the whole object, or is only bookkeeping of the server: left out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['managedFields', 'kubectl.kubernetes.io/last-applied-configuration']);

/**
 * An object of the API (a Job, a pod) with what may be a secret masked: values of variables, arguments and annotations
 * whose names say so, and texts that look like tokens, passwords in addresses or keys. What a Secret holds is not in an
 * object of the API at all, and is never fetched.
 */
export function maskObject<T>(object: T): Masked<T> {
  const masked: string[] = [];
  const value = maskValue(object, '', '', masked) as T;
  return { value, masked };
}

function maskValue(value: unknown, path: string, name: string, masked: string[]): unknown {
  if (typeof value === 'string') {
    // A field that names something (`secretName`, `tokenPath`) is no secret: only maps of people's own words are.
    const text = name !== '' && SECRET_NAME.test(name) && value !== '' ? MASK : maskText(value);
    if (text !== value) masked.push(path);
    return text;
  }
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    const isWords = /\.(?:args|command)$/.test(path);
    return items.map((item, place) => {
      const before = items[place - 1];
      // `--password x`: the value is the next word.
      const flag = isWords && typeof before === 'string' && /^--?[\w-]+$/.test(before) ? before : '';
      const isValue = typeof item === 'string' && !item.startsWith('-');
      return maskValue(item, `${path}[${place}]`, isValue ? flag : '', masked);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key));
  const variable = (value as { readonly name?: unknown }).name;
  return Object.fromEntries(
    fields.map(([key, item]) => {
      const inside = path === '' ? key : `${path}.${key}`;
      const isVariable = key === 'value' && typeof variable === 'string';
      const isOwnWord = /\.(?:annotations|labels)$/.test(path);
      return [key, maskValue(item, inside, isVariable ? variable : isOwnWord ? key : '', masked)];
    }),
  );
}
