/** A range of a workspace file that backs a statement of an answer. */
export interface Citation {
  /** The number shown in the answer, from 1, in order of appearance. */
  readonly number: number;
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Who wrote an answer: shown to the user with every answer. */
export type AnswerSource = 'extractive';

export interface Answer {
  /** Markdown; `[n]` refers to the citation with that number. */
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly source: AnswerSource;
  readonly grounding: Grounding;
}

/** Result of the deterministic checks of an answer against the live files. */
export interface Grounding {
  readonly checked: number;
  /** Citations whose range exists and contains what is quoted. */
  readonly supported: number;
}
