import type { ProposedEdit } from '../ports/chatMessage.ts';
import type { Citation, Grounding } from '../shared/citation.ts';
import type { Provenance, TokenUsage } from '../shared/provenance.ts';

/** Who wrote an answer, shown to the user with every answer: quotations only, or a language model. */
type AnswerSource = 'extractive' | 'model';

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

/**
 * What happens while a question is answered, from the turn to the view: plain data, safe to clone and to write as JSON.
 * The last one is `done`; a stream that fails or is stopped ends without it. The `text` events since the last `retracted`,
 * joined, are the text of the answer, and the `citation` events since then are its citations. `C` says whose paths the citations hold: relative to the
 * folders that are asked, or located in one of them.
 */
export type AnswerEvent<C extends Citation = Citation> = AnswerPart<C> | DoneEvent<C>;

/** An event before the end. */
export type AnswerPart<C extends Citation = Citation> =
  | TextEvent
  | ReasoningEvent
  | RetractedEvent
  | CitationEvent<C>
  | ProgressEvent
  | ToolCallEvent
  | ToolResultEvent
  | ProposedEditEvent
  | NoticeEvent
  | UsageEvent;

/** A piece of the answer's Markdown; not empty. `[n]` refers to a citation that came before. */
interface TextEvent {
  readonly type: 'text';
  readonly text: string;
}

/** What a model tells of its reasoning; not empty, and no part of the answer. */
interface ReasoningEvent {
  readonly type: 'reasoning';
  readonly text: string;
}

/** All text so far was reasoning, as its end has shown; text and citations begin anew. */
interface RetractedEvent {
  readonly type: 'retracted';
}

/** The source behind a number, once each and in order of the numbers, before the text that shows it. */
interface CitationEvent<C extends Citation = Citation> {
  readonly type: 'citation';
  readonly citation: C;
}

/** What is done now: a later one replaces it, and so does text. */
interface ProgressEvent {
  readonly type: 'progress';
  /** Places are looked for; the files that hold them are read; a model has the question and has not answered yet. */
  readonly stage: ProgressStage;
}

type ProgressStage = 'searching' | 'reading' | 'asking';

/** A model calls a tool. */
interface ToolCallEvent {
  readonly type: 'tool-call';
  /** Named by the result; unique in an answer. */
  readonly id: string;
  readonly name: string;
  /** A JSON value. */
  readonly input: unknown;
}

/** What a call that was made before came to. */
interface ToolResultEvent {
  readonly type: 'tool-result';
  readonly id: string;
  readonly text: string;
  readonly isError: boolean;
}

/** A change of a file that a person may take over; nothing has been changed yet. */
interface ProposedEditEvent {
  readonly type: 'proposed-edit';
  readonly edit: ProposedEdit;
}

/** Something a person should know about this answer and can do something about: whole sentences. */
interface NoticeEvent {
  readonly type: 'notice';
  /** The built-in answer follows, because the chosen model cannot be asked, or was asked and wrote nothing. */
  readonly kind: 'model-unusable' | 'model-failed';
  readonly message: string;
}

/** What the provider has counted so far; a later one replaces it. */
interface UsageEvent {
  readonly type: 'usage';
  readonly usage: TokenUsage;
}

interface DoneEvent<C extends Citation = Citation> {
  readonly type: 'done';
  readonly answer: Answer<C>;
}

/** The answer at the end of the events, for whoever wants nothing else. */
export async function wholeAnswer<C extends Citation>(
  events: AsyncIterable<AnswerEvent<C>>,
): Promise<Answer<C>> {
  for await (const event of events) if (event.type === 'done') return event.answer;
  throw new RangeError('the events ended without an answer');
}
