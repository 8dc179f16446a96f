import type { ChatRequest, ModelPart } from '../../core/ports/models.ts';

/** A part of an answer and when it came, in milliseconds since the request was sent. */
export interface TimedPart {
  readonly atMs: number;
  readonly part: ModelPart;
}

/** What a model was asked. */
export interface RecordedRequest {
  /** `requestKey` of model and request. */
  readonly key: string;
  /** Provider and model, for example `openai:gpt-5-mini`. */
  readonly model: string;
  readonly request: ChatRequest;
  /** The case that asked first, for people. */
  readonly caseId: string;
  /** The wording that asked, for example `chat.answer@1`; absent in recordings made before wordings were named. */
  readonly prompt?: string;
}

/** One whole answer to a request. */
export interface Recording extends RecordedRequest {
  /** Which answer to the same request this is, from 0: repetitions are different answers. */
  readonly slot: number;
  /** All that streamed in; the last one is `done`. */
  readonly parts: readonly TimedPart[];
}

/** Where answers are kept. Answers are found by what was asked, so a changed prompt finds nothing. */
export interface Recordings {
  find(key: string, slot: number): readonly TimedPart[] | undefined;
  /** Durable once resolved. What is there already stays. */
  add(recording: Recording): Promise<void>;
  /** Every request that has an answer. */
  requests(): Iterable<RecordedRequest>;
}
