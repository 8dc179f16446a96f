import { ModelError } from './modelError.ts';

export type UnavailableProblem =
  'refused' | 'dns' | 'tls' | 'interrupted' | 'failed' | 'overloaded' | 'paused';

const MESSAGES: Readonly<Record<UnavailableProblem, (endpoint: string, why?: string) => string>> = {
  refused: (endpoint) =>
    `Nothing answers at ${endpoint}. Start the model server, or correct the base URL in the settings.`,
  dns: (endpoint) =>
    `The address ${endpoint} is not known. Check the network and the base URL in the settings.`,
  tls: (endpoint) =>
    `The certificate of ${endpoint} is not trusted. Add its issuer to the system's certificates, or correct the base URL.`,
  interrupted: (endpoint) =>
    `The connection to ${endpoint} broke before it answered. Check the network, then try again.`,
  failed: (endpoint) => `${endpoint} has an internal problem. Try again later, or choose another model.`,
  overloaded: (endpoint) => `${endpoint} is overloaded. Try again later, or choose another model.`,
  paused: (endpoint, why = 'Try again later.') =>
    `${endpoint} failed several times in a row and is left alone for a while. ${why}`,
};

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
    options?: { readonly cause?: unknown; readonly retryAfterMs?: number | undefined },
  ) {
    const { cause } = options ?? {};
    super(
      endpoint,
      MESSAGES[problem](endpoint, cause instanceof ModelError ? cause.message : undefined),
      options,
    );
    this.problem = problem;
    this.isTransient = problem !== 'tls' && problem !== 'paused';
    this.isOutage = problem !== 'paused';
  }
}
