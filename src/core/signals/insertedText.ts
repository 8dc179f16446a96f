import type { TextEdit } from '../text/textEdit.ts';

/** Text of a suggestion that came into a document, in whole or in part. In memory while it is followed, never stored. */
export interface InsertedText {
  /** The suggestion's id. */
  readonly id: string;
  readonly workspace: string;
  readonly document: string;
  /** When it came in, in milliseconds since the epoch. */
  readonly at: number;
  /** UTF-16 offset in the document. */
  readonly start: number;
  readonly text: string;
  /** What has become of it. */
  readonly standing: string;
}

/**
 * The inserted text after an edit of its document. What is put in at its ends stays outside, so that typing on behind
 * a suggestion does not change it; what replaces text across its ends belongs to it.
 */
export function editInserted(inserted: InsertedText, edit: TextEdit): InsertedText {
  const { start, standing } = inserted;
  const { startOffset, endOffset, text } = edit;
  const end = start + standing.length;
  // Text put in where all was removed stands in its place.
  const isRefill = start === end && startOffset === start && endOffset === start;
  if (startOffset >= end && !isRefill) return inserted;
  if (endOffset <= start && !isRefill) {
    return { ...inserted, start: start + text.length - (endOffset - startOffset) };
  }
  const before = standing.slice(0, Math.max(0, startOffset - start));
  const after = standing.slice(endOffset - start);
  return { ...inserted, start: Math.min(start, startOffset), standing: before + text + after };
}
