import { gapOf, LINE_BREAK } from '../text/lexer.ts';
import { BOUNDARY } from './anchor.ts';
import type { TokenSpace } from './tokenSpace.ts';

const MAX_LOOK_BACK = 300;

/**
 * Whether a line is indented more (1), less (-1) or as much (0) as the nearest line above it that is not blank.
 * `lineBreak` is the position of the line break that begins the line.
 */
export function indentStep(space: TokenSpace, lineBreak: number): -1 | 0 | 1 {
  const own = gapOf(space.tokenAt(lineBreak));
  for (let at = lineBreak - 1; at > lineBreak - MAX_LOOK_BACK; at--) {
    const word = space.wordAt(at);
    if (word === BOUNDARY) break;
    const isBlank = space.wordAt(at + 1) === LINE_BREAK;
    if (word === LINE_BREAK && !isBlank) return Math.sign(own - gapOf(space.tokenAt(at))) as -1 | 0 | 1;
  }
  return own > 0 ? 1 : 0;
}
