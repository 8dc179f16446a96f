import {
  ModelAuthError,
  type ModelError,
  ModelRateLimitError,
  ModelRequestError,
  ModelUnavailableError,
} from '../../core/errors/modelErrors.ts';
import type { EndpointContext } from './endpointContext.ts';
import { providerMessage } from './providerMessage.ts';
import { retryAfterMs } from './retryAfter.ts';

/** An endpoint's refusal, as a status or as an event of a stream that had begun well. */
export interface Refusal {
  readonly status: number | undefined;
  readonly headers?: Headers | undefined;
  /** The provider's own class and code of the error. */
  readonly types: readonly string[];
  readonly message: string;
}

/** Errors that come inside of a stream have a type in place of a status. */
const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
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
};

/** The error that says what to do about a refusal. */
export function answerError(refusal: Refusal, context: EndpointContext): ModelError {
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
  const numbers = types.map((type) => STATUS_OF_TYPE[type] ?? Number(type));
  return numbers.find((number) => Number.isInteger(number) && number >= 400 && number < 600);
}
