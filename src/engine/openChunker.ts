import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadTreeSitter } from '../adapters/treesitter/treeSitterParser.ts';
import { createCodeChunker } from '../core/chunking/codeChunker.ts';
import type { Chunker, Logger } from '../core/ports.ts';

/** Where the parser's WebAssembly is: beside the bundle or, when this is run from source, in the packages. */
const FOLDERS = import.meta.filename.endsWith('.ts')
  ? ['@vscode/tree-sitter-wasm/wasm', 'web-tree-sitter'].map((folder) =>
      join(import.meta.dirname, '../../node_modules', folder),
    )
  : [import.meta.dirname];

/** The chunker that indexes are made with. Grammars are read when the first file asks for them. */
export async function openChunker(log: Logger): Promise<Chunker> {
  return createCodeChunker(await loadTreeSitter(readGrammarFile, log));
}

function readGrammarFile(name: string): Uint8Array {
  const [first = '', ...others] = FOLDERS.map((folder) => join(folder, name));
  for (const path of others) {
    const bytes = readIfThere(path);
    if (bytes) return bytes;
  }
  return readFileSync(first);
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
