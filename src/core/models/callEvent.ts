import type { StopReason, TokenUsage } from '../shared/provenance.ts';

/** What happens in a call, in this order, for the request log. Times count from `started`. Content is never part of it. */
export type CallEvent = CallStarted | CallSent | CallRetrying | CallFirstToken | CallEnded;

interface CallEventBase {
  /** Number of the call in this process, from 1. */
  readonly call: number;
  readonly model: string;
  readonly endpoint: string;
}

export interface CallStarted extends CallEventBase {
  readonly type: 'started';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly purpose: CallPurpose;
}

/** `chat`: messages; `fill`: fill in the middle; `embed`: vectors; `rerank`: an order of texts. */
export type CallPurpose = 'chat' | 'fill' | 'embed' | 'rerank';

/** An attempt goes out. Until the first one, the call was queued. */
export interface CallSent extends CallEventBase {
  readonly type: 'sent';
  /** From 1. */
  readonly attempt: number;
  readonly elapsedMs: number;
}

export interface CallRetrying extends CallEventBase {
  readonly type: 'retrying';
  /** Code of the error that ended the last attempt. */
  readonly errorCode: string;
  readonly delayMs: number;
}

export interface CallFirstToken extends CallEventBase {
  readonly type: 'first-token';
  readonly elapsedMs: number;
}

/** The last event of every call. */
export interface CallEnded extends CallEventBase {
  readonly type: 'ended';
  readonly elapsedMs: number;
  /** `abandoned`: whoever asked aborted, or stopped reading. */
  readonly outcome: 'done' | 'failed' | 'abandoned';
  readonly attempts: number;
  /** UTF-16 units of text received. */
  readonly receivedLength: number;
  readonly stopReason: StopReason | undefined;
  readonly usage: TokenUsage | undefined;
  /** US dollars; null when the price or the usage is unknown. Zero is only what costs nothing. */
  readonly costUsd: number | null;
  /** Only of a failed call. */
  readonly errorCode: string | undefined;
}
