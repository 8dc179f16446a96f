import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const grammars = dirname(require.resolve('@vscode/tree-sitter-wasm'));

/** Reads the parser's files from the packages that hold them. */
export function readGrammarFile(name: string): Uint8Array {
  const isRuntime = name === 'web-tree-sitter.wasm';
  return readFileSync(isRuntime ? require.resolve(`web-tree-sitter/${name}`) : join(grammars, name));
}
