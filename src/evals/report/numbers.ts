import type { Score, SetScore } from '../metrics/metric.ts';

/** `0.7051` → `71 %`. Never rounded to 0 % or 100 % unless it is that. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 0) return '<1 %';
  if (whole === 100 && share < 1) return '>99 %';
  return `${whole} %`;
}

/** A score's value as people read it: rates in percent, means as a number. */
export function scoreText({ kind, value }: Score): string {
  if (value === null) return '–';
  return kind === 'rate' ? percent(value) : value.toFixed(2);
}

/** `64–77 %` or `0.51–0.63`; empty without an interval. */
export function intervalText({ kind, interval }: Score): string {
  if (interval === null) return '';
  const [low, high] = interval;
  if (kind === 'mean') return `${low.toFixed(2)}–${high.toFixed(2)}`;
  return `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
}

/** The interval as a sentence that says what it means. */
export function intervalWords({ kind, interval }: Score): string {
  if (interval === null) return 'Too few cases to say how sure that is.';
  const [low, high] = interval.map((end) => (kind === 'rate' ? percent(end) : end.toFixed(2)));
  return `On code like this the true value is between ${low ?? ''} and ${high ?? ''}, with 95 % confidence.`;
}

/** How often a rate's event happened. */
export function hitsOf({ value, n }: Score): number {
  return Math.round((value ?? 0) * n);
}

/** `850 µs`, `4.2 ms`, `37 ms`, `1.5 s`. */
export function duration(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A set metric's value: shares in percent, amounts as a number. */
export function setText({ kind, value }: SetScore): string {
  if (value === null) return '–';
  return kind === 'share' ? percent(value) : amount(value);
}

/** `71–82 %`; empty without an interval. */
export function setIntervalText({ kind, interval }: SetScore): string {
  if (interval === null) return '';
  const [low, high] = interval;
  if (kind === 'amount') return `${amount(low)}–${amount(high)}`;
  return `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
}

/** `12,400`. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** `0.034`, `4.2`, `12,400`: two or three digits, or the whole number. */
export function amount(value: number): string {
  if (value === 0) return '0';
  if (value < 1) return value.toFixed(3);
  if (value < 100) return value.toFixed(1);
  return whole(value);
}

/** `$0.0123` below a dollar, else `$12.30`. */
export function dollars(value: number): string {
  return `$${value.toFixed(value < 1 ? 4 : 2)}`;
}
