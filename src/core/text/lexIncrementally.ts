import { lex, type Interner, type Token } from './lexer.ts';

/** Characters lexed in one step, and the rest of the line: well under a millisecond of ordinary code. */
const STEP_CHARS = 16_384;

/** Appends the same tokens to `out` as `lex` does, a few lines a step. */
export function* lexIncrementally(text: string, words: Interner, out: Token[]): Generator<void> {
  for (let from = 0; ;) {
    const lineEnd = text.indexOf('\n', from + STEP_CHARS);
    const end = lineEnd < 0 ? text.length : lineEnd + 1;
    lex(text.slice(from, end), words, out);
    if (end === text.length) return;
    // What follows begins with its own line break.
    out.pop();
    from = end;
    yield;
  }
}
