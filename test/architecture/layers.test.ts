import { describe, expect, test } from 'vitest';
import { cycleViolations, unusedFileViolations } from './rules/cycles.ts';
import { readImports } from './rules/imports.ts';
import { layerViolations, packageHomes } from './rules/layers.ts';
import { plant, readJson, readSources, type SourceFiles } from './rules/sourceFiles.ts';

const sources = readSources();
const imports = readImports(sources);

const entryPoints = [
  'src/extension.ts',
  'src/engine/query/queryWorker.ts',
  'src/engine/indexer/indexerWorker.ts',
  'src/engine/evaluation/evalWorker.ts',
  'src/cli/main.ts',
  'src/webview/chat/main.tsx',
  'src/webview/feedback/main.tsx',
];

const breaches = (files: SourceFiles) => layerViolations(files, readImports(files));

describe('the import table', () => {
  test('holds for every import, types included', () => {
    expect(layerViolations(sources, imports)).toEqual([]);
  });

  test('every relative import leads to a file', () => {
    const missing = imports.filter(
      ({ kind, to }) => kind === 'file' && /\.tsx?$/.test(to) && !sources.has(to),
    );
    expect(missing).toEqual([]);
  });

  test('names no package that the project does not depend on', () => {
    const manifest = readJson('package.json') as {
      devDependencies: Record<string, string>;
      dependencies?: Record<string, string>;
    };
    const known = { ...manifest.devDependencies, ...manifest.dependencies, vscode: '' };
    expect(Object.keys(packageHomes).filter((name) => !(name in known))).toEqual([]);
  });

  test.each([
    ['core to adapter', 'src/core/chat/a.ts', "import { x } from '../../adapters/files/b.ts';"],
    [
      'core to protocol, types only',
      'src/core/chat/a.ts',
      "import type { X } from '../../protocol/engine.ts';",
    ],
    ['core to Node', 'src/core/chat/a.ts', "import { join } from 'node:path';"],
    ['core to Node without prefix', 'src/core/chat/a.ts', "import { join } from 'path';"],
    ['core to vscode, in a type', 'src/core/chat/a.ts', "type X = import('vscode').Uri;"],
    ['core to a room below', 'src/core/text/a.ts', "import { x } from '../chat/turn.ts';"],
    ['core to a room below, types only', 'src/core/text/a.ts', "import type { X } from '../chat/turn.ts';"],
    ['a room without a place', 'src/core/misc/a.ts', ''],
    ['core to evals', 'src/core/chat/a.ts', "import { x } from '../../evals/b.ts';"],
    ['protocol to core at run time', 'src/protocol/a.ts', "import { lex } from '../core/text/lexer.ts';"],
    ['protocol to Node', 'src/protocol/a.ts', "import 'node:fs';"],
    ['adapter to another adapter', 'src/adapters/a/b.ts', "import { x } from '../vectra/c.ts';"],
    ['adapter to core code', 'src/adapters/a/b.ts', "import { lex } from '../../core/text/lexer.ts';"],
    ['adapter to another package', 'src/adapters/a/b.ts', "import { LocalIndex } from 'vectra';"],
    ['adapter to the engine', 'src/adapters/a/b.ts', "import type { X } from '../../engine/c.ts';"],
    ['engine to host', 'src/engine/a.ts', "import { x } from '../host/b.ts';"],
    ['engine to vscode', 'src/engine/a.ts', "import { Uri } from 'vscode';"],
    ['engine to the command line', 'src/engine/a.ts', "import { x } from '../cli/b.ts';"],
    ['host to engine, types only', 'src/host/a.ts', "import type { X } from '../engine/b.ts';"],
    ['host to adapter', 'src/host/a.ts', "import { x } from '../adapters/files/b.ts';"],
    [
      'host to core beyond the shared parts',
      'src/host/a.ts',
      "import { s } from '../core/retrieval/search.ts';",
    ],
    [
      'webview to core, types only',
      'src/webview/chat/a.ts',
      "import type { X } from '../../core/ports/files.ts';",
    ],
    ['webview to vscode', 'src/webview/chat/a.ts', "import type { Uri } from 'vscode';"],
    ['webview to another webview', 'src/webview/chat/a.ts', "export { x } from '../feedback/b.ts';"],
    ['cli to adapter', 'src/cli/a.ts', "import { x } from '../adapters/files/b.ts';"],
    ['cli to host', 'src/cli/a.ts', "const x = await import('../host/b.ts');"],
    ['extension to engine', 'src/extension.ts', "import { x } from './engine/b.ts';"],
    ['a package without a home', 'src/engine/a.ts', "import leftPad from 'left-pad';"],
    ['a scoped package by its subpath', 'src/host/a.ts', "import '@octokit/rest/core';"],
    ['a file outside every layer', 'src/misc/a.ts', ''],
  ])('reports %s', (_, path, text) => {
    expect(breaches(plant({ [path]: text }))).toEqual([expect.stringContaining(path)]);
  });

  test.each([
    ['core to a room above', 'src/core/chunking/a.ts', "import { lex } from '../text/lexer.ts';"],
    ['evals to core', 'src/evals/a.ts', "import { lex } from '../core/text/lexer.ts';"],
    ['protocol to types of core', 'src/protocol/a.ts', "import type { X } from '../core/ports/files.ts';"],
    [
      'adapter to the shared atomic write',
      'src/adapters/a/b.ts',
      "import { w } from '../durable/atomicWrite.ts';",
    ],
    ['adapter to its package', 'src/adapters/vectra/b.ts', "import { LocalIndex } from 'vectra';"],
    ['host to the lifecycle', 'src/host/a.ts', "import { c } from '../core/signals/suggestionTracker.ts';"],
    ['engine to everything it composes', 'src/engine/a.ts', "import { x } from '../adapters/vectra/b.ts';"],
  ])('allows %s', (_, path, text) => {
    expect(breaches(plant({ [path]: text }))).toEqual([]);
  });
});

describe('cycles', () => {
  test('there are none, types included', () => {
    expect(cycleViolations(imports)).toEqual([]);
  });

  test('are reported through types and re-exports, once', () => {
    const files = plant({
      'src/core/a.ts': "import type { B } from './b.ts';",
      'src/core/b.ts': "export { c } from './c.ts';",
      'src/core/c.ts': "import { a } from './a.ts';\nimport { d } from './d.ts';",
      'src/core/d.ts': '',
    });
    expect(cycleViolations(readImports(files))).toEqual([
      'src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ]);
  });

  test('a diamond is not a cycle', () => {
    const files = plant({
      'src/core/a.ts': "import './b.ts';\nimport './c.ts';",
      'src/core/b.ts': "import './d.ts';",
      'src/core/c.ts': "import './d.ts';",
      'src/core/d.ts': '',
    });
    expect(cycleViolations(readImports(files))).toEqual([]);
  });
});

describe('dead files', () => {
  test('every file is reached from an entry point', () => {
    expect(unusedFileViolations(sources.keys(), imports, entryPoints)).toEqual([]);
  });

  test('a file only reached from a dead file is dead as well', () => {
    const files = plant({
      'src/extension.ts': "import './host/compose.ts';",
      'src/host/compose.ts': '',
      'src/host/dead.ts': "import './deader.ts';",
      'src/host/deader.ts': '',
      'src/host/outside.d.ts': '',
    });
    expect(unusedFileViolations(files.keys(), readImports(files), ['src/extension.ts'])).toEqual([
      'src/host/dead.ts is used by nothing',
      'src/host/deader.ts is used by nothing',
    ]);
  });
});
