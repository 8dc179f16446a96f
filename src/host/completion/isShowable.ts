import type { Completion, CompletionRequest } from '../../core/completion/request.ts';

/** Where the suggestion is to stand. Offsets are UTF-16 units in the document. */
export interface SuggestionPlace {
  readonly offset: number;
  /** The cursor's line without its line break. */
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly selected?: CompletionRequest['selected'];
}

/**
 * Would the editor show it? Its rules: the range stays on the cursor's line and holds the cursor; while the suggest
 * widget has an item selected, the text begins with that item and replaces the same range.
 */
export function isShowable({ text, insertAt, replaceTo }: Completion, place: SuggestionPlace): boolean {
  const { offset, lineStart, lineEnd, selected } = place;
  const isOnLine = lineStart <= insertAt && insertAt <= offset && offset <= replaceTo && replaceTo <= lineEnd;
  if (!isOnLine || text === '') return false;
  if (!selected) return true;
  return (
    insertAt === selected.startOffset && replaceTo === selected.endOffset && text.startsWith(selected.text)
  );
}
