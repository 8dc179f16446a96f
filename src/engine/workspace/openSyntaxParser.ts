import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarHome } from '../../adapters/treesitter/grammarHome.ts';
import { loadTreeSitter, type TreeSitterParser } from '../../adapters/treesitter/treeSitterParser.ts';
import type { Logger } from '../../core/ports/runtime.ts';

/** Folders share one: grammars are large, and the memory they are loaded into is never given back. */
let opened: Promise<TreeSitterParser | undefined> | undefined;

/**
 * The parser of this thread. Grammars are read when the first file asks for them. `undefined`, said in the log, when it
 * cannot be had.
 */
export function openSyntaxParser(log: Logger): Promise<TreeSitterParser | undefined> {
  return (opened ??= loadTreeSitter((name) => readFileSync(join(folderOf(name), name)), log));
}

/** Where the parser's WebAssembly is: beside the bundle or, when this is run from source, in the packages. */
function folderOf(name: string): string {
  if (!import.meta.filename.endsWith('.ts')) return import.meta.dirname;
  return join(import.meta.dirname, '../../node_modules', grammarHome(name));
}
