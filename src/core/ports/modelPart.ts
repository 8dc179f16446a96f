import type { StopReason, TokenUsage } from '../shared/modelUsage.ts';

/**
 * What a model streams: text parts, none of them empty, and then exactly one `done`. A stream that ends without `done`
 * was cut off. `thinking` may come at any time before.
 */
export type ModelPart = TextPart | ThinkingPart | DonePart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
}

/** The model works on something that is not part of the answer. Tells waiting from hanging. */
export interface ThinkingPart {
  readonly type: 'thinking';
}

export interface DonePart {
  readonly type: 'done';
  readonly stopReason: StopReason;
  /** Undefined when the provider does not say. */
  readonly usage: TokenUsage | undefined;
}
