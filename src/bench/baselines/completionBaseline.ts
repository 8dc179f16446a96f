import type { CompletionRequest } from '../../core/ports/completionSource.ts';
import type { Segment, SegmentFile } from '../../core/indexing/segment.ts';

/** What a simple method would put at the cursor. */
export interface Guess {
  readonly text: string;
  /** What a gate may judge the guess by; of one length for all guesses of a method, the first always 1. */
  readonly features: readonly number[];
}

/** A simple method to complete lines, to compare a model with. */
export interface CompletionBaseline {
  /** Learns from a file of the workspace. */
  addFile(segment: Segment, file: SegmentFile): void;
  /** `undefined` when the method has nothing to offer. */
  guess(request: CompletionRequest): Guess | undefined;
}
