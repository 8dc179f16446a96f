import { SEGMENT_VERSION } from './segmentCodec.ts';

// Raise a number when the part gives other results for the same file: indexes made before are then rebuilt.
const LEXER = 1;
const CHUNKER = 1;
const SELECTION = 1;

/** Identity of everything that shapes an index made with this embedder. */
export function recipeFor(embedderId: string): string {
  return `lexer ${LEXER}, chunker ${CHUNKER}, selection ${SELECTION}, segment ${SEGMENT_VERSION}, embedder ${embedderId}`;
}
