import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { globSync } from 'tinyglobby';
import { foldersAbove } from '../../server/src/features/file-paths.ts';
import { configFinder } from '../../server/src/features/project-config.ts';

/** One text to check. */
export interface Source {
  /** As messages and reports name it: the path as given, or `-`. */
  readonly name: string;
  /** True when the person named this very file: then also text that is no manifest at all gets an answer. */
  readonly named: boolean;
  /** True when it may be written to. */
  readonly file: boolean;
  read(standardInput: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

export interface Sources {
  readonly sources: readonly Source[];
  /** What cannot be read. */
  readonly problems: readonly string[];
  /** Files that the person named and an ignore file passes over. */
  readonly ignored: readonly string[];
  /** Folders and patterns in which there is nothing to check. */
  readonly empty: readonly string[];
}

/** Folders that hold other people's files. */
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);
const IGNORE_FILE = '.jobwrightignore';
const MANIFEST = /\.(?:ya?ml|json)$/i;

/**
 * Finds the files behind paths: folders give the YAML and JSON files in them, patterns (`jobs/**` and the like, where the
 * shell did not fill them in) the files that they match, sorted; what is not there is a problem.
 */
export function collectSources(paths: readonly string[]): Sources {
  const sources: Source[] = [];
  const problems: string[] = [];
  const ignored: string[] = [];
  const empty: string[] = [];
  const addAll = (path: string, found: readonly Source[]): void => {
    sources.push(...found);
    if (found.length === 0) empty.push(path);
  };
  const isIgnored = ignoreFinder();
  for (const path of paths) {
    if (path === '-') {
      sources.push({ name: '-', named: true, file: false, read: (standardInput) => standardInput() });
      continue;
    }
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) addAll(path, filesIn(path, isIgnored));
      else if (stats === undefined && isPattern(path)) addAll(path, matching(path, isIgnored));
      else if (stats === undefined) problems.push(`cannot read ${path}: no such file or folder`);
      else if (isIgnored(path, false)) ignored.push(path);
      else sources.push(fileSource(path, true));
    } catch (error) {
      problems.push(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { sources: unique(sources), problems, ignored, empty };
}

/** Whether the ignore files above a path, or the configurations there, pass it over. Reads each folder once. */
type IsIgnored = (path: string, folder: boolean) => boolean;

function ignoreFinder(): IsIgnored {
  const known = new Map<string, Ignore | null>();
  const configOf = configFinder(textOrNull);
  const patternsIn = (folder: string): Ignore | null => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const text = textOrNull(join(folder, IGNORE_FILE));
    const { file, config } = configOf(join(folder, 'x'));
    const own = file !== null && resolve(file, '..') === resolve(folder) ? config.ignore : [];
    const patterns =
      text === null && own.length === 0
        ? null
        : ignore()
            .add(text ?? '')
            .add([...own]);
    known.set(folder, patterns);
    return patterns;
  };
  return (path, folder) => {
    const absolute = resolve(path);
    // As git does it: the nearest file that says something about a path decides.
    for (const above of foldersAbove(absolute.replaceAll('\\', '/'))) {
      const patterns = patternsIn(above);
      if (patterns === null) continue;
      const below = relative(above, absolute).split(sep).join('/');
      const { ignored, unignored } = patterns.test(folder ? `${below}/` : below);
      if (ignored || unignored) return ignored;
    }
    return false;
  };
}

function filesIn(folder: string, isIgnored: IsIgnored): Source[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || isIgnored(path, true) ? [] : filesIn(path, isIgnored);
    if (!MANIFEST.test(entry.name) || isIgnored(path, false)) return [];
    // A link to a file is one; a link to a folder may lead in circles.
    if (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return [];
    return entry.isFile() || entry.isSymbolicLink() ? [fileSource(path, false)] : [];
  });
}

function isPattern(path: string): boolean {
  return /[*?{}[\]]/.test(path);
}

/** Files that a pattern matches; like a folder, a pattern may match nothing. */
function matching(pattern: string, isIgnored: IsIgnored): Source[] {
  return globSync(pattern.replaceAll('\\', '/'), {
    ignore: ['**/node_modules/**', '**/.git/**'],
    expandDirectories: false,
  })
    .filter((path) => !isIgnored(path, false))
    .sort()
    .map((path) => fileSource(path, false));
}

/** Each file once, where it is met first. */
function unique(sources: readonly Source[]): readonly Source[] {
  const seen = new Set<string>();
  return sources.filter(({ name, file }) => {
    const key = file ? resolve(name) : name;
    return !seen.has(key) && seen.add(key);
  });
}

function fileSource(path: string, named: boolean): Source {
  return { name: path, named, file: true, read: () => Promise.resolve(readFileSync(path)) };
}

/** The text of a file; null where there is none. */
export function textOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
