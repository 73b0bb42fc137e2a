import { stringify } from 'yaml';

/** A scalar that the YAML text must show as it stands: plain, tagged or otherwise unlike what a writer would choose. */
export const raw = (text: string): string => `@raw<${text}>`;
/** Marks the second of two equal keys until the text is written. */
export const twin = '@twin';

/** YAML text as the server's own reader (1.1) takes it back; marks of raw scalars and twin keys are resolved. */
export function manifestText(manifest: unknown): string {
  return stringify(manifest, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })
    .replace(/["']?@raw<([^>]*)>["']?/g, (_, text: string) =>
      text.replaceAll('\\"', '"').replaceAll('\\n', '\n').replaceAll("''", "'"),
    )
    .replaceAll(new RegExp(`["']?([^\\s"']+)${twin}["']?:`, 'g'), '$1:');
}
