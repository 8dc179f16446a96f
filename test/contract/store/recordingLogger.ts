import type { Logger } from '../../../src/core/ports/runtime.ts';

/** Keeps the messages of warnings and errors. */
export function recordingLogger(): Logger & { readonly messages: readonly string[] } {
  const messages: string[] = [];
  const keep = (message: string) => void messages.push(message);
  return { messages, debug: () => undefined, info: () => undefined, warn: keep, error: keep };
}
