import { TouchstoneError } from './touchstoneError.ts';

/** Base of what can go wrong while a model is called. Messages name the endpoint, and never hold keys or prompts. */
export abstract class ModelError extends TouchstoneError {
  /** Host of the endpoint. */
  readonly endpoint: string;
  /** The same request may well succeed when it is sent again shortly after. */
  abstract readonly isTransient: boolean;
  /** The endpoint is out of order, so that further requests had better wait. */
  abstract readonly isOutage: boolean;
  /** How long the endpoint asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    endpoint: string,
    message: string,
    options?: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.endpoint = endpoint;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
