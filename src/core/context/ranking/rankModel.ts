import type { SourceBlock } from '../../prompts/sourceBlock.ts';

/** Puts excerpts into an order, by a model of whatever kind. */
export interface RankModel {
  readonly id: string;
  /**
   * A score for each block, in the order of the blocks, comparable within this answer only. Rejects with a `ModelError`, or
   * with the signal's reason when it aborts.
   */
  rank(query: string, blocks: readonly SourceBlock[], signal: AbortSignal): Promise<readonly number[]>;
}
