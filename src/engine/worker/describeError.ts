/** An error with its stack and the chain of its causes, or any other value as text: what a log entry shows. */
export function describeError(value: unknown): string {
  if (!(value instanceof Error)) return typeof value === 'string' ? value : JSON.stringify(value);
  const own = value.stack ?? `${value.name}: ${value.message}`;
  return value.cause === undefined ? own : `${own}\ncaused by ${describeError(value.cause)}`;
}
