import type { Violations } from './sourceFiles.ts';

const MAX_BYTES = 8_000_000;

/** Languages whose files are parsed; the parser's runtime goes with them. */
export const grammars = [
  ...[
    'bash',
    'c-sharp',
    'cpp',
    'css',
    'go',
    'html',
    'java',
    'javascript',
    'kotlin',
    'lua',
    'php',
    'powershell',
    'python',
  ],
  ...['ruby', 'rust', 'tsx', 'typescript'],
];

const mayShip = [
  /^package(\.nls(\.[\w-]+)?)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE(\.txt|\.md)?$/,
  /^dist\/(extension|queryWorker|indexerWorker|evalWorker|models|proxy|caseFiles)\.js$/,
  new RegExp(`^dist/(web-tree-sitter|tree-sitter-(${grammars.join('|')}))\\.wasm$`),
  /^dist\/ThirdPartyNotices\.txt$/,
  /^dist\/webview\/[\w-]+\.(js|css|ttf)$/,
  /^media\/[\w/-]+\.(png|svg|css|md|schema\.json)$/,
];

export const mustShip: readonly string[] = [
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist/extension.js',
  'dist/queryWorker.js',
  'dist/indexerWorker.js',
  'dist/evalWorker.js',
  'dist/models.js',
  'dist/proxy.js',
  'dist/caseFiles.js',
  'media/evalCases.schema.json',
  'dist/webview/chat.js',
  'media/chat.css',
  'dist/webview/feedback.js',
  'media/feedback.css',
  'media/shared.css',
  'dist/ThirdPartyNotices.txt',
  'dist/web-tree-sitter.wasm',
  ...grammars.map((grammar) => `dist/tree-sitter-${grammar}.wasm`),
];

/** `files` maps every path in the package to its compressed size. */
export function vsixViolations(files: ReadonlyMap<string, number>): Violations {
  const violations = [
    ...[...files.keys()]
      .filter((path) => !mayShip.some((pattern) => pattern.test(path)))
      .map((path) => `${path} may not ship`),
    ...mustShip.filter((path) => !files.has(path)).map((path) => `${path} is missing`),
  ];
  const bytes = [...files.values()].reduce((sum, size) => sum + size, 0);
  if (bytes >= MAX_BYTES) violations.push(`the package has ${(bytes / 1e6).toFixed(1)} MB`);
  return violations;
}
