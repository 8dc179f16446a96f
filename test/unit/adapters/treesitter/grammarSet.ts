import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarHome } from '../../../../src/adapters/treesitter/grammarHome.ts';

const packages = join(import.meta.dirname, '../../../../node_modules');

/** Reads the parser's files from the packages that hold them. */
export function readGrammarFile(name: string): Uint8Array {
  return readFileSync(join(packages, grammarHome(name), name));
}
