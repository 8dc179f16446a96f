/** What should stand between `prefix` and `suffix`? For models that were trained to fill in the middle. */
export interface FillRequest {
  /** Path of the file, relative to the workspace folder. */
  readonly path: string;
  /** Text before the cursor, cut by the caller to what the model can take. */
  readonly prefix: string;
  /** Text after the cursor, cut likewise. */
  readonly suffix: string;
  /** Excerpts of other files that help, least useful first: what is next to the prefix counts most. */
  readonly context: readonly FillContext[];
  readonly maxOutputTokens: number;
  readonly temperature?: number;
  /** At most four texts that end the completion, apart from the model's own marks. */
  readonly stop?: readonly string[];
}

export interface FillContext {
  readonly path: string;
  readonly text: string;
}
