import type { SearchHit, SearchLeg } from '../retrieval/hit.ts';

/** A range of a file that a leg found. */
export interface LegPlace {
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** What the editor knows of a person's work; paths as search gives them. */
export interface WorkHints {
  /** Files on screen and those edited last, most recent first. */
  readonly recent: readonly string[];
  /** Files that differ from the last commit. */
  readonly modified: readonly string[];
}

/** How one leg went, for whoever wants to know why a place was found. */
export interface LegTrace {
  readonly leg: SearchLeg | 'search';
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
  readonly legs: readonly LegTrace[];
  readonly dropped: readonly Dropped[];
}

export interface Context<H extends SearchHit> {
  /** Best first. */
  readonly hits: readonly H[];
  readonly trace: ContextTrace;
}
