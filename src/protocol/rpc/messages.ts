import type { WireError } from './wireError.ts';

/**
 * What one side sends to call the other. Ids are the caller's own. `cancel` also says that a stream's reader has left;
 * nothing is replied to what is cancelled.
 */
export type Request =
  | { readonly kind: 'event'; readonly method: string; readonly args: readonly unknown[] }
  | Started<'call'>
  | Started<'stream'>
  | { readonly kind: 'credit'; readonly id: number; readonly items: number }
  | { readonly kind: 'cancel'; readonly id: number; readonly reason: WireError };

interface Started<Kind extends string> {
  readonly kind: Kind;
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
  /** The method takes a signal after these arguments. */
  readonly hasSignal: boolean;
}

/** What comes back. Any number of `item`s and then `end` or `error` for a stream; `result` or `error` for a call. */
export type Reply =
  | { readonly kind: 'result' | 'item' | 'end'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError };

/**
 * So many items of a stream may be under way or waiting for their reader; the reader allows more when it has taken half
 * of them. A producer that is further ahead waits in its `yield`.
 */
export const STREAM_WINDOW = 32;
