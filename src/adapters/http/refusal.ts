import { tryJson } from '../../core/shared/json.ts';
import {
  ModelAuthError,
  type ModelError,
  ModelRateLimitError,
  ModelRequestError,
  ModelUnavailableError,
} from '../../core/errors/modelErrors.ts';
import { type ErrorBody, readErrorBody } from './errorBody.ts';
import { providerMessage } from './providerMessage.ts';
import { waitMs } from './waits.ts';

/** What the answers of an endpoint are read with. */
export interface EndpointContext {
  /** Host, for messages. */
  readonly endpoint: string;
  /** The model's name as the provider knows it. */
  readonly model: string;
  /** Key and extra header values: they are cut out of whatever the provider says. */
  readonly secrets: readonly string[];
  readonly hasKey: boolean;
  /** Milliseconds since the epoch, for dates in `Retry-After`. */
  readonly now: () => number;
}

/** An endpoint's refusal: as a status, as an event of a stream that had begun well, or as a body with status 200. */
export class ModelRefusal extends Error {
  override readonly name = 'ModelRefusal';
  /** Undefined for one that came with status 200. */
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly body: unknown;
  readonly said: ErrorBody;

  constructor(body: unknown, response?: { readonly status: number; readonly headers: Headers }) {
    super(`refused with ${response ? `status ${String(response.status)}` : 'an error in the answer'}`);
    this.status = response?.status;
    this.headers = response?.headers;
    this.body = (typeof body === 'string' ? tryJson(body) : undefined) ?? body;
    this.said = readErrorBody(body);
  }
}

/** What a refusal is about, whoever says it and how. */
export type RefusalKind =
  | 'quota'
  | 'key'
  | 'too-large'
  | 'busy'
  | 'loading'
  | 'overloaded'
  | 'unknown-model'
  | 'blocked'
  | 'forbidden'
  | 'failed'
  | 'request';

/** Codes and types of errors, in the words of all providers. */
const STATUS_OF_CODE = new Map<string, number>(
  Object.entries({
    authentication_error: 401,
    invalid_api_key: 401,
    api_key_invalid: 401,
    unauthenticated: 401,
    unauthorized: 401,
    billing_error: 402,
    payment_required: 402,
    permission_error: 403,
    permission_denied: 403,
    not_found_error: 404,
    not_found: 404,
    model_not_found: 404,
    request_too_large: 413,
    rate_limit_error: 429,
    rate_limit_exceeded: 429,
    rate_limited: 429,
    too_many_requests: 429,
    resource_exhausted: 429,
    insufficient_quota: 429,
    api_error: 500,
    server_error: 500,
    internal_server_error: 500,
    internal: 500,
    unavailable: 503,
    unavailable_error: 503,
    service_unavailable: 503,
    timeout_error: 504,
    deadline_exceeded: 504,
    overloaded: 529,
    overloaded_error: 529,
  }),
);

const QUOTA =
  /insufficient[_ ](quota|funds|balance|credits?)|exceeded your current quota|(credit )?balance (is )?(too low|exhausted|insufficient)|out of credits?|no credits? (left|remaining)|(add|purchase|buy) (more )?credits|payment required|billing (hard )?limit|spend(ing)? limit|can only afford|arrears/i;
const KEY =
  /\b(api|x-api|access|auth\w*)[-_ ]?(key|token)s?\b.{0,30}\b(not valid|invalid|missing|expired|required|incorrect|not found|revoked|disabled|wrong)|\b(invalid|incorrect|missing|no|bad|wrong|expired|unknown)\b.{0,15}\b(api|x-api|access|auth\w*)[-_ ]?(key|token|credentials?)|\b(invalid|failed|missing) authentication|authentication (failed|required)|not authenticated|\bAPI_KEY_INVALID\b|\bunauthorized\b|login fail/i;
const BUSY =
  /rate[- _]?limit|too many (requests|tokens)|throttl|requests? per (second|minute|day|hour)|tokens per (minute|day|hour)|\bquota\b|slow down|concurren/i;
const LOADING =
  /\bloading\b.{0,30}\bmodel|\bmodel\b.{0,60}\b(is|still|currently|being)\b.{0,20}\b(loading|loaded now|starting|initiali[sz]ing|downloading|warming)|warming up|cold start|model (is )?not (yet )?(ready|loaded)|not ready yet|starting up/i;
const OVERLOADED =
  /overload|over capacity|at capacity|no (healthy |available )?(upstream|capacity|workers?|slots?|instances?)|server (is )?(too )?busy|temporarily unavailable|high (demand|load)/i;
const UNKNOWN_MODEL =
  /\bmodel\b.{0,80}\b(not found|does ?n[o']t exist|not exist|unknown|not supported by|is not available|not a valid|has been (deprecated|removed|retired|shut)|no longer (available|supported))|\b(unknown|invalid|no such|unsupported|nonexistent|no)\b.{0,10}\bmodel( name| id)?\b(?!.{0,30}(version|parameter))|model_not_found|try pulling it/i;
const BLOCKED =
  /cloudflare|firewall|\bwaf\b|access denied|captcha|just a moment|attention required|request blocked|\bblocked\b|error code: 10\d\d|incapsula|akamai|forbidden by (policy|proxy)|zscaler|fortinet|web filter|\bproxy\b|ip (address )?(is )?not allowed/i;

const SUBJECT =
  '(?:input|prompt|request|context|text|document|content|message|payload|body|entity|sequence|batch|conversation|query|tokens?|chunk)s?(?: (?:size|length|tokens|window|count|body|data|batch))?';
/** Unmistakably about how much was sent, whatever the status. */
const SURELY_TOO_LARGE = new RegExp(
  [
    `\\b${SUBJECT}\\b[^.]{0,60}\\b(?:too|very) (?:long|large|big|many)`,
    `\\btoo (?:long|large|big|many) ?(?:an? )?(?:${SUBJECT}|inputs?|texts?)`,
    `\\b${SUBJECT}\\b[^.]{0,80}\\b(?:exceed(?:s|ed|ing)?|longer than|larger than|greater than|more than|over|beyond|above)\\b[^.]{0,60}(?:\\b(?:max\\w*|limit|context|window|length|size|batch|capacity|allowed|model|supported)\\b|\\d)`,
    `\\b(?:max\\w*|limit) (?:${SUBJECT}|sequence length|model length)\\b[^.]{0,60}\\b(?:is|of|exceed\\w*|reached|:)\\b`,
    'context[_ ](?:length|size|window)[_ ]?(?:exceeded|overflow|error)|exceed_context_size|string_above_max_length',
    '\\bmust have (?:less|fewer) than \\d+ tokens|maximum (?:context|sequence|input|prompt) length|n_ctx|physical batch size',
    '\\bout of memory\\b|\\bOOM\\b|failed to allocate|cannot allocate',
    'reduce (?:the |your )?(?:length|size|number|prompt|input|batch)|entity too large|payload too large',
  ].join('|'),
  'i',
);
/** About a limit in time, which is no matter of size. */
const PER_TIME =
  /\bper[- ](second|minute|min|hour|day|month)\b|rate[- _]?limit|\bquota\b|\b[TR]P[MDS]\b|please wait|too many requests/i;
const OVER_LIMIT_AT_ONCE = /request too large|single request/i;

const UNWILLING: ReadonlySet<number | undefined> = new Set([400, 422, 413]);
const LOOSELY_TOO_LARGE =
  /\b(too (long|large|many|big)|maximum|max_?\w*(tokens|length|size)|exceed(s|ed|ing)?|at most|context (length|size|window)|batch size)\b/i;

/** What is known of a refusal. */
interface Signs {
  readonly status: number | undefined;
  readonly said: ErrorBody;
  /** Codes and message. */
  readonly words: string;
  readonly hasWait: boolean;
}

/** The surest sign first: the first that fits counts. */
const KINDS: readonly (readonly [RefusalKind, (signs: Signs) => boolean])[] = [
  ['blocked', ({ status }) => status === 407],
  ['quota', ({ status, words, hasWait }) => status === 402 || isQuota(status, words, hasWait)],
  ['key', ({ status, words }) => status === 401 || (isUnspecific(status) && KEY.test(words))],
  ['too-large', ({ status, words }) => isTooLarge(status, words)],
  ['busy', ({ status, said }) => status === 429 || (isOpen(status) && BUSY.test(said.message))],
  ['loading', ({ status, words }) => status !== 403 && status !== 404 && LOADING.test(words)],
  ['overloaded', ({ status, words }) => isOverloaded(status, words)],
  ['blocked', ({ status, said }) => status === 403 && isBlocked(said)],
  ['forbidden', ({ status }) => status === 403],
  [
    'unknown-model',
    ({ status, words }) => status === 404 || (isUnspecific(status) && UNKNOWN_MODEL.test(words)),
  ],
  ['failed', ({ status }) => status !== undefined && (status >= 500 || status === 408)],
  ['blocked', ({ status, said }) => said.isPage && status !== 405],
];

/** What a refusal is about, by its status, its codes and its wording. */
export function kindOfRefusal({ status, said }: ModelRefusal, hasWait: boolean): RefusalKind {
  const words = `${said.codes.join(' ')} ${said.message}`;
  const signs = { status: status ?? statusOfCodes(said.codes), said, words, hasWait };
  return KINDS.find(([, fits]) => fits(signs))?.[0] ?? 'request';
}

/** Who says how long to wait has more to give then. */
function isQuota(status: number | undefined, words: string, hasWait: boolean): boolean {
  return QUOTA.test(words) && (status !== 429 || !hasWait || words.includes('insufficient_quota'));
}

function isOverloaded(status: number | undefined, words: string): boolean {
  if (status === 503 || status === 529) return true;
  return (status === undefined || status >= 500) && OVERLOADED.test(words);
}

function isOpen(status: number | undefined): boolean {
  return status !== 403 && status !== 404 && isUnspecific(status);
}

/** A status that is used for anything that is wrong with a request. */
function isUnspecific(status: number | undefined): boolean {
  return status === undefined || (status >= 400 && status < 500 && status !== 413 && status !== 429);
}

function isTooLarge(status: number | undefined, words: string): boolean {
  if (status === 413) return true;
  if (PER_TIME.test(words)) return OVER_LIMIT_AT_ONCE.test(words);
  if (SURELY_TOO_LARGE.test(words)) return true;
  return UNWILLING.has(status) && LOOSELY_TOO_LARGE.test(words);
}

/** A key that may not do something is told so in JSON, with words; what stands in the way sends pages or next to nothing. */
function isBlocked(said: ErrorBody): boolean {
  return (
    said.isPage ||
    said.message === '' ||
    BLOCKED.test(said.message) ||
    /^forbidden\.?$/i.test(said.message.trim())
  );
}

function statusOfCodes(codes: readonly string[]): number | undefined {
  const numbers = codes.map((code) => STATUS_OF_CODE.get(code.toLowerCase()) ?? Number(code));
  return numbers.find((number) => Number.isInteger(number) && number >= 400 && number < 600);
}

/** The error that says what to do about a refusal, in the provider's own words as far as it has any. */
export function refusalError(refusal: ModelRefusal, context: EndpointContext): ModelError {
  const { endpoint, model, secrets, hasKey } = context;
  const said = providerMessage(refusal.said.message, secrets);
  const retryAfterMs = waitMs(refusal.headers, refusal.body, context.now());
  const kind = kindOfRefusal(refusal, retryAfterMs !== undefined);
  const status = refusal.status ?? statusOfCodes(refusal.said.codes);
  switch (kind) {
    case 'quota':
      return new ModelRateLimitError(endpoint, 'quota', undefined, said);
    case 'key':
      return new ModelAuthError(endpoint, hasKey ? 'refused' : 'missing', said);
    case 'forbidden':
      return new ModelAuthError(endpoint, 'forbidden', said);
    case 'busy':
      return new ModelRateLimitError(endpoint, 'busy', retryAfterMs, said);
    case 'loading':
    case 'overloaded':
    case 'failed':
      return new ModelUnavailableError(endpoint, kind, { retryAfterMs, said });
    case 'blocked':
      return new ModelUnavailableError(endpoint, 'blocked', { said });
    case 'too-large':
    case 'unknown-model':
    case 'request':
      return new ModelRequestError(endpoint, model, kind, status, said);
  }
}
