import type { PodSecurityLevel } from '../../core/advice/pod-security.ts';
import { dataOf } from '../../core/manifest/data.ts';
import type { Span } from '../../core/manifest/tree.ts';
import { readDocuments } from '../yaml/reader.ts';
import { fieldOf } from './settings.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';

/** What the Namespaces of a text enforce of their pods. */
export interface NamespaceLevels {
  /** The same for the same levels. */
  readonly key: string;
  /** `privileged` refuses nothing. */
  readonly levels: ReadonlyMap<string, PodSecurityLevel | 'privileged'>;
}

export const NO_LEVELS: NamespaceLevels = { key: '', levels: new Map() };

/** Reads the Namespaces among the documents of a text; one pass over the text where there is none with the label. */
export function namespaceLevels(text: string, documents: readonly Span[]): NamespaceLevels {
  if (!text.includes(LABEL)) return NO_LEVELS;
  const levels = new Map<string, PodSecurityLevel | 'privileged'>();
  for (const { start, end } of documents) {
    const own = text.slice(start, end);
    if (!own.includes(LABEL) || !/\bkind["']?\s*:\s*["']?Namespace\b/.test(own)) continue;
    const namespace = dataOf(readDocuments(own)[0]?.root ?? null);
    const metadata = fieldOf(namespace, 'metadata');
    const [name, level] = [fieldOf(metadata, 'name'), fieldOf(fieldOf(metadata, 'labels'), LABEL)];
    if (fieldOf(namespace, 'kind') === 'Namespace' && typeof name === 'string')
      if (level === 'baseline' || level === 'restricted' || level === 'privileged') levels.set(name, level);
  }
  return { key: JSON.stringify([...levels]), levels };
}
