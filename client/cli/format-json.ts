import type { LintOutput } from './lint.ts';

/** One object with everything, for scripts. */
export function asJson({ files }: LintOutput): string {
  return `${JSON.stringify({ files: files.map(({ file, documents }) => ({ file, documents })) }, null, 2)}\n`;
}
