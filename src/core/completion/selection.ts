import type { CompletionRequest } from '../ports/completionSource.ts';
import { isInsertionOnly, type TextEdit } from '../text/textEdit.ts';

/** The request as if the suggest widget's item had been accepted already. */
export function withSelection(request: CompletionRequest): CompletionRequest {
  const { path, text, selected } = request;
  if (selected === undefined) return request;
  return {
    path,
    text: text.slice(0, selected.startOffset) + selected.text + text.slice(selected.endOffset),
    offset: selected.startOffset + selected.text.length,
  };
}

/**
 * A proposal for `withSelection(request)` as an answer to `request`: it replaces the item's range with the item's
 * text and more. Undefined when it would have to replace anything else.
 */
export function answerWithSelection<Edit extends TextEdit>(
  request: CompletionRequest,
  proposal: Edit,
): Edit | undefined {
  const { selected } = request;
  if (selected === undefined) return proposal;
  const { startOffset, endOffset } = selected;
  if (proposal.endOffset !== proposal.startOffset) return undefined;
  const text = selected.text + proposal.text;
  if (!isInsertionOnly(request.text.slice(startOffset, endOffset), text)) return undefined;
  return { ...proposal, text, startOffset, endOffset };
}
