import type { FieldDoc } from './field-doc.ts';

/** What is known about a field beside its meaning, on one line: default, versions, when it may be changed. */
export function sayFacts(doc: FieldDoc): string {
  const facts: string[] = [];
  if (doc.written === true) facts.push('written by the cluster');
  if (doc.default !== undefined) facts.push(`default: ${doc.default}`);
  if (doc.since !== undefined) facts.push(saySince(doc.since));
  if (doc.change !== undefined) facts.push(doc.change.replace(/^fixed/, 'cannot be changed later'));
  const line = facts.join(' · ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function saySince({ on, stable, gate }: NonNullable<FieldDoc['since']>): string {
  if (on === undefined) return `off unless the cluster sets the feature gate ${gate ?? ''}`;
  return stable === undefined ? `since Kubernetes ${on}` : `since Kubernetes ${on}, stable in ${stable}`;
}
