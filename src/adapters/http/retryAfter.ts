/**
 * How long an answer asks us to wait, in milliseconds: `retry-after-ms`, which both big providers send, or `Retry-After`
 * in seconds or as a date (RFC 9110 §10.2.3). Undefined when it does not say, or says nonsense.
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
  const exact = toNumber(headers?.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const text = headers?.get('retry-after');
  const seconds = toNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function toNumber(text: string | null | undefined): number | undefined {
  return text !== null && text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
