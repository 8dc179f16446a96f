/** The part of a text that is looked at: offsets in it are `start` less than in the text. */
export interface TextWindow {
  readonly text: string;
  readonly start: number;
}

const REACH = 80_000;
const STEP = 40_000;

/**
 * The lines up to about 120,000 characters on either side of `offset`, all of a smaller text. Both ends move in big
 * steps and keep their places while text is typed between them, so that lexing stays incremental.
 */
export function textWindow(text: string, offset: number): TextWindow {
  const start = lineStartBefore(text, stepsWithin(offset - REACH));
  const end = lineEndAfter(text, text.length - stepsWithin(text.length - offset - REACH));
  return { text: text.slice(start, end), start };
}

function stepsWithin(length: number): number {
  return Math.max(0, Math.floor(length / STEP) * STEP);
}

/** Lines longer than a step are cut. */
function lineStartBefore(text: string, from: number): number {
  const at = text.lastIndexOf('\n', from - 1);
  return from === 0 || from - at > STEP ? from : at + 1;
}

function lineEndAfter(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 || at - from > STEP ? from : at;
}
