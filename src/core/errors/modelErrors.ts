import type { StopReason } from '../shared/provenance.ts';
import { TouchstoneError } from './touchstoneError.ts';

/** Base of what can go wrong while a model is called. Messages name the endpoint, and never hold keys or prompts. */
export abstract class ModelError extends TouchstoneError {
  /** Host of the endpoint. */
  readonly endpoint: string;
  /** The same request may well succeed when it is sent again shortly after. */
  abstract readonly isTransient: boolean;
  /** The endpoint is out of order, so that further requests had better wait. */
  abstract readonly isOutage: boolean;
  /** How long the endpoint asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    endpoint: string,
    message: string,
    options?: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.endpoint = endpoint;
    this.retryAfterMs = options?.retryAfterMs;
  }
}

export type EndpointProblem =
  'not-a-url' | 'credentials' | 'query' | 'unencrypted' | 'unencrypted-key' | 'header';

const PLAIN_HTTP =
  'or say that you trust the network: the setting “Models: Plain Http Hosts”, on the command line --plain-http';

const ENDPOINT_MESSAGES: Readonly<Record<EndpointProblem, (what: string) => string>> = {
  'not-a-url': () =>
    'The base URL of the model is not an http or https address. Enter one such as https://host/v1.',
  credentials: (host) =>
    `The base URL for ${host} contains a user name or password. Take them out and store the key as an API key.`,
  query: (host) =>
    `The base URL for ${host} contains a query or a fragment. Leave out everything from ? or # on.`,
  unencrypted: (host) =>
    `The base URL for ${host} is plain http, and nothing proves that the way there is private: code could be read. Use https, ${PLAIN_HTTP}.`,
  'unencrypted-key': (host) =>
    `The base URL for ${host} is plain http and leaves this machine, where others could read the API key. Use https, ask it without a key, ${PLAIN_HTTP}.`,
  header: (name) => `The extra header ${name} cannot be sent. Use plain ASCII without line breaks.`,
};

/** A model's address is configured such that nothing may be sent there. The message never repeats the address itself. */
export class ModelEndpointError extends TouchstoneError {
  override readonly name = 'ModelEndpointError';
  readonly code = 'model-endpoint';
  readonly problem: EndpointProblem;

  /** `what` is the host, or the name of the header. */
  constructor(problem: EndpointProblem, what = '') {
    super(ENDPOINT_MESSAGES[problem](what));
    this.problem = problem;
  }
}

export type AuthProblem = 'missing' | 'malformed' | 'refused' | 'forbidden';

const AUTH_REMEDY = 'Run "Touchstone: Set Model Key"';

const AUTH_MESSAGES: Readonly<Record<AuthProblem, (endpoint: string) => string>> = {
  missing: (endpoint) => `${endpoint} needs an API key. ${AUTH_REMEDY} to store one.`,
  malformed: (endpoint) =>
    `The API key for ${endpoint} contains characters that no key has, such as a space. ${AUTH_REMEDY} and paste it again.`,
  refused: (endpoint) => `${endpoint} refused the API key. ${AUTH_REMEDY} to store a valid one.`,
  forbidden: (endpoint) =>
    `The API key for ${endpoint} may not use this model. ${AUTH_REMEDY} to store another, or choose another model.`,
};

/** The key is missing or wrong, or may not do this. Sending again is pointless until somebody changes it. */
export class ModelAuthError extends ModelError {
  override readonly name = 'ModelAuthError';
  readonly code = 'model-auth';
  readonly isTransient = false;
  readonly isOutage = false;
  readonly problem: AuthProblem;

  /** `said` is the provider's own message, without keys. */
  constructor(endpoint: string, problem: AuthProblem, said = '') {
    super(endpoint, AUTH_MESSAGES[problem](endpoint) + quoteProvider(said));
    this.problem = problem;
  }
}

/** `busy`: too many requests for now; `quota`: the account has nothing left to spend. */
export type RateLimitProblem = 'busy' | 'quota';

/** The endpoint is well, but takes no more requests from this account for now. */
export class ModelRateLimitError extends ModelError {
  override readonly name = 'ModelRateLimitError';
  readonly code = 'model-rate-limit';
  readonly isTransient: boolean;
  readonly isOutage = false;
  readonly problem: RateLimitProblem;

  /** `said` is the provider's own message, without keys. */
  constructor(endpoint: string, problem: RateLimitProblem, retryAfterMs?: number, said = '') {
    super(endpoint, describeRateLimit(endpoint, problem, retryAfterMs) + quoteProvider(said), {
      retryAfterMs,
    });
    this.problem = problem;
    this.isTransient = problem === 'busy';
  }
}

function describeRateLimit(
  endpoint: string,
  problem: RateLimitProblem,
  retryAfterMs: number | undefined,
): string {
  if (problem === 'quota') {
    return `The account at ${endpoint} has no credit left. Check its plan and billing, or choose another model.`;
  }
  const wait =
    retryAfterMs === undefined ? 'Wait a little' : `Wait ${String(Math.ceil(retryAfterMs / 1000))} s`;
  return `${endpoint} takes no more requests for now. ${wait}, then try again.`;
}

/** `too-large`: a smaller request may well be taken; `request`: anything else that is wrong with it. */
export type RequestProblem = 'too-large' | 'unknown-model' | 'request';

/** The endpoint understood the request and will not serve it: an unknown model, a prompt too long, an option it lacks. */
export class ModelRequestError extends ModelError {
  override readonly name = 'ModelRequestError';
  readonly code = 'model-request';
  readonly isTransient = false;
  readonly isOutage = false;
  readonly problem: RequestProblem;
  /** HTTP status; undefined when the refusal came inside of a stream. */
  readonly status: number | undefined;

  /** `said` is the provider's own message, without keys; empty when there is none. */
  constructor(
    endpoint: string,
    model: string,
    problem: RequestProblem,
    status: number | undefined,
    said: string,
  ) {
    super(endpoint, `${endpoint} ${REQUEST_PROBLEMS[problem](model, status)}${quoteProvider(said)}`);
    this.problem = problem;
    this.status = status;
  }
}

const REQUEST_PROBLEMS: Readonly<
  Record<RequestProblem, (model: string, status: number | undefined) => string>
> = {
  'unknown-model': (model) =>
    `does not know the model ${model}, or has no such address. Check the model's name and the base URL in the settings.`,
  'too-large': () => 'finds the prompt too long. Ask about less code at once, or choose another model.',
  request: (model, status) => {
    const number = status === undefined ? '' : ` (status ${String(status)})`;
    return `rejected the request for ${model}${number}. Check the model's settings, or choose another model.`;
  },
};

/** The end of a message that lets the provider speak for itself; empty when it said nothing. */
export function quoteProvider(said: string): string {
  return said === '' ? '' : ` It says: ${said.replace(/(?<![.\s])[.\s]*$/, '.')}`;
}

/** Even the parts of a prompt that cannot be left out are more than the model may be sent. */
export class PromptTooLongError extends TouchstoneError {
  override readonly name = 'PromptTooLongError';
  readonly code = 'prompt-too-long';

  constructor(tokens: number, budgetTokens: number) {
    super(
      `The prompt needs ${tokens} tokens and the model may be sent ${budgetTokens}. Choose a model with a larger context.`,
    );
  }
}

export type ResponseProblem = 'content-type' | 'redirect' | 'malformed' | 'vectors' | 'too-large';

const RESPONSE_MESSAGES: Readonly<Record<ResponseProblem, (endpoint: string, detail: string) => string>> = {
  'content-type': (endpoint, type) =>
    `${endpoint} answered with ${type} instead of a model’s answer, perhaps from a proxy or a log-in page. Check the base URL and the network.`,
  redirect: (endpoint, target) =>
    `${endpoint} redirects to ${target}, and keys are not sent on. If you trust it, set the base URL to where it leads.`,
  malformed: (endpoint) =>
    `${endpoint} sent something that cannot be read. Check that the base URL is that of a model.`,
  vectors: (endpoint, wanted) =>
    `${endpoint} sent vectors that cannot be used: ${wanted} finite numbers were wanted in each. If another model has that name now, run "Touchstone: Clear Index" and index anew; else check the model's name and the base URL.`,
  'too-large': (endpoint) =>
    `${endpoint} sent far more than any answer needs, so reading stopped. Try again.`,
};

/** What came back is not what a model's endpoint sends. */
export class ModelResponseError extends ModelError {
  override readonly name = 'ModelResponseError';
  readonly code = 'model-response';
  readonly isTransient = false;
  readonly isOutage = true;
  readonly problem: ResponseProblem;

  /** `detail` is the content type, the host that a redirect leads to, or the dims of the vectors that were wanted. */
  constructor(endpoint: string, problem: ResponseProblem, detail = '') {
    super(endpoint, RESPONSE_MESSAGES[problem](endpoint, detail));
    this.problem = problem;
  }
}

const NO_ANSWER_MESSAGES: Readonly<Record<StopReason, string>> = {
  stop: 'sent an empty answer. Try again, or choose another model.',
  length: 'reached its limit of tokens before it wrote anything. Choose a model that thinks less.',
  filter: 'refused to answer this. Ask in another way, or choose another model.',
  tool: 'wanted to call a tool, which it was not offered. Try again, or choose another model.',
  other: 'wanted something else than to answer. Try again, or choose another model.',
};

/** The model finished properly and had written nothing. */
export class ModelNoAnswerError extends ModelError {
  override readonly name = 'ModelNoAnswerError';
  readonly code = 'model-no-answer';
  readonly isTransient = false;
  readonly isOutage = false;

  constructor(endpoint: string, stopReason: StopReason) {
    super(endpoint, `${endpoint} ${NO_ANSWER_MESSAGES[stopReason]}`);
  }
}

/** An answer ended in the middle. The parts that came before it are good and stay with whoever received them. */
export class ModelCutOffError extends ModelError {
  override readonly name = 'ModelCutOffError';
  readonly code = 'model-cut-off';
  readonly isTransient = true;
  readonly isOutage = true;
  /** UTF-16 units of text that had arrived. */
  readonly receivedLength: number;

  constructor(endpoint: string, receivedLength: number, options?: { readonly cause?: unknown }) {
    super(endpoint, `The answer of ${endpoint} broke off in the middle. Ask again to get the rest.`, options);
    this.receivedLength = receivedLength;
  }
}

/** Waiting for the first text, for the next, or for the whole answer. */
export type ModelDeadline = 'first-token' | 'idle' | 'total';

const MISSED_DEADLINE: Readonly<Record<ModelDeadline, string>> = {
  'first-token': 'did not begin to answer within',
  idle: 'fell silent in the middle of its answer for',
  total: 'did not finish its answer within',
};

/** A deadline of ours passed. It is not tried again: whoever waits has waited long enough to be asked. */
export class ModelTimeoutError extends ModelError {
  override readonly name = 'ModelTimeoutError';
  readonly code = 'model-timeout';
  readonly isTransient = false;
  readonly isOutage: boolean;
  readonly deadline: ModelDeadline;

  constructor(endpoint: string, deadline: ModelDeadline, limitMs: number) {
    const limit = `${String(Math.round(limitMs / 100) / 10)} s`;
    super(
      endpoint,
      `${endpoint} ${MISSED_DEADLINE[deadline]} ${limit}. Try again, or choose a faster model.`,
    );
    this.deadline = deadline;
    // An answer that is merely long says nothing against the endpoint.
    this.isOutage = deadline !== 'total';
  }
}

export type UnavailableProblem =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'not-tls'
  | 'interrupted'
  | 'failed'
  | 'loading'
  | 'overloaded'
  | 'blocked'
  | 'paused';

const UNAVAILABLE_MESSAGES: Readonly<Record<UnavailableProblem, (endpoint: string, why?: string) => string>> =
  {
    refused: (endpoint) =>
      `Nothing answers at ${endpoint}. Start the model server, or correct the base URL in the settings.`,
    dns: (endpoint) =>
      `The address ${endpoint} is not known. Check the network and the base URL in the settings.`,
    tls: (endpoint) =>
      `The certificate of ${endpoint} is not trusted. Add its issuer to the system's certificates, or correct the base URL.`,
    'not-tls': (endpoint) =>
      `${endpoint} does not speak https, or not as this machine does. If it is a server of your own, write http:// in the base URL.`,
    interrupted: (endpoint) =>
      `The connection to ${endpoint} broke before it answered. Check the network, then try again.`,
    failed: (endpoint) => `${endpoint} has an internal problem. Try again later, or choose another model.`,
    loading: (endpoint) => `${endpoint} is still loading the model. Try again in a moment.`,
    blocked: (endpoint) =>
      `A firewall, a proxy or a filter on the way to ${endpoint} refused the request. Check the network and the base URL in the settings.`,
    overloaded: (endpoint) => `${endpoint} is overloaded. Try again later, or choose another model.`,
    paused: (endpoint, why = 'Try again later.') =>
      `${endpoint} failed several times in a row and is left alone for a while. ${why}`,
  };

/** Nobody gets further by sending the same again. */
const LASTING: ReadonlySet<UnavailableProblem> = new Set(['tls', 'not-tls', 'blocked', 'paused']);

/** The endpoint cannot be reached, or answers that it cannot serve anybody. */
export class ModelUnavailableError extends ModelError {
  override readonly name = 'ModelUnavailableError';
  readonly code = 'model-unavailable';
  readonly isTransient: boolean;
  readonly isOutage: boolean;
  readonly problem: UnavailableProblem;

  constructor(
    endpoint: string,
    problem: UnavailableProblem,
    options?: {
      readonly cause?: unknown;
      readonly retryAfterMs?: number | undefined;
      /** The provider's own message, without keys. */
      readonly said?: string;
    },
  ) {
    const { cause, said = '' } = options ?? {};
    const why = cause instanceof ModelError ? cause.message : undefined;
    super(endpoint, UNAVAILABLE_MESSAGES[problem](endpoint, why) + quoteProvider(said), options);
    this.problem = problem;
    this.isTransient = !LASTING.has(problem);
    this.isOutage = problem !== 'paused' && problem !== 'blocked';
  }
}
