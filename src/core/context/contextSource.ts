import type { PlaceSource } from '../retrieval/placeSource.ts';
import type { SearchHit, SearchLeg } from '../retrieval/hit.ts';

/** A range of a file. */
export interface LegPlace {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** What a source of context found. */
export interface FoundPlace {
  readonly path: string;
  /** 1-based, inclusive; absent when the file is meant, whatever in it. */
  readonly lines?: Pick<LegPlace, 'startLine' | 'endLine'>;
  /** Evidence in numbers, from a source that has it: a score, and what it is made of. */
  readonly evidence?: Pick<SearchHit, 'score' | 'legs'>;
}

/** The search stands for both of its own sources, words and vectors. */
export type ContextSourceName = Exclude<SearchLeg, 'lexical' | 'dense'> | 'search';

/** What may know of places for a question of the chat. */
export type ContextSource = PlaceSource<ContextSourceName, FoundPlace>;

/** How one source went, for whoever wants to know why a place was found. */
export interface SourceTrace {
  readonly source: ContextSourceName;
  readonly found: number;
  readonly elapsedMs: number;
}

export type DropReason =
  /** Better places of the same file come first. */
  | 'crowded'
  /** A place that contains it comes first. */
  | 'contained'
  /** It must not be read by now, whatever led to it. */
  | 'ignored';

export interface Dropped extends LegPlace {
  readonly reason: DropReason;
}

/** Everything that went into a list of hits. */
export interface ContextTrace {
  readonly sources: readonly SourceTrace[];
  readonly dropped: readonly Dropped[];
}

export interface Context<H extends SearchHit> {
  /** Best first. */
  readonly hits: readonly H[];
  readonly trace: ContextTrace;
}
