import type { Provenance } from '../shared/provenance.ts';
import type { TokenUsage } from '../shared/modelUsage.ts';
import type { Citation, Grounding } from '../shared/citation.ts';

/** Who wrote an answer, shown to the user with every answer: quotations only, or a language model. */
export type AnswerSource = 'extractive' | 'model';

export interface Answer<C extends Citation = Citation> {
  /** Markdown; `[n]` refers to the citation with that number. */
  readonly text: string;
  readonly citations: readonly C[];
  readonly source: AnswerSource;
  readonly grounding: Grounding;
  /** Present when the answer says that the workspace does not hold what was asked for, or rests on nothing in it. */
  readonly isAbstention?: true;
  /** Absent when no language model was asked. */
  readonly model?: ModelShare;
  readonly provenance: Provenance;
}

/** An answer as whoever writes it knows it: how long it took is known to whoever asked. */
export interface WrittenAnswer extends Omit<Answer, 'provenance'> {
  readonly provenance: Omit<Provenance, 'latencyMs'>;
}

/** What a language model that was asked has to do with an answer. */
export interface ModelShare {
  /** Provider and model, for example `openai:gpt-5-mini`. */
  readonly id: string;
  /**
   * Absent when the model wrote the whole answer. Otherwise why it did not, and what to do: sentences. With the source
   * `model`, the text is the part that arrived; with `extractive`, the answer was written without the model.
   */
  readonly problem?: string;
  /** As counted by the provider; absent when it did not say. */
  readonly usage?: TokenUsage;
}
