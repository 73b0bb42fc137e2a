// Bundles everything into dist/. `--production` minifies and leaves source maps out; `--meta` writes bundle contents to
// dist/meta.json for `npm run bench`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

const desktop = { platform: 'node', format: 'cjs', target: 'node22' };
const worker = { platform: 'browser', format: 'iife', target: 'es2022' };
/** What runs where. The extension hosts load CommonJS; the command line is a module; the rest are classic scripts. */
const BUNDLES = [
  { entry: 'client/src/extension.ts', out: 'extension.cjs', ...desktop, external: ['vscode'] },
  {
    entry: 'client/src/browser.ts',
    out: 'extension-browser.cjs',
    ...desktop,
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
  },
  { entry: 'server/src/node.ts', out: 'server.cjs', ...desktop },
  { entry: 'server/src/browser.ts', out: 'server-browser.js', ...worker },
  // client-node brings a second HTTP client that we never call; see no-undici.ts.
  {
    entry: 'client/cluster/cluster.ts',
    out: 'cluster.cjs',
    ...desktop,
    alias: { undici: './client/cluster/no-undici.ts' },
  },
  { entry: 'client/demo/demo.ts', out: 'demo.cjs', ...desktop },
  {
    entry: 'client/cli/main.ts',
    beside: [{ in: 'client/cli/library.ts', out: 'library' }],
    out: 'cli.mjs',
    ...desktop,
    format: 'esm',
    splitting: true,
  },
  { entry: 'client/webview/main.tsx', out: 'webview/panel.js', ...worker, jsx: 'automatic', jsxImportSource: 'preact' },
  { entry: 'client/webview/simulator-worker.ts', out: 'webview/simulator-worker.js', ...worker },
];

/** What the extension is made of: all but the command line. */
export const EXTENSION_BUNDLES = BUNDLES.map(({ out }) => out).filter((out) => out !== 'cli.mjs');

/** The cluster client and the demo are bundles of their own, loaded when first used: their imports stay imports. */
const apart = (folder, rooms) => ({
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\/(cluster\/cluster|demo\/demo)\.ts$/ }, (args) => {
      const room = rooms.find((name) => args.path.endsWith(`/${name}/${name}.ts`));
      return args.kind === 'dynamic-import' && room !== undefined
        ? { path: `${folder}/${room}.cjs`, external: true }
        : undefined;
    });
  },
});

/** Bundles of packages that call `require` for Node's own modules need one in a module too. */
const requireInModules =
  "import { createRequire as jobwrightRequire } from 'node:module'; const require = jobwrightRequire(import.meta.url);";

/**
 * @param {{ production?: boolean, only?: readonly string[] }} [options] only: outputs to build
 * @returns {Promise<Record<string, import('esbuild').Metafile>>} metafile by output
 */
export async function build({ production = false, only } = {}) {
  const { build: bundle } = await import('esbuild');
  const wanted = BUNDLES.filter(({ out }) => only === undefined || only.includes(out));
  if (only === undefined) rmSync(`${root}dist`, { recursive: true, force: true });
  const metafiles = await Promise.all(
    wanted.map(async ({ entry, beside = [], out, splitting = false, ...options }) => {
      const { metafile } = await bundle({
        absWorkingDir: root,
        entryPoints: splitting ? [{ in: entry, out: out.replace(/\.mjs$/, '') }, ...beside] : [entry],
        ...(splitting
          ? { outdir: 'dist', splitting, outExtension: { '.js': '.mjs' }, chunkNames: 'cli/[name]-[hash]' }
          : { outfile: `dist/${out}` }),
        bundle: true,
        metafile: true,
        minify: production,
        sourcemap: production ? false : 'linked',
        // Packages that ship both CommonJS and modules bundle smaller, and without dynamic requires, from the modules.
        mainFields: ['module', 'main'],
        // Chunks of the command line lie a folder below the bundles.
        // A browser loads one file only, and never the cluster client.
        plugins: [apart(splitting ? '..' : '.', out === 'extension-browser.cjs' ? ['cluster'] : ['cluster', 'demo'])],
        legalComments: 'none',
        logLevel: 'warning',
        ...(options.format === 'esm' && options.platform === 'node' ? { banner: { js: requireInModules } } : {}),
        ...options,
      });
      return [out, metafile];
    }),
  );
  if (only === undefined || only.includes('server.cjs') || only.includes('cli.mjs')) await writeApiDocs();
  return Object.fromEntries(metafiles);
}

/** The API's own words for its fields, beside the bundles that read them. Without them hovers say a little less. */
async function writeApiDocs() {
  const { apiDocs } = await import('./generate/api-docs.mjs');
  const docs = apiDocs();
  if (docs === null) return;
  mkdirSync(`${root}dist`, { recursive: true });
  writeFileSync(`${root}dist/api-docs.json`, JSON.stringify(docs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { underGoodNode } = await import('./setup/node.mjs');
  await underGoodNode();
  const metafiles = await build({ production: process.argv.includes('--production') });
  if (process.argv.includes('--meta')) writeFileSync(`${root}dist/meta.json`, JSON.stringify(metafiles));
}
