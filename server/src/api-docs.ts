import type { ApiDocs } from './features/hover.ts';
import { fieldOf } from './features/settings.ts';

/** Looks in what the build left, which `read` gives; it is read when first asked for, and needs not be there. */
export function apiDocsFrom(read: () => string | null): ApiDocs {
  let known: unknown;
  return (object, field) => {
    known ??= parse(read()) ?? {};
    const text = fieldOf(fieldOf(fieldOf(known, 'fields'), object), field);
    const version = fieldOf(known, 'version');
    return typeof text === 'string' ? { text, version: typeof version === 'string' ? version : '' } : null;
  };
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
