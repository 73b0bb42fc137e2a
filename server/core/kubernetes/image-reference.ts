/** One part of a repository's path. */
const PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** A registry's host, with its port. */
const HOST = /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** An image reference in its parts, right or not. */
export interface ImageReference {
  /** With its port; null where the registry is the default one. */
  readonly host: string | null;
  /** The repository's path. */
  readonly parts: readonly string[];
  readonly tag: string | null;
  readonly digest: string | null;
}

/** What is wrong with a reference, as a clause; null when nothing is. */
export function imageProblem(image: string): string | null {
  const { host, parts, tag, digest } = parseImage(image);
  if (host !== null && !HOST.test(host)) return `${host} is no registry`;
  if (tag !== null && !TAG.test(tag)) return `the tag ${tag === '' ? 'is empty' : `${tag} is not possible`}`;
  if (digest !== null && !DIGEST.test(digest)) return `${digest} is no digest`;
  const wrong = parts.find((part) => !PART.test(part));
  if (wrong === undefined) return null;
  if (wrong === '') return 'a part of its path is empty';
  return /[A-Z]/.test(wrong) ? `${wrong} has capital letters` : `${wrong} is no part of a path`;
}

/** Takes a reference apart (`host:5000/team/worker:1.0@sha256:…`), whatever its parts hold. */
export function parseImage(image: string): ImageReference {
  const at = image.indexOf('@');
  const digest = at === -1 ? null : image.slice(at + 1);
  const named = at === -1 ? image : image.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon === -1 ? null : named.slice(colon + 1);
  const [first = '', ...rest] = (colon === -1 ? named : named.slice(0, colon)).split('/');
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  return { host: isHost ? first : null, parts: isHost ? rest : [first, ...rest], tag, digest };
}
