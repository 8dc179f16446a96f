import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledPackages, buildProduct, runTimeImports, type BuiltProduct } from './rules/builtProduct.ts';
import { cycleViolations } from './rules/cycles.ts';
import { licenceViolations } from './rules/dependencies.ts';
import { layerViolations } from './rules/layers.ts';
import { readJson } from './rules/sourceFiles.ts';
import { grammars, mustShip, vsixViolations } from './rules/vsix.ts';

/** Minified bytes. Activation and every start of a worker read and compile all of their bundle before anything else. */
const budgets = {
  // What does not show in text, the code blocks of answers and the bounds of messages: 3 kB.
  // Which excludes do not hold as written, the characters that are not seen, the watchdog: 10 kB.
  'dist/extension.js': 145_000,
  // With the rules of what to leave out, which hold for answers as well: 17 kB; with the completion sources and the ledger's
  // provenance: 16 kB.
  // What an image of memory and a segment are asked before they are followed: 2 kB.
  // Which parts of a text are secrets, for what is suggested: 19 kB.
  // What tells older encodings apart: 4 kB.
  // What ranks the places found, and the words that questions are framed with in a dozen languages: 9 kB.
  // Packing memory, and reading what is packed: 7 kB, for 300 MB less of it.
  // The wording with which chat models are told to fill in the middle, and requests that outlive a key: 5 kB.
  // The gate of completions, fitted on typing, and what it reads: 13 kB.
  'dist/queryWorker.js': 393_000,
  // With the names of credentials, of their copies, short forms and look-alikes, and shards that are divided: 8 kB.
  'dist/indexerWorker.js': 297_000,
  // Lives for one evaluation; reads YAML and parses code.
  'dist/evalWorker.js': 723_000,
  // Loaded with the first question to a language model.
  // With what fills in the middle: Ollama, llama.cpp, the forms of a chat: 6 kB.
  'dist/models.js': 213_000,
  // Loaded where that goes through a proxy: undici's own fetch.
  'dist/proxy.js': 450_000,
  // Loaded with the first file of evaluation cases.
  'dist/caseFiles.js': 20_000,
  'dist/webview/chat.js': 260_000,
  'dist/webview/feedback.js': 60_000,
};

describe('the built product', () => {
  let product: BuiltProduct;

  beforeAll(async () => {
    product = await buildProduct();
    return () => {
      product.remove();
    };
  });

  test('keeps to the import table at run time, without cycles', () => {
    const imports = runTimeImports(product.metafile);
    expect(imports.length).toBeGreaterThan(50);
    expect(layerViolations(new Map(), imports)).toEqual([]);
    expect(cycleViolations(imports)).toEqual([]);
  });

  test('activation loads the host alone', () => {
    const inputs = Object.keys(product.metafile.outputs['dist/extension.js']?.inputs ?? {});
    expect(inputs).toContain('src/extension.ts');
    expect(inputs.filter((path) => /^src\/(engine|adapters|cli|webview)\//.test(path))).toEqual([]);
    expect(inputs.filter((path) => path.includes('node_modules/vectra/'))).toEqual([]);
  });

  test('only what cuts files loads the parser', () => {
    const loading = Object.entries(product.metafile.outputs)
      .filter(([, { inputs }]) => Object.keys(inputs).some((path) => path.includes('/web-tree-sitter/')))
      .map(([path]) => path);
    expect(loading.sort()).toEqual(['dist/cli.js', 'dist/evalWorker.js', 'dist/indexerWorker.js']);
  });

  test.each(Object.entries(budgets))('%s stays below %i bytes', (path, budget) => {
    expect(product.metafile.outputs[path]?.bytes).toBeLessThan(budget);
  });

  test('ships code under compatible licences only', () => {
    const copied = [
      ...['@vscode/tree-sitter-wasm', 'tree-sitter-html', '@lumis-sh/wasm-kotlin'],
      '@tree-sitter-grammars/tree-sitter-lua',
    ];
    const licences = [...bundledPackages(product.metafile), ...copied].map((name) => {
      const { license } = readJson(`node_modules/${name}/package.json`) as { license?: string };
      return [name, license] as const;
    });
    expect(licences.map(([name]) => name)).toContain('zod');
    expect(licenceViolations(Object.fromEntries(licences))).toEqual([]);
  });

  test('ships the licences of all that is bundled and of every grammar', () => {
    const notices = readFileSync(join(product.folder, 'dist/ThirdPartyNotices.txt'), 'utf8');
    for (const name of bundledPackages(product.metafile)) expect(notices).toContain(`\n${name} `);
    for (const grammar of grammars) expect(notices).toMatch(new RegExp(`tree-sitter-${grammar}\\b`));
    expect(notices.match(/Permission is hereby granted/g)?.length).toBeGreaterThan(10);
  });

  test('packs what the editor needs and nothing else, in 8 MB', async () => {
    const paths = await listFiles({ cwd: product.folder, packageManager: PackageManager.None });
    const sizes = paths.map((path) => {
      const bytes = readFileSync(join(product.folder, path));
      return [path.replaceAll('\\', '/'), deflateRawSync(bytes).length] as const;
    });
    expect(vsixViolations(new Map(sizes))).toEqual([]);
  });
});

describe('planted breaches', () => {
  const complete = new Map(
    [...mustShip, 'media/icon.png', 'media/walkthrough/first.md'].map((path) => [path, 1000] as const),
  );

  test('a complete package passes', () => {
    expect(vsixViolations(complete)).toEqual([]);
  });

  test.each([
    ['src/extension.ts'],
    ['dist/extension.js.map'],
    ['dist/cli.js'],
    ['dist/meta.json'],
    ['dist/touchstone.vsix'],
    ['node_modules/zod/index.js'],
    ['media/notes.txt'],
    ['dist/native.node'],
    ['dist/tree-sitter-regex.wasm'],
    ['.env'],
  ])('reports %s in the package', (path) => {
    expect(vsixViolations(new Map([...complete, [path, 1]]))).toEqual([`${path} may not ship`]);
  });

  test('reports what is missing, and too much', () => {
    const lacking = new Map([...complete].filter(([path]) => path !== 'dist/queryWorker.js'));
    expect(vsixViolations(lacking)).toEqual(['dist/queryWorker.js is missing']);
    expect(vsixViolations(new Map([...complete, ['media/icon.png', 8_000_000]]))).toEqual([
      'the package has 8.0 MB',
    ]);
  });

  test('reads run-time imports out of a metafile', () => {
    const imported = [
      { path: 'src/core/b.ts', kind: 'import-statement' as const },
      { path: 'vscode', kind: 'require-call' as const, external: true },
      { path: 'node:fs/promises', kind: 'import-statement' as const, external: true },
      { path: 'node_modules/@scope/name/lib/index.js', kind: 'import-statement' as const },
    ];
    const inputs = {
      'src/core/a.ts': { bytes: 1, imports: imported },
      'node_modules/x/a.js': { bytes: 1, imports: imported },
    };
    const imports = runTimeImports({ inputs });
    expect(imports.map(({ kind, to }) => [kind, to])).toEqual([
      ['file', 'src/core/b.ts'],
      ['package', 'vscode'],
      ['builtin', 'fs'],
      ['package', '@scope/name'],
    ]);
    expect(layerViolations(new Map(), imports)).toHaveLength(3);
  });
});
