import { SEGMENT_VERSION } from './segmentCodec.ts';

// Raise a number when the part gives other results for the same file: indexes made before are then rebuilt.
const LEXER = 1;
const CHUNKER = 3;
/** Version of the package that holds the grammars. */
export const GRAMMARS = '0.3.1';
const SELECTION = 1;

/** Identity of everything that shapes segments. What shapes vectors is noted with each set of them. */
export const RECIPE = `lexer ${LEXER}, chunker ${CHUNKER}, grammars ${GRAMMARS}, selection ${SELECTION}, segment ${SEGMENT_VERSION}`;

/** Identity of everything that shapes what search finds with vectors made in this way. */
export function recipeFor(method: string): string {
  return `${RECIPE}, embedder ${method}`;
}
