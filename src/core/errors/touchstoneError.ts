/** Base of every error that Touchstone raises on purpose. The message tells a person what is wrong and what to do. */
export abstract class TouchstoneError extends Error {
  /** Stable, kebab-case: programs decide by this, never by the message. */
  abstract readonly code: string;

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}
