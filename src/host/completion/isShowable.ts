import { hasUnseen, splitUnseen } from '../../core/text/unseen.ts';
import type { CompletionRequest } from '../../core/ports/completionSource.ts';
import type { SuggestedEdit } from '../../core/text/textEdit.ts';

/** Where the suggestion is to stand. Offsets are UTF-16 units in the document. */
export interface SuggestionPlace {
  readonly offset: number;
  /** The cursor's line without its line break. */
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly selected?: CompletionRequest['selected'];
}

/**
 * Would the editor show it at the cursor? Its rules: one range, from which insertions alone lead to the text, that stays
 * on the cursor's line and holds the cursor; while the suggest widget has an item selected, the text begins with that item
 * and replaces the same range.
 */
export function isShowable({ kind, changes: [change] }: SuggestedEdit, place: SuggestionPlace): boolean {
  const { startOffset, endOffset, text } = change;
  const { offset, lineStart, lineEnd, selected } = place;
  const isOnLine =
    lineStart <= startOffset && startOffset <= offset && offset <= endOffset && endOffset <= lineEnd;
  if (kind !== 'insertion' || !isOnLine || text === '') return false;
  if (!selected) return true;
  return (
    startOffset === selected.startOffset && endOffset === selected.endOffset && text.startsWith(selected.text)
  );
}

/**
 * Would it put characters into the document that do not show, and that are not there yet? Ghost text has no place to say
 * so. `readDocument` gives the text of the document, and is called only when it matters.
 */
export function bringsHidden({ changes: [{ text }] }: SuggestedEdit, readDocument: () => string): boolean {
  if (!hasUnseen(text)) return false;
  const present = new Set(readDocument());
  return splitUnseen(text).some(
    ({ text: characters, isUnseen }) =>
      isUnseen && Array.from(characters).some((character) => !present.has(character)),
  );
}
