/** A question to the completion engine: what should stand at `offset`? */
export interface CompletionRequest {
  /** Path relative to the folder; the indexed version of this file is hidden in favour of `text`. */
  readonly path: string;
  /** The live buffer, unsaved edits included. */
  readonly text: string;
  /** UTF-16 offset of the cursor in `text`. */
  readonly offset: number;
  /** The suggest widget's selected item: an answer must replace exactly this range with text that begins so. */
  readonly selected?: {
    readonly startOffset: number;
    readonly endOffset: number;
    readonly text: string;
  };
}

export interface Completion {
  /** The text to insert at `insertAt`, replacing up to `replaceTo`. */
  readonly text: string;
  /** UTF-16 offsets within the cursor's line; `insertAt ≤ offset ≤ replaceTo`. */
  readonly insertAt: number;
  readonly replaceTo: number;
  readonly source: CompletionSource;
  /** Estimated probability that the text is exactly what comes next, 0…1. */
  readonly confidence: number;
}

export type CompletionSource = 'workspace-model';
