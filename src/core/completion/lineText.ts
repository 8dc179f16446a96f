import { render, type Token } from '../text/lexer.ts';
import type { CursorSite } from './cursorSite.ts';

/** The text that tokens stand for after the cursor, without the letters of the first that are typed already. */
export function lineTextOf(
  { tokens, isPartial }: { readonly tokens: readonly Token[]; readonly isPartial: boolean },
  { partial, isAfterSpace, text }: CursorSite,
  textOf: (word: number) => string,
): string {
  const rendered = render(tokens, textOf).replaceAll('\n', text.includes('\r\n') ? '\r\n' : '\n');
  if (isPartial) return rendered.trimStart().slice(partial.length);
  return isAfterSpace ? rendered.trimStart() : rendered;
}
