/**
 * An error as it crosses. Structured clone by itself would keep message, stack and cause, and lose the code, all names
 * that JavaScript does not know, and the whole message when a cause cannot be copied.
 */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number | undefined;
  readonly stack?: string | undefined;
  readonly cause?: { readonly error: WireError } | { readonly value: unknown };
}

/** An error that was thrown at the other end: name, message, code and stack are those of the original. */
export class RemoteError extends Error {
  override readonly name: string;
  readonly code: string | number | undefined;

  constructor({ name, message, code, stack, cause }: WireError) {
    super(message, cause && { cause: 'error' in cause ? new RemoteError(cause.error) : cause.value });
    this.name = name;
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

/** Chains of causes are cut here: one may lead back to itself. */
const MAX_CAUSES = 8;

/** Anything that was thrown, in a form that can always be posted. */
export function toWireError(thrown: unknown, causesLeft = MAX_CAUSES): WireError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message, stack, cause } = thrown;
  const code = 'code' in thrown ? thrown.code : undefined;
  return {
    name,
    message,
    stack,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(cause !== undefined && causesLeft > 0 && { cause: toWireCause(cause, causesLeft - 1) }),
  };
}

function toWireCause(cause: unknown, causesLeft: number): NonNullable<WireError['cause']> {
  if (cause instanceof Error) return { error: toWireError(cause, causesLeft) };
  try {
    return { value: structuredClone(cause) };
  } catch {
    return { value: 'a value that cannot be copied' };
  }
}
