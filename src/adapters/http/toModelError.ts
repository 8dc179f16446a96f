import * as z from 'zod';
import {
  ModelAuthError,
  type ModelError,
  ModelRateLimitError,
  ModelRequestError,
  ModelResponseError,
  ModelUnavailableError,
} from '../../core/errors/modelErrors.ts';
import { TouchstoneError } from '../../core/errors/touchstoneError.ts';
import { causesOf } from './causesOf.ts';
import { connectionError } from './connectionError.ts';
import type { EndpointContext } from './endpointOptions.ts';
import { providerMessage } from './providerMessage.ts';

const word = z.union([z.string(), z.number().transform(String)]).nullish();
const details = z.object({ type: word, code: word, message: z.string().nullish(), detail: word });

/** What both SDKs throw for a refusal: a status when there was one, and the body, or the part of it named `error`. */
const sdkError = z.object({
  status: z.number().optional(),
  headers: z.instanceof(Headers).optional(),
  error: z.union([z.object({ error: details }).transform(({ error }) => error), details, z.string()]),
});
const sdkStatus = z.object({ status: z.number(), headers: z.instanceof(Headers).optional() });

/**
 * What an SDK threw, as an error of ours. SDK errors do not become causes: some of them hold requests or answers.
 * `receivedLength` is undefined as long as no answer had begun. A mistake in a program stays what it is.
 */
export function toModelError(
  error: unknown,
  context: EndpointContext,
  receivedLength: number | undefined,
): unknown {
  const causes = causesOf(error);
  const own = causes.find((each) => each instanceof TouchstoneError);
  if (own) return own;
  const refusal = readRefusal(error);
  if (refusal) return answerError(refusal, context);
  const isMalformed = causes.some((each) => each instanceof SyntaxError || each instanceof z.ZodError);
  if (isMalformed) return new ModelResponseError(context.endpoint, 'malformed');
  // Whatever goes wrong below fetch has a code.
  const isConnection = causes.some((each) => 'code' in each);
  return isConnection ? connectionError(context.endpoint, causes, receivedLength) : error;
}

function readRefusal(error: unknown): Refusal | undefined {
  const full = sdkError.safeParse(error);
  if (full.success) {
    const { status, headers, error: body } = full.data;
    if (typeof body === 'string') return { status, headers, types: [], message: body };
    const types = [body.type, body.code].filter((each) => typeof each === 'string');
    return { status, headers, types, message: body.message ?? body.detail ?? '' };
  }
  const bare = sdkStatus.safeParse(error);
  return bare.success ? { ...bare.data, types: [], message: '' } : undefined;
}

/** An endpoint's refusal, as a status or as an event of a stream that had begun well. */
interface Refusal {
  readonly status: number | undefined;
  readonly headers?: Headers | undefined;
  /** The provider's own class and code of the error. */
  readonly types: readonly string[];
  readonly message: string;
}

/** Errors that come inside of a stream have a type in place of a status. */
const STATUS_OF_TYPE = new Map<string, number>(
  Object.entries({
    authentication_error: 401,
    invalid_api_key: 401,
    billing_error: 402,
    permission_error: 403,
    not_found_error: 404,
    request_too_large: 413,
    rate_limit_error: 429,
    rate_limit_exceeded: 429,
    insufficient_quota: 429,
    api_error: 500,
    server_error: 500,
    internal_server_error: 500,
    timeout_error: 504,
    overloaded_error: 529,
  }),
);

/** The error that says what to do about a refusal. */
function answerError(refusal: Refusal, context: EndpointContext): ModelError {
  const { endpoint, model, secrets } = context;
  const status = refusal.status ?? statusOfTypes(refusal.types);
  const said = providerMessage(refusal.message, secrets);
  const wait = retryAfterMs(refusal.headers, context.now());
  if (status === 401) return new ModelAuthError(endpoint, context.hasKey ? 'refused' : 'missing');
  if (status === 403) return new ModelAuthError(endpoint, 'forbidden', said);
  if (status === 402) return new ModelRateLimitError(endpoint, 'quota');
  if (status === 429) {
    const problem = refusal.types.includes('insufficient_quota') ? 'quota' : 'busy';
    return new ModelRateLimitError(endpoint, problem, wait);
  }
  if (status === 503 || status === 529) {
    return new ModelUnavailableError(endpoint, 'overloaded', { retryAfterMs: wait });
  }
  if (status !== undefined && (status >= 500 || status === 408)) {
    return new ModelUnavailableError(endpoint, 'failed', { retryAfterMs: wait });
  }
  return new ModelRequestError(endpoint, model, status, said);
}

function statusOfTypes(types: readonly string[]): number | undefined {
  const numbers = types.map((type) => STATUS_OF_TYPE.get(type) ?? Number(type));
  return numbers.find((number) => Number.isInteger(number) && number >= 400 && number < 600);
}

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
