import { createCodeChunker } from '../../core/chunking/codeChunker.ts';
import type { Chunker } from '../../core/ports/chunker.ts';
import type { Logger } from '../../core/ports/runtime.ts';
import { openSyntaxParser } from './openSyntaxParser.ts';

/** The chunker that indexes are made with. */
export async function openChunker(log: Logger): Promise<Chunker> {
  return createCodeChunker(await openSyntaxParser(log));
}
