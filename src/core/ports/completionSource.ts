import type { Provenance } from '../shared/provenance.ts';
import type { SuggestedEdit } from '../text/textEdit.ts';

/** What should stand at `offset`? */
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

/** An edit that a source believes in. */
export interface Proposal {
  readonly edit: SuggestedEdit;
  /** Estimated probability that the edit is exactly what comes next, 0…1: comparable between sources. */
  readonly confidence: number;
  readonly provenance: Provenance;
}

/**
 * Proposes what may stand at the cursor. It decides itself below which confidence it had better be silent; what is shown
 * among the proposals of several sources is the arbiter's business.
 */
export interface CompletionSource {
  /** Unique among the sources of a process, for example `workspace-model`. */
  readonly id: string;
  /**
   * Begins with the first `next()`. Each proposal takes the place of the one before it; the end may come without any.
   * An abort of `signal`, or leaving the iteration, ends all that runs for it; an abort rejects with its reason.
   */
  propose(request: CompletionRequest, signal: AbortSignal): AsyncIterable<Proposal>;
}
