import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One text to check. */
export interface Source {
  /** As messages and reports name it: the path as given, or `-`. */
  readonly name: string;
  /** True when the person named this very file: then also text that is no manifest at all gets an answer. */
  readonly named: boolean;
  read(standardInput: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

/** Folders that hold other people's files. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** Finds the files behind paths: folders give the YAML and JSON files in them, sorted; what is not there is a problem. */
export function collectSources(paths: readonly string[]): { sources: Source[]; problems: string[] } {
  const sources: Source[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    if (path === '-') {
      sources.push({ name: '-', named: true, read: (standardInput) => standardInput() });
      continue;
    }
    try {
      if (statSync(path).isDirectory()) sources.push(...filesIn(path));
      else sources.push(fileSource(path, true));
    } catch (error) {
      problems.push(`cannot read ${path}: ${reasonOf(error)}`);
    }
  }
  return { sources, problems };
}

function filesIn(folder: string): Source[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesIn(path);
    if (!/\.(?:ya?ml|json)$/i.test(entry.name)) return [];
    // A link to a file is one; a link to a folder may lead in circles.
    if (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
    return entry.isFile() || entry.isSymbolicLink() ? [fileSource(path, false)] : [];
  });
}

function fileSource(path: string, named: boolean): Source {
  return { name: path, named, read: () => Promise.resolve(readFileSync(path)) };
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'no such file or folder';
  return error instanceof Error ? error.message : String(error);
}
