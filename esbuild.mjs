// Builds every bundle into dist/. `--watch` rebuilds on change, `--dev` keeps names and source maps, and
// `--metafile` writes dist/meta.json, from which test/architecture reads the run-time import graph.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './bin/dev/lib/thirdPartyNotices.mjs';

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

/** Of undici, its `fetch` and the agent that follows the environment's proxies are used; its mocks and caches are not. */
const leanUndici = {
  name: 'lean-undici',
  setup(plugin) {
    const path = join(dirname(require.resolve('undici/package.json')), 'index-fetch.js');
    plugin.onResolve({ filter: /^undici$/ }, () => ({ path }));
  },
};

/**
 * Loaded when first needed: with the first question to a language model, or workers and the CLI would carry its adapters;
 * with the first that goes through a proxy; and with the first file of evaluation cases, or every activation would.
 */
const later = {
  providerModels: './models.js',
  envProxyFetch: './proxy.js',
  helpWithCases: './caseFiles.js',
};
const loadedLater = {
  name: 'loaded-later',
  setup(plugin) {
    plugin.onResolve({ filter: /\/(providerModels|envProxyFetch|helpWithCases)\.ts$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: later[/(\w+)\.ts$/.exec(path)[1]], external: true } : undefined,
    );
  },
};

/** web-tree-sitter's module for `import` asks for its own address, which a bundle in CommonJS does not have. */
const requiredTreeSitter = {
  name: 'required-tree-sitter',
  setup(plugin) {
    plugin.onResolve({ filter: /^web-tree-sitter$/ }, () => ({ path: require.resolve('web-tree-sitter') }));
  },
};

/** Nothing is cut by these: regular expressions are inside of other files, and a section of settings needs no parser. */
const UNUSED_GRAMMARS = ['tree-sitter-ini.wasm', 'tree-sitter-regex.wasm', 'tree-sitter.wasm'];

/** Packages of one grammar, each in the file that is named after it. */
const GRAMMAR_FILES = [
  'tree-sitter-html/tree-sitter-html.wasm',
  '@tree-sitter-grammars/tree-sitter-lua/tree-sitter-lua.wasm',
  '@lumis-sh/wasm-kotlin/tree-sitter-kotlin.wasm',
].map((file) => join('node_modules', file));
const COPIED = [
  join('node_modules', '@vscode/tree-sitter-wasm'),
  ...GRAMMAR_FILES.map((file) => dirname(file)),
];

/** Puts the parser's runtime and its grammars beside the bundles, where they are read when needed. */
async function copyGrammars() {
  const grammars = dirname(require.resolve('@vscode/tree-sitter-wasm'));
  const files = (await readdir(grammars))
    .filter((name) => name.endsWith('.wasm') && !UNUSED_GRAMMARS.includes(name))
    .map((name) => join(grammars, name));
  await mkdir('dist', { recursive: true });
  for (const file of [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), ...files, ...GRAMMAR_FILES]) {
    await cp(file, join('dist', basename(file)));
  }
}

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
  define: { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' },
  plugins: [leanVectra, leanUndici, loadedLater, requiredTreeSitter],
};

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: {
      queryWorker: 'src/engine/query/queryWorker.ts',
      indexerWorker: 'src/engine/indexer/indexerWorker.ts',
      evalWorker: 'src/engine/evaluation/evalWorker.ts',
    },
    outdir: 'dist',
  },
  { ...node, entryPoints: { models: 'src/engine/models/providerModels.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { proxy: 'src/adapters/http/envProxyFetch.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { caseFiles: 'src/host/evalFiles/helpWithCases.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist' },
  {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { chat: 'src/webview/chat/main.tsx', feedback: 'src/webview/feedback/main.tsx' },
    outdir: 'dist/webview',
  },
];

await rm('dist', { recursive: true, force: true });
await copyGrammars();
if (watch) {
  await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
  console.log('watching');
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  const inputs = Object.assign({}, ...results.map((result) => result.metafile.inputs));
  const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
  await writeFile('dist/ThirdPartyNotices.txt', thirdPartyNotices(outputs, COPIED));
  await writeFile('dist/meta.json', JSON.stringify({ inputs, outputs }));
  for (const [file, { bytes }] of Object.entries(outputs)) {
    if (/\.(js|css)$/.test(file)) console.log(`${file} ${(bytes / 1024).toFixed(0)} kB`);
  }
}
