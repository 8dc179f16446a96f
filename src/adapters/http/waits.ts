import { greatest } from '../../core/shared/greatest.ts';
import { type Fields, fieldsOf, isFields, listOf, numberOf, textOf } from './looseJson.ts';

/** Longer waits are shortened to this: clocks differ, and limits are raised. */
const LONGEST_MS = 60 * 60_000;
/** What asks for more than this is no wait but a number of another kind. */
const SENSIBLE_MS = 32 * 24 * 60 * 60_000;

/** Limits whose reset counts: those that say that something is left are not what stands in the way. */
const LIMIT_RESET = /^(x-|anthropic-)?rate-?limit-(?:([\w-]{1,40})-)?reset(?:-([\w-]{1,40}))?$/;

/**
 * How long a refusal asks us to wait, in milliseconds: the longest wait that makes sense among all that its headers and its
 * body name. Undefined when none does.
 *
 * `Retry-After` in seconds or as a date (RFC 9110 §10.2.3), `retry-after-ms`, resets of limits as durations, seconds, dates
 * or epochs, Google's `RetryInfo`, `retry_after` and `estimated_time` in bodies, and "try again in 20s" in words.
 */
export function waitMs(headers: Headers | undefined, body: unknown, now: number): number | undefined {
  const asked = [...headerWaits(headers, now), ...bodyWaits(body, now, 0)];
  const sensible = asked.filter((ms): ms is number => ms !== undefined && ms > 0 && ms <= SENSIBLE_MS);
  if (sensible.length > 0) return Math.min(LONGEST_MS, Math.ceil(greatest(sensible)));
  return asked.includes(0) ? 0 : undefined;
}

function headerWaits(headers: Headers | undefined, now: number): readonly (number | undefined)[] {
  const entries = [...(headers ?? [])];
  const get = (name: string) => headers?.get(name) ?? undefined;
  const resets = entries.filter(([name]) => {
    const limit = LIMIT_RESET.exec(name);
    if (!limit) return false;
    const [, prefix = '', before, after] = limit;
    const kind = before ?? after;
    const middle = kind === undefined ? '' : `${kind}-`;
    const left =
      get(`${prefix}ratelimit-${middle}remaining`) ??
      get(`${prefix}ratelimit-remaining${kind ? `-${kind}` : ''}`);
    return (numberOf(left) ?? 0) <= 0;
  });
  const draft = /\breset=(\d+)/.exec(get('ratelimit') ?? '')?.[1];
  return [
    numberOf(get('retry-after-ms')),
    durationMs(get('retry-after'), now),
    durationMs(draft, now),
    ...resets.map(([, value]) => durationMs(value, now)),
  ];
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(?:\d{1,12}(?:\.\d{1,12})?(?:ms|s|m|h|d)){1,8}$/;

/**
 * Milliseconds from now of `7`, `0.5` (seconds), `250ms`, `6m0s`, `1h2m3.5s`, an epoch in seconds or milliseconds, or a date
 * of any usual form.
 */
export function durationMs(value: unknown, now: number): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) {
    if (number > 1e11) return Math.max(0, number - now);
    return number > 1e9 ? Math.max(0, number * 1_000 - now) : number * 1_000;
  }
  const text = textOf(value).trim();
  if (DURATION.test(text)) {
    const parts = text.matchAll(/(\d{1,12}(?:\.\d{1,12})?)(ms|s|m|h|d)/g);
    return [...parts].reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (UNITS[unit] ?? 0), 0);
  }
  const date = /\d{4}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const IN_WORDS =
  /\b(?:again|retry|wait|reset\w*)\b[^.\d]{0,30}?(\d+(?:\.\d+)?\s?(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b(?:\d+(?:\.\d+)?(?:ms|s|m))*|(?:\d+(?:\.\d+)?(?:ms|s|m|h))+)/i;

function wordsMs(text: string, now: number): number | undefined {
  const found = IN_WORDS.exec(text)?.[1];
  if (found === undefined) return undefined;
  const short = found
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/milliseconds?/, 'ms')
    .replace(/sec(ond)?s?/, 's')
    .replace(/min(ute)?s?/, 'm')
    .replace(/hours?/, 'h');
  return durationMs(short, now);
}

const MAX_DEPTH = 6;

function bodyWaits(body: unknown, now: number, depth: number): readonly (number | undefined)[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof body === 'string') return [wordsMs(body.slice(0, 4_000), now)];
  if (Array.isArray(body)) return listOf(body).flatMap((each) => bodyWaits(each, now, depth + 1));
  if (!isFields(body)) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    switch (name.toLowerCase().replace(/[-_]/g, '')) {
      case 'retryafterms':
        return [numberOf(value)];
      case 'retryafter':
      case 'retryafterseconds':
      case 'retrydelay':
      case 'estimatedtime':
        return [durationMs(isFields(value) ? secondsOf(value) : value, now)];
      case 'headers':
        return isFields(value) ? headerWaits(asHeaders(value), now) : [];
      default:
        return bodyWaits(value, now, depth + 1);
    }
  });
}

/** A duration of protocol buffers, taken apart. */
function secondsOf(value: Fields): number {
  return (numberOf(value['seconds']) ?? 0) + (numberOf(value['nanos']) ?? 0) / 1e9;
}

/** Gateways repeat the headers of the provider behind them in their bodies. */
function asHeaders(value: unknown): Headers {
  const headers = new Headers();
  for (const [name, each] of Object.entries(fieldsOf(value))) {
    if (/^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(String(each))) headers.set(name, String(each));
  }
  return headers;
}
