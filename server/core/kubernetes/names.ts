import { byteLength } from './text.ts';

/**
 * The grammars of Kubernetes names. Each function answers with the server's complaints, in its words and order; an
 * empty list means that the name is fine. Lengths count bytes.
 */
export type NameProblems = readonly string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HEADER = '[-A-Za-z0-9]+';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const IDENTIFIER = '[A-Za-z_][A-Za-z0-9_]*';

const QUALIFIED_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

interface Grammar {
  readonly pattern: string;
  readonly says: string;
  readonly examples: readonly string[];
  readonly longest?: number;
}

const GRAMMARS = {
  subdomain: {
    pattern: SUBDOMAIN,
    says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    examples: ['example.com'],
    longest: 253,
  },
  underscoreSubdomain: {
    pattern: UNDERSCORE_SUBDOMAIN,
    says: "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
    examples: ['example.com'],
    longest: 253,
  },
  label: {
    pattern: LABEL,
    says: "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
    examples: ['my-name', '123-abc'],
    longest: 63,
  },
  label1035: {
    pattern: LABEL_1035,
    says: "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    examples: ['my-name', 'abc-123'],
    longest: 63,
  },
  labelValue: {
    pattern: LABEL_VALUE,
    says: "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    examples: ['MyValue', 'my_value', '12345'],
    longest: 63,
  },
  header: {
    pattern: HEADER,
    says: "a valid HTTP header must consist of alphanumeric characters or '-'",
    examples: ['X-Header-Name'],
  },
  configKey: {
    pattern: CONFIG_KEY,
    says: "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
    examples: ['key.name', 'KEY_NAME', 'key-name'],
    longest: 253,
  },
  identifier: {
    pattern: IDENTIFIER,
    says: "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
    examples: ['my_name', 'MY_NAME', 'MyName'],
  },
} as const satisfies Record<string, Grammar>;

const COMPILED = new Map<string, RegExp>();

function fits(pattern: string, value: string): boolean {
  let compiled = COMPILED.get(pattern);
  if (compiled === undefined) COMPILED.set(pattern, (compiled = new RegExp(`^${pattern}$`)));
  return compiled.test(value);
}

function explain(says: string, pattern: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${says} (${shown === '' ? '' : `e.g. ${shown}`}regex used for validation is '${pattern}')`;
}

/** The server counts bytes everywhere and says so in its newer messages. */
function tooLong(value: string, longest: number, unit: 'bytes' | 'characters' = 'characters'): string[] {
  return byteLength(value) > longest ? [`must be no more than ${longest} ${unit}`] : [];
}

function check(grammar: Grammar, value: string, unit?: 'bytes'): string[] {
  const problems = grammar.longest === undefined ? [] : tooLong(value, grammar.longest, unit);
  if (!fits(grammar.pattern, value)) problems.push(explain(grammar.says, grammar.pattern, grammar.examples));
  return problems;
}

/** A DNS-1123 label: container, volume and port-less names; 63 bytes. */
export function dnsLabelProblems(value: string): NameProblems {
  if (!fits(LABEL, value) && fits(SUBDOMAIN, value)) return [...tooLong(value, 63), 'must not contain dots'];
  return check(GRAMMARS.label, value);
}

/** A DNS-1123 subdomain: names of most objects; 253 bytes. */
export function dnsSubdomainProblems(value: string): NameProblems {
  return check(GRAMMARS.subdomain, value);
}

/** As a subdomain, and underscores may stand in it: DNS search domains of a pod. */
export function dnsSearchProblems(value: string): NameProblems {
  return check(GRAMMARS.underscoreSubdomain, value);
}

/** A DNS-1035 label: names of Services. */
export function dns1035LabelProblems(value: string): NameProblems {
  return check(GRAMMARS.label1035, value);
}

/** Object names ending in `-` are judged as if a suffix followed, as for generateName. */
export function withoutTrailingDash(name: string): string {
  return name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name;
}

/** A label key, annotation key or other qualified name: an optional DNS prefix, a slash, a name. */
export function qualifiedNameProblems(value: string): NameProblems {
  const parts = value.split('/');
  const grammar = explain(QUALIFIED_MESSAGE, QUALIFIED, ['MyName', 'my.name', '123-abc']);
  if (parts.length > 2)
    return [`a valid label key ${grammar} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const problems: string[] = [];
  const name = parts.at(-1)!;
  const prefix = parts.length === 2 ? parts[0]! : null;
  if (prefix === '') problems.push('prefix part must be non-empty');
  else if (prefix !== null)
    problems.push(...check(GRAMMARS.subdomain, prefix, 'bytes').map((text) => `prefix part ${text}`));
  if (name === '') problems.push('name part must be non-empty');
  else problems.push(...tooLong(name, 63, 'bytes').map((text) => `name part ${text}`));
  if (!fits(QUALIFIED, name)) problems.push(`name part ${grammar}`);
  return problems;
}

export function labelValueProblems(value: string): NameProblems {
  return check(GRAMMARS.labelValue, value, 'bytes');
}

/** The name of an HTTP header of a probe. */
export function headerNameProblems(value: string): NameProblems {
  return check(GRAMMARS.header, value);
}

/** A key of a ConfigMap or Secret. */
export function configKeyProblems(value: string): NameProblems {
  return [...check(GRAMMARS.configKey, value), ...parentStepProblems(value)];
}

export function identifierProblems(value: string): NameProblems {
  return check(GRAMMARS.identifier, value);
}

/** `.` and what starts with `..` could leave a directory. */
function parentStepProblems(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** The name of an environment variable: since 1.32 any printable ASCII but `=`. */
export function envNameProblems(value: string): NameProblems {
  const problems = value === '' ? ['environment variable name must be non-empty'] : [];
  if (!/^[ -<>-~]*$/.test(value))
    problems.push("a valid environment variable name must consist only of printable ASCII characters other than '='");
  return problems;
}

/** The name of a container port: at most 15 of lower-case letters, digits and single inner hyphens. */
export function portNameProblems(value: string): NameProblems {
  const problems = tooLong(value, 15);
  if (!/^[-a-z0-9]+$/.test(value))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) problems.push('must contain at least one letter (a-z)');
  if (value.includes('--')) problems.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}

/** A name that becomes one segment of a URL path. */
export function pathSegmentProblems(value: string): NameProblems {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((part) => value.includes(part)).map((part) => `may not contain '${part}'`);
}

/** What is wrong with a domain-prefixed path such as `acme.io/foo`, and which part of it; null when it is empty. */
export function domainPathProblems(value: string): readonly { readonly part: string; readonly says: string }[] {
  const slash = value.indexOf('/');
  const host = value.slice(0, Math.max(slash, 0));
  const path = value.slice(slash + 1);
  if (slash < 0 || host === '' || path === '')
    return [{ part: value, says: 'must be a domain-prefixed path (such as "acme.io/foo")' }];
  const problems = dnsSubdomainProblems(host).map((says) => ({ part: host, says }));
  if (!fits(HTTP_PATH, path)) problems.push({ part: path, says: explain('Invalid path', HTTP_PATH, []) });
  return problems;
}
