// Typed lint; warnings fail. Run through `npm run lint` from the repository's root.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { boundedReads, READERS } from './rules/boundedReads.mjs';
import { boundedSpreads } from './rules/boundedSpreads.mjs';
import { slowMachines } from './rules/slowMachines.mjs';
import { untrustedText } from './rules/untrustedText.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * The coarse import rules, so that the editor shows a breach at once; the exact ones are in rules/layers.ts. One entry
 * for each depth, because the way out of `src/host/editor` is the way into `src/host` elsewhere.
 *
 * @param {string} name a folder of src
 * @param {string[]} folders folders of src that it may not import
 * @param {RegExp[]} packages packages and built-in modules that it may not import
 */
const layer = (name, folders, packages = []) =>
  ['', '*/', '*/*/', '*/*/*/'].map((below, depth) => ({
    files: [`src/${name}/${below}*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./){${depth + 1}}(${folders.join('|')})/`,
              message: 'See the import table in docs/architecture.md.',
            },
            ...packages.map(({ source }) => ({ regex: source, message: 'Not available here: use a port.' })),
          ],
        },
      ],
    },
  }));

const syntax = [
  {
    selector: 'ImportDeclaration[source.value="zod"] ImportSpecifier[imported.name="z"]',
    message: "Write `import * as z from 'zod'`: the object z holds 360 kB that nothing uses.",
  },
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  {
    selector: 'ExportAllDeclaration, ExportNamedDeclaration[source]',
    message: 'No barrels: import from the file that declares it.',
  },
  {
    selector: 'PropertyDefinition[accessibility="private"], MethodDefinition[accessibility="private"]',
    message: 'Use #private.',
  },
];

const node = /^node:/;
const vscode = /^vscode$/;

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'test/e2e/output/**', '**/fixtures/**', '**/golden/**'] },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          `${root}/tsconfig.json`,
          `${root}/src/core/tsconfig.json`,
          `${root}/src/evals/tsconfig.json`,
          `${root}/src/webview/tsconfig.json`,
        ],
        tsconfigRootDir: root,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'max-lines-per-function': [
        'error',
        { max: 60, skipBlankLines: true, skipComments: true, IIFEs: false },
      ],
      'max-params': 'off',
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      complexity: ['error', 16],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...syntax, ...untrustedText, ...boundedReads],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { bounded: boundedSpreads },
    rules: { 'bounded/spread': 'error' },
  },
  {
    files: ['src/host/editor/notify.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax, ...boundedReads] },
  },
  {
    // A bench reads its own data, named by who runs it.
    files: [...READERS, 'src/bench/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...syntax, ...untrustedText] },
  },
  ...layer(
    'core',
    ['evals', 'adapters', 'engine', 'protocol', 'host', 'webview', 'cli', 'bench'],
    [node, vscode],
  ),
  ...layer('evals', ['adapters', 'engine', 'protocol', 'host', 'webview', 'cli', 'bench'], [node, vscode]),
  ...layer('protocol', ['adapters', 'engine', 'host', 'webview', 'cli', 'bench'], [node, vscode]),
  ...layer('adapters', ['engine', 'protocol', 'host', 'webview', 'cli', 'bench'], [vscode]),
  ...layer('engine', ['host', 'webview', 'cli', 'bench'], [vscode]),
  ...layer('host', ['adapters', 'engine', 'webview', 'cli', 'bench']),
  ...layer(
    'webview',
    ['core/(?!text/|chat/|ports/)[^/]+', 'evals', 'adapters', 'engine', 'host', 'cli', 'bench'],
    [node, vscode],
  ),
  ...layer('bench', ['host', 'webview'], [vscode]),
  ...layer('cli', ['adapters', 'host', 'webview'], [vscode]),
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'no-restricted-syntax': ['error', ...syntax, ...slowMachines],
    },
  },
  { files: ['test/vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
