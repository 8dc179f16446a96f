import type { StopReason, TokenUsage } from '../shared/modelUsage.ts';

/**
 * What a model streams: parts in any order and then exactly one `done`. A stream that ends without `done` was cut off.
 */
export type ModelPart = TextPart | ReasoningPart | ToolCallPart | UsagePart | DonePart;

/** A piece of the answer; never empty. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/**
 * The model works on something that is not part of the answer. Tells waiting from hanging. Empty when the provider does
 * not show it. After an attempt that failed before its first text, that of the next one follows.
 */
export interface ReasoningPart {
  readonly type: 'reasoning';
  readonly text: string;
}

/** The model wants a tool to be called; comes when its input is complete. */
export interface ToolCallPart {
  readonly type: 'tool-call';
  /** To be named by the result. */
  readonly id: string;
  readonly name: string;
  /** A JSON value that no schema has checked. */
  readonly input: unknown;
}

/** What the provider has counted so far; a later one replaces it. Absent when it does not say. */
export interface UsagePart {
  readonly type: 'usage';
  readonly usage: TokenUsage;
}

export interface DonePart {
  readonly type: 'done';
  readonly stopReason: StopReason;
}
