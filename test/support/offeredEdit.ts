import type { OfferedEdit } from '../../src/core/signals/anchoredSuggestion.ts';
import { suggestEdit } from '../../src/core/text/suggestedEdit.ts';

/** `text` in place of `left` and `right`, which stand around the cursor behind `before`. */
export function offeredEdit(
  text: string,
  { lineStart = 0, before = '', left = '', right = '' } = {},
): OfferedEdit {
  const present = before + left + right;
  const startOffset = lineStart + before.length;
  const change = { startOffset, endOffset: startOffset + left.length + right.length, text };
  return {
    edit: suggestEdit('a.ts', ' '.repeat(lineStart) + present, [change]),
    lineStart,
    present,
    cursor: startOffset + left.length,
  };
}
