/** A range of a workspace file that backs a statement of an answer. */
export interface Citation {
  /** The number shown in the answer, from 1, in order of appearance. */
  readonly number: number;
  readonly path: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Result of the deterministic checks of an answer against the live files. */
export interface Grounding {
  readonly checked: number;
  /** Citations whose range exists and contains what is quoted, or what the model was shown of it. */
  readonly supported: number;
  /** Citations of a model to sources that it was never given: they are taken out of the text. */
  readonly invented?: number;
}
