import type { SearchHit } from '../core/retrieval/hit.ts';
import type { ChatCase, CompletionCase, Place, RetrievalCase } from './evalCase.ts';

/** Why a right place is not among the first ten hits. */
export type MissReason =
  /** It is found, further down at `foundAt`. */
  | 'ranked-low'
  /** Another part of the right file is among the first ten. */
  | 'right-file'
  /** The question and what it asks for have no search term in common. */
  | 'no-shared-word'
  /** Other places fit the words better. */
  | 'outranked';

/** A hit as the report shows it and as measures judge it. */
export interface JudgedHit extends SearchHit {
  /** Its first line is one on which something begins; its last is one behind which something else does. */
  readonly startsClean: boolean;
  readonly endsClean: boolean;
  /** Its first lines, for the first few hits; null for the others. */
  readonly code: string | null;
}

/** How one question went. */
export interface RetrievalOutcome extends Omit<RetrievalCase, 'hides'> {
  /** The first ten. */
  readonly hits: readonly JudgedHit[];
  /** The first lines of each right place. */
  readonly goldCode: readonly string[];
  /** 1-based rank of the first right hit; null when it is not among the first ten. */
  readonly rank: number | null;
  readonly miss: {
    readonly reason: MissReason;
    /** Rank in a longer list. */
    readonly foundAt: number | null;
    /** Words of the question that the right place contains in some form. */
    readonly shared: readonly string[];
  } | null;
  readonly elapsedMs: number;
}

/** How one hidden rest of a line went. */
export interface CompletionOutcome extends Omit<CompletionCase, 'offset' | 'lineEnd'> {
  /** The line up to the cursor. */
  readonly before: string;
  /** What the line would be completed with; null when nothing is shown. */
  readonly shown: string | null;
  /** Of what is shown or, when nothing is, of what was held back; null when there was nothing at all. */
  readonly confidence: number | null;
  /** The best guess when it was not sure enough to be shown. */
  readonly heldBack: string | null;
  readonly isExact: boolean;
  readonly isFirstTokenExact: boolean;
  /** 0…1, null when nothing is shown. */
  readonly similarity: number | null;
  /** With what is shown the file is still well-formed; null when nothing is shown or the file was not to begin with. */
  readonly isWellFormed: boolean | null;
  readonly elapsedMs: number;
}

/** One answer to one question. A case is asked as often as the evaluation repeats. */
export interface ChatTrial {
  readonly answer: string;
  /** Places cited, in the order of their numbers. */
  readonly citations: readonly Place[];
  /** Places that the answer could draw on, best first. */
  readonly retrieved: readonly Place[];
  /** The answer says that the workspace does not hold what was asked for. */
  readonly isAbstention: boolean;
  /** Null where the provider did not say, or no model was asked. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars; null when the model's price is not known. */
  readonly cost: number | null;
  /** Null without a model. */
  readonly firstTokenMs: number | null;
  readonly elapsedMs: number;
  /** The model's words came out of the replay cache, times and usage with them. */
  readonly isReplayed: boolean;
}

/** How one question for the chat went. */
export interface ChatOutcome extends Omit<ChatCase, 'hides'> {
  /** One or more. */
  readonly trials: readonly ChatTrial[];
  /** Mean over the trials. */
  readonly elapsedMs: number;
}
