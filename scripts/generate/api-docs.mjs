// What the fields mean in the words of the Kubernetes API itself, for those that Jobwright has no words for: taken from
// the type declarations that @kubernetes/client-node ships, at build time. Nothing of it is committed.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FIELD_DOCS } from '../../server/core/kubernetes/field-docs.ts';
import { SHAPES } from '../../server/core/kubernetes/generated/shapes.ts';

const MODELS = new URL('../../node_modules/@kubernetes/client-node/dist/gen/models/', import.meta.url);
/** A comment, and the field that it stands before. */
const FIELD = /\/\*\*\s*\n\s*\*([^]*?)\*\/\s*'([\w$]+)'\??:/g;
/** The longest text that a hover shows; the last sentence that fits ends it. */
const LONGEST = 600;

/**
 * @returns {{ version: string, fields: Record<string, Record<string, string>> } | null} by API object and field; null
 * where the package is not there or says nothing
 */
export function apiDocs() {
  const fields = {};
  let version = '';
  for (const object of Object.keys(SHAPES)) {
    const file = fileURLToPath(new URL(`V1${object}.d.ts`, MODELS));
    if (!existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    version ||= /OpenAPI spec version: release-([\d.]+)/.exec(text)?.[1] ?? '';
    const own = {};
    for (const [, comment, field] of text.matchAll(FIELD)) {
      const ours = FIELD_DOCS[object]?.[field];
      if (ours === undefined && SHAPES[object].fields[field] !== undefined) own[field] = sayOf(comment);
    }
    if (Object.keys(own).length > 0) fields[object] = own;
  }
  return Object.keys(fields).length === 0 ? null : { version, fields };
}

/** A comment as one line of plain text. */
function sayOf(comment) {
  const text = comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\\(["'])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  if (text.length <= LONGEST) return text;
  const end = text.lastIndexOf('. ', LONGEST);
  return end > 0 ? text.slice(0, end + 1) : `${text.slice(0, LONGEST)}…`;
}
