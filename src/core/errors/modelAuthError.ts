import { ModelError } from './modelError.ts';
import { quoteProvider } from './quoteProvider.ts';

export type AuthProblem = 'missing' | 'malformed' | 'refused' | 'forbidden';

const REMEDY = 'Run "Touchstone: Set Model Key"';

const MESSAGES: Readonly<Record<AuthProblem, (endpoint: string) => string>> = {
  missing: (endpoint) => `${endpoint} needs an API key. ${REMEDY} to store one.`,
  malformed: (endpoint) =>
    `The API key for ${endpoint} contains characters that no key has, such as a space. ${REMEDY} and paste it again.`,
  refused: (endpoint) => `${endpoint} refused the API key. ${REMEDY} to store a valid one.`,
  forbidden: (endpoint) =>
    `The API key for ${endpoint} may not use this model. ${REMEDY} to store another, or choose another model.`,
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
    super(endpoint, MESSAGES[problem](endpoint) + quoteProvider(said));
    this.problem = problem;
  }
}
