import type { ChatMessage } from '../ports/models.ts';
import type { TokenCounter } from './tokenCounter.ts';

/** A part of a prompt that is kept or left out as a whole, unless it can be trimmed. */
export interface PromptPiece {
  /** Pieces of the same name stay or go together, for example a question and its answer. */
  readonly name: string;
  readonly text: string;
  /** When the prompt is too long, what has the least goes first; among equals, what was declared last. */
  readonly priority: number | 'required';
  /** The text in at most so many tokens, for a piece that is worth having in part. */
  readonly trim?: (maxTokens: number, count: TokenCounter) => string;
}

/** A message in pieces. One without any left is not sent. */
export interface PromptMessage {
  readonly role: ChatMessage['role'];
  /** In the order of the text, an empty line between them. */
  readonly pieces: readonly PromptPiece[];
}

/** One wording of a prompt. A published one is never edited: a change is a new version, so that scores stay comparable. */
export interface PromptVariant<Input> {
  /** From 1. */
  readonly version: number;
  /** What never changes comes first and what changes most comes last: providers cache by the beginning. */
  readonly build: (input: Input) => readonly PromptMessage[];
}

export interface PromptTemplate<Input> {
  /** For example `chat.answer`. */
  readonly id: string;
  readonly variants: readonly PromptVariant<Input>[];
  /** Version of the variant that serves where nobody asks for another. */
  readonly default: number;
}
