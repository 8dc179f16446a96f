import type { Import } from './imports.ts';
import type { SourceFiles, Violations } from './sourceFiles.ts';

interface Layer {
  readonly name: string;
  readonly holds: RegExp;
  /** Files of ours it may import; `$1` is what the first group of `holds` matched. */
  readonly mayImport: readonly string[];
  /** The same for imports that the compiler erases. */
  readonly mayImportTypes?: readonly string[];
  readonly mayUseNode: boolean;
}

/**
 * The rooms of `src/core`, leaves first: each may import itself and what stands above it, and nothing below. So there
 * is no knot, and a reader who knows the rooms above one can read it.
 */
export const coreRooms: readonly string[] = [
  'shared',
  'errors',
  'memory',
  'text',
  'ports',
  'async',
  'secrets',
  'prompts',
  'models',
  'chunking',
  'signals',
  'lsa',
  'indexing',
  'embedding',
  'completion',
  'retrieval',
  'grounding',
  'context',
  'chat',
];

/** What the host shares with core: types, and pure code that runs on the editor's own events. */
const sharedWithHost = [
  'src/core/shared/',
  'src/core/ports/',
  'src/core/async/',
  'src/core/errors/',
  'src/core/text/',
  'src/core/chat/answer.ts',
  'src/core/chat/conversation.ts',
  'src/core/prompts/exchange.ts',
  'src/core/embedding/embeddingPrices.ts',
  'src/core/models/hostReach.ts',
  'src/core/models/modelChoice.ts',
  'src/core/models/modelEndpoint.ts',
  'src/core/models/probeModel.ts',
  'src/core/retrieval/hit.ts',
  'src/core/indexing/excludeGlob.ts',
  'src/core/signals/openSuggestion.ts',
  'src/core/signals/suggestionTracker.ts',
  'src/core/signals/summary.ts',
  'src/evals/authored/caseFilePath.ts',
  'src/evals/authored/caseProblem.ts',
  'src/evals/evaluation.ts',
];

/** The import table of docs/architecture.md. */
export const layers: readonly Layer[] = [
  { name: 'core', holds: /^src\/core\//, mayImport: ['src/core/'], mayUseNode: false },
  { name: 'evals', holds: /^src\/evals\//, mayImport: ['src/evals/', 'src/core/'], mayUseNode: false },
  {
    name: 'protocol',
    holds: /^src\/protocol\//,
    // Messages are kept in files and shown in a view: one schema serves both.
    mayImport: ['src/protocol/', 'src/core/ports/chatMessage.ts'],
    mayImportTypes: ['src/core/', 'src/evals/'],
    mayUseNode: false,
  },
  {
    name: 'adapter',
    holds: /^src\/adapters\/([^/]+)\//,
    // Adapters share the atomic write and the rules of HTTP endpoints, and fail with the ports' own errors.
    mayImport: [
      'src/adapters/$1/',
      'src/adapters/durable/',
      'src/adapters/http/',
      'src/core/shared/',
      'src/core/errors/',
      'src/core/async/',
      'src/core/ports/',
    ],
    mayImportTypes: ['src/core/', 'src/evals/'],
    mayUseNode: true,
  },
  {
    name: 'engine',
    holds: /^src\/engine\//,
    mayImport: ['src/engine/', 'src/core/', 'src/evals/', 'src/adapters/', 'src/protocol/'],
    mayUseNode: true,
  },
  {
    name: 'host',
    holds: /^src\/host\//,
    mayImport: ['src/host/', 'src/protocol/', ...sharedWithHost],
    mayUseNode: true,
  },
  {
    name: 'webview',
    holds: /^src\/webview\/([^/]+)\//,
    // Of core, pure functions on text, so that what is shown is escaped in one way everywhere, and the reducer with which
    // the host follows the conversation, so that both always agree.
    mayImport: [
      'src/webview/$1/',
      'src/webview/shared/',
      'src/protocol/',
      'src/core/text/',
      'src/core/chat/conversation.ts',
    ],
    mayImportTypes: ['src/core/ports/chatMessage.ts'],
    mayUseNode: false,
  },
  {
    name: 'bench',
    holds: /^src\/bench\//,
    // What benches take apart is measured through the adapter itself.
    mayImport: [
      'src/bench/',
      'src/cli/',
      'src/engine/',
      'src/adapters/vectra/',
      'src/evals/',
      'src/core/',
      'src/protocol/',
    ],
    mayUseNode: true,
  },
  {
    name: 'cli',
    holds: /^src\/cli\//,
    mayImport: [
      'src/cli/',
      'src/bench/benchCommand.ts',
      'src/engine/',
      'src/evals/',
      'src/core/',
      'src/protocol/',
    ],
    mayUseNode: true,
  },
  { name: 'extension', holds: /^src\/extension\.ts$/, mayImport: ['src/host/'], mayUseNode: false },
];

/** Packages of npm, each with the folders that may import it. A package that is not listed may be used nowhere. */
export const packageHomes: Readonly<Record<string, readonly string[]>> = {
  vscode: ['src/host/', 'src/extension.ts'],
  vectra: ['src/adapters/vectra/'],
  'web-tree-sitter': ['src/adapters/treesitter/'],
  // Pure validation of what comes from outside the process: stored data, messages, arguments.
  zod: [
    'src/protocol/',
    'src/core/',
    'src/evals/',
    'src/adapters/',
    'src/webview/',
    'src/cli/',
    'src/bench/',
  ],
  yaml: ['src/evals/authored/'],
  preact: ['src/webview/'],
  marked: ['src/webview/'],
  dompurify: ['src/webview/'],
  'highlight.js': ['src/webview/'],
  undici: ['src/adapters/http/'],
};

/** Breaches of the import table, of the packages' homes, and files that belong to no layer. */
export function layerViolations(files: SourceFiles, imports: readonly Import[]): Violations {
  const lost = [...files.keys()].filter((path) => !layerOf(path));
  return [
    ...lost.map((path) => `${path} is in no layer`),
    ...imports.filter((each) => !isAllowed(each)).map(describe),
    ...roomViolations(files, imports),
  ];
}

/** Imports inside core that lead to a room further down, and rooms that nobody has put in order. */
function roomViolations(files: SourceFiles, imports: readonly Import[]): Violations {
  const unknown = [...files.keys()].filter((path) => path.startsWith('src/core/') && rankOf(path) < 0);
  const downwards = imports.filter(
    ({ kind, from, to }) => kind === 'file' && to.startsWith('src/core/') && rankOf(from) < rankOf(to),
  );
  return [
    ...unknown.map((path) => `${path} is in no room of core`),
    ...downwards
      .filter(({ from }) => rankOf(from) >= 0)
      .map(({ from, to }) => `${from} may not import ${to}, which stands below it in core`),
  ];
}

function rankOf(path: string): number {
  return coreRooms.indexOf(/^src\/core\/([^/]+)\//.exec(path)?.[1] ?? '');
}

function layerOf(path: string): Layer | undefined {
  return layers.find(({ holds }) => holds.test(path));
}

function isAllowed({ from, kind, to, isTypeOnly }: Import): boolean {
  const layer = layerOf(from);
  if (!layer) return true;
  if (kind === 'builtin') return layer.mayUseNode;
  if (kind === 'package') return startsWithAny(from, packageHomes[to] ?? []);
  const [, own = ''] = layer.holds.exec(from) ?? [];
  const allowed = [...layer.mayImport, ...(isTypeOnly ? (layer.mayImportTypes ?? []) : [])];
  return startsWithAny(
    to,
    allowed.map((prefix) => prefix.replace('$1', own)),
  );
}

function startsWithAny(path: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => (prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix));
}

function describe({ from, kind, to, isTypeOnly }: Import): string {
  const layer = layerOf(from)?.name ?? '';
  const what = kind === 'file' ? to : `${kind} ${to}`;
  return `${from} (${layer}) may not import ${what}${isTypeOnly ? ', not even types' : ''}`;
}
