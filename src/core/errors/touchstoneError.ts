/** Base of every error that Touchstone raises on purpose. The message tells a person what is wrong and what to do. */
export abstract class TouchstoneError extends Error {
  /** Survives minification, unlike the class's own name. */
  abstract override readonly name: string;
  /** Stable, kebab-case: programs decide by this, never by the message. */
  abstract readonly code: string;
}
