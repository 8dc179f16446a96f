import { ModelError } from './modelError.ts';

/** `busy`: too many requests for now; `quota`: the account has nothing left to spend. */
export type RateLimitProblem = 'busy' | 'quota';

/** The endpoint is well, but takes no more requests from this account for now. */
export class ModelRateLimitError extends ModelError {
  override readonly name = 'ModelRateLimitError';
  readonly code = 'model-rate-limit';
  readonly isTransient: boolean;
  readonly isOutage = false;
  readonly problem: RateLimitProblem;

  constructor(endpoint: string, problem: RateLimitProblem, retryAfterMs?: number) {
    super(endpoint, describe(endpoint, problem, retryAfterMs), { retryAfterMs });
    this.problem = problem;
    this.isTransient = problem === 'busy';
  }
}

function describe(endpoint: string, problem: RateLimitProblem, retryAfterMs: number | undefined): string {
  if (problem === 'quota') {
    return `The account at ${endpoint} has no credit left. Check its plan and billing, or choose another model.`;
  }
  const wait =
    retryAfterMs === undefined ? 'Wait a little' : `Wait ${String(Math.ceil(retryAfterMs / 1000))} s`;
  return `${endpoint} takes no more requests for now. ${wait}, then try again.`;
}
