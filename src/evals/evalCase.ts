/** A range of whole lines, 1-based and inclusive. */
export interface Place {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What no index may hold while a case is asked: some lines of a file, or all of it. */
export interface Hidden {
  readonly path: string;
  readonly lines?: { readonly startLine: number; readonly endLine: number };
}

/** What every case has, whatever it asks: enough to sample fairly and to pair runs by `id`. */
export interface EvalCase {
  /** The same as long as what the case is made of does not change. */
  readonly id: string;
  /** Id of the case source. */
  readonly source: string;
  readonly language: string;
  readonly folder: string;
  /** The file the case is made from. */
  readonly path: string;
  /** Words that a person has filed the case under. */
  readonly tags?: readonly string[];
}

/** A question whose answer is known. */
export interface RetrievalCase extends EvalCase {
  readonly question: string;
  /** What the question is about. */
  readonly name: string;
  /** Finding any of these is right; more than one when the workspace holds several forms of one definition. */
  readonly gold: readonly Place[];
  readonly hides: readonly Hidden[];
}

export type MaskKind = 'line-start' | 'token-border' | 'inside-identifier';

/** A line of which the rest is hidden. */
export interface CompletionCase extends EvalCase {
  readonly kind: MaskKind;
  /** 1-based. */
  readonly line: number;
  /** UTF-16 offsets in the file's text: the cursor, and where its line ends before the line break. */
  readonly offset: number;
  readonly lineEnd: number;
  /** What stood there, without a comment at the end of the line. Never empty. */
  readonly expected: string;
}

/** A question for the chat, with the places its answer should rest on. */
export interface ChatCase extends EvalCase {
  readonly question: string;
  /** Places that hold the answer; empty when the workspace does not hold it. */
  readonly gold: readonly Place[];
  /** Whether the workspace holds the answer. Where it does not, saying so is right. */
  readonly isAnswerable: boolean;
  /** Text that a right answer contains, and text that no right answer contains; letter case does not matter. */
  readonly mustMention: readonly string[];
  readonly mustNotMention: readonly string[];
  readonly hides: readonly Hidden[];
}
