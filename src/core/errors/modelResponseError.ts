import { ModelError } from './modelError.ts';

export type ResponseProblem = 'content-type' | 'redirect' | 'malformed' | 'too-large';

const MESSAGES: Readonly<Record<ResponseProblem, (endpoint: string, detail: string) => string>> = {
  'content-type': (endpoint, type) =>
    `${endpoint} answered with ${type} instead of a model’s answer, perhaps from a proxy or a log-in page. Check the base URL and the network.`,
  redirect: (endpoint, target) =>
    `${endpoint} redirects to ${target}, and keys are not sent on. If you trust it, set the base URL to where it leads.`,
  malformed: (endpoint) =>
    `${endpoint} sent something that cannot be read. Check that the base URL is that of a model.`,
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

  /** `detail` is the content type, or the host that a redirect leads to. */
  constructor(endpoint: string, problem: ResponseProblem, detail = '') {
    super(endpoint, MESSAGES[problem](endpoint, detail));
    this.problem = problem;
  }
}
