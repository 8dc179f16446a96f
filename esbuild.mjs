// Builds every bundle into dist/. `--watch` rebuilds on change, `--dev` keeps names and source maps, and
// `--metafile` writes dist/meta.json, from which test/architecture reads the run-time import graph.
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, context } from 'esbuild';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/**
 * vectra's package root pulls in a tokenizer, an HTML stack, gRPC and an English language model (8.6 MB). Only its
 * `LocalIndex` is used, so that file is bundled alone and what it imports but never calls here is stubbed.
 */
const leanVectra = {
  name: 'lean-vectra',
  setup(plugin) {
    const lib = dirname(require.resolve('vectra'));
    const unused =
      /^(wink-.*|gpt-tokenizer.*|openai|axios|cheerio|turndown.*|@grpc\/.*|protobufjs.*|@huggingface\/.*|yaml|\.\/LocalDocument)$/;
    plugin.onResolve({ filter: /^vectra$/ }, () => ({ path: join(lib, 'LocalIndex.js') }));
    plugin.onResolve({ filter: unused }, (args) =>
      args.importer.startsWith(lib) ? { path: args.path, namespace: 'unused' } : undefined,
    );
    plugin.onLoad({ filter: /.*/, namespace: 'unused' }, (args) => ({
      contents: `module.exports = new Proxy(function () {}, {
        get(_, key) { if (key === '__esModule') return false; throw new Error('left out of the bundle: ${args.path}'); },
      });`,
    }));
  },
};

/** Loaded when the first question goes to a language model; the workers and the CLI would otherwise carry the SDKs. */
const modelsApart = {
  name: 'models-apart',
  setup(plugin) {
    plugin.onResolve({ filter: /\/chatModels\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './models.js', external: true } : undefined,
    );
  },
};

const shared = {
  bundle: true,
  minify: !dev,
  keepNames: dev,
  sourcemap: dev ? 'linked' : false,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
};

const node = {
  ...shared,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  external: ['vscode'],
  // A bundle that is loaded later is required: workers of some editors cannot import.
  supported: { 'dynamic-import': false },
  plugins: [leanVectra, modelsApart],
};

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { queryWorker: 'src/engine/queryWorker.ts', indexerWorker: 'src/engine/indexerWorker.ts' },
    outdir: 'dist',
  },
  { ...node, entryPoints: { models: 'src/engine/models/chatModels.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist' },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { chat: 'src/webview/chat/main.tsx', insights: 'src/webview/insights/main.tsx' },
    outdir: 'dist/webview',
  },
];

await rm('dist', { recursive: true, force: true });
if (watch) {
  await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
  console.log('watching');
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  const inputs = Object.assign({}, ...results.map((result) => result.metafile.inputs));
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  await writeFile('dist/meta.json', JSON.stringify({ inputs, outputs }));
  for (const [file, { bytes }] of Object.entries(outputs)) {
    if (/\.(js|css)$/.test(file)) console.log(`${file} ${(bytes / 1024).toFixed(0)} kB`);
  }
}
