import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

const LSP = ['vscode-languageserver', 'vscode-languageserver-protocol', 'vscode-languageserver-textdocument'];

/**
 * The walls of the house: the rooms from which each room may import, besides itself. The longest matching room counts.
 * A name that is no room is a package or `node:` for Node's own modules.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'server/core/manifest': [],
  'server/core/kubernetes': ['server/core/manifest'],
  'server/core/validation': ['server/core/manifest', 'server/core/kubernetes'],
  'server/core/forecast': ['server/core/manifest', 'server/core/kubernetes'],
  'server/core/timeline': ['server/core/manifest', 'server/core/kubernetes'],
  'server/core/scenario': ['server/core/manifest', 'server/core/kubernetes'],
  'server/core/simulation': [
    'server/core/manifest',
    'server/core/kubernetes',
    'server/core/timeline',
    'server/core/scenario',
  ],
  'server/core/advice': [
    'server/core/manifest',
    'server/core/kubernetes',
    'server/core/validation',
    'server/core/forecast',
  ],
  'server/core/refactoring': [
    'server/core/manifest',
    'server/core/kubernetes',
    'server/core/forecast',
    'server/core/advice',
  ],
  'server/core/diagnosis': [
    'server/core/manifest',
    'server/core/kubernetes',
    'server/core/validation',
    'server/core/forecast',
    'server/core/timeline',
  ],
  'server/core/incident': ['server/core/kubernetes', 'server/core/timeline', 'server/core/diagnosis'],
  'server/src/yaml': ['server/core/manifest', 'server/core/kubernetes', 'yaml'],
  'server/src/protocol': ['server/core'],
  'server/src/features': ['server/core', 'server/src/yaml', 'server/src/protocol', ...LSP],
  'server/src': ['server/src/features', 'server/src/protocol', 'server/core', ...LSP, 'node:'],
  'client/demo': ['server/core', 'client/cluster'],
  'client/api': ['server/core'],
  'client/src': [
    'server/core',
    'server/src/protocol',
    'client/cluster',
    'client/demo',
    'client/api',
    '@vscode/l10n',
    'vscode',
    'vscode-languageclient',
    'node:',
  ],
  'client/webview': ['server/core', 'server/src/protocol', 'preact', '@vscode/l10n'],
  'client/cluster': ['server/core', '@kubernetes/client-node', '@vscode/l10n', 'node:'],
  'client/cli': ['server', 'client/api', 'client/cluster', ...LSP, 'ignore', 'tinyglobby', 'node:'],
};

/** Within the features nothing simulates: the server validates and forecasts. */
const NEVER: readonly { readonly from: string; readonly to: string }[] = [
  { from: 'server/src', to: 'server/core/simulation' },
  { from: 'client/src', to: 'server/core/simulation' },
];

const LONGEST_FILE = 400;
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|misc|common|manager)(\/|\.[a-z]+$)/i;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(join(root, path)).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

const files = [...sources('server'), ...sources('client')];

function roomOf(path: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => path.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
  return specifiers.map((specifier) =>
    specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier)).replaceAll('\\', posix.sep)
      : specifier,
  );
}

function allows(room: string, target: string): boolean {
  return [room, ...ROOMS[room]!].some((allowed) =>
    allowed.endsWith(':') ? target.startsWith(allowed) : target === allowed || target.startsWith(`${allowed}/`),
  );
}

test('imports go one way through the house', () => {
  const wrong: string[] = [];
  for (const file of files) {
    const room = roomOf(file);
    if (room === undefined) {
      wrong.push(`${file} stands in no room`);
      continue;
    }
    for (const target of importsOf(file)) {
      if (!allows(room, target)) wrong.push(`${file} imports ${target}`);
      if (NEVER.some(({ from, to }) => file.startsWith(`${from}/`) && target.startsWith(`${to}/`))) {
        wrong.push(`${file} imports ${target}, which is for the panel's worker and the command line`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

test('one room knows YAML, one knows client-node', () => {
  const users = (name: string): string[] =>
    files.filter((file) => importsOf(file).includes(name)).map((file) => roomOf(file) ?? file);
  assert.deepEqual([...new Set(users('yaml'))], ['server/src/yaml']);
  assert.deepEqual([...new Set(users('@kubernetes/client-node'))], ['client/cluster']);
});

test('the core has no clock and no chance of its own', () => {
  const pattern = /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\)|\bperformance\.now\b|\bsetTimeout\b/;
  const wrong = files
    .filter((file) => file.startsWith('server/core/'))
    .filter((file) => {
      const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return pattern.test(code);
    });
  assert.deepEqual(wrong, []);
});

test('files are small and their names say something', () => {
  const long = files.filter(
    (file) =>
      !file.includes('/generated/') && readFileSync(join(root, file), 'utf8').split('\n').length - 1 > LONGEST_FILE,
  );
  assert.deepEqual(long, []);
  assert.deepEqual(
    files.filter((file) => EMPTY_NAMES.test(file)),
    [],
  );
});

test('nothing is evaluated and no shell is started', () => {
  const pattern = /\beval\(|new Function\(|\bexec(Sync)?\(\s*[`'"]|shell:\s*true/;
  const wrong = files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(wrong, []);
});
