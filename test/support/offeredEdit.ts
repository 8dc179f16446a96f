import type { OfferedEdit } from '../../src/core/signals/anchoredSuggestion.ts';
import type { SuggestionOffer } from '../../src/core/signals/openSuggestion.ts';
import { suggestEdit } from '../../src/core/text/textEdit.ts';
import { madeBy } from './madeBy.ts';

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

/** An offer at the beginning of an empty file. */
export const baseOffer: SuggestionOffer = {
  workspace: '0123456789abcdef',
  document: 'a.ts',
  language: 'typescript',
  ...offeredEdit('alpha'),
  confidence: 0.7,
  position: 'blank-line',
  trigger: 'automatic',
  provenance: madeBy('workspace-model'),
};
