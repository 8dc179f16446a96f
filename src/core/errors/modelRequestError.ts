import { ModelError } from './modelError.ts';
import { quoteProvider } from './quoteProvider.ts';

/** The endpoint understood the request and will not serve it: an unknown model, a prompt too long, an option it lacks. */
export class ModelRequestError extends ModelError {
  override readonly name = 'ModelRequestError';
  readonly code = 'model-request';
  readonly isTransient = false;
  readonly isOutage = false;
  /** HTTP status; undefined when the refusal came inside of a stream. */
  readonly status: number | undefined;
  /** A smaller request may well be taken. */
  readonly isTooLarge: boolean;

  /** `said` is the provider's own message, without keys; empty when there is none. */
  constructor(endpoint: string, model: string, status: number | undefined, said: string) {
    super(endpoint, `${endpoint} ${problemOf(status, model)}${quoteProvider(said)}`);
    this.status = status;
    this.isTooLarge = status === 413 || (REFUSED.has(status) && TOO_LARGE.test(said));
  }
}

/** Most providers and servers say with one of these, and in words, that there is too much in a request. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 422]);
const TOO_LARGE =
  /\b(too (long|large|many|big)|maximum|max_?\w*(tokens|length|size)|exceed(s|ed|ing)?|at most|context (length|size|window)|batch size)\b/i;

function problemOf(status: number | undefined, model: string): string {
  if (status === 404) {
    return `does not know the model ${model}, or has no such address. Check the model's name and the base URL in the settings.`;
  }
  if (status === 413)
    return 'finds the prompt too long. Ask about less code at once, or choose another model.';
  const number = status === undefined ? '' : ` (status ${String(status)})`;
  return `rejected the request for ${model}${number}. Check the model's settings, or choose another model.`;
}
